namespace S3Toolkit.Server.Replication;

/// <summary>A version, or a delete marker, that waits to be copied.</summary>
/// <param name="BucketName">Its bucket.</param>
/// <param name="Key">Its key.</param>
/// <param name="VersionId">Its id.</param>
/// <param name="IsFound">Found by a scan, which finds the older versions of its key before it.</param>
internal readonly record struct ReplicationJob(string BucketName, string Key, string VersionId, bool IsFound);
