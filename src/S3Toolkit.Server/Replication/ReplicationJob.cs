using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Replication;

/// <summary>A version that waits to be copied.</summary>
/// <param name="BucketName">Its bucket.</param>
/// <param name="Key">Its key.</param>
/// <param name="VersionId">Its id.</param>
/// <param name="Marker">The version itself when it is a delete marker, which is all there is of it; else null.</param>
internal readonly record struct ReplicationJob(string BucketName, string Key, string VersionId, ObjectRecord? Marker);
