namespace S3Toolkit.Server.Replication;

/// <summary>What a replica takes over from the version that it is a copy of.</summary>
internal sealed record ReplicaRecord(string VersionId, DateTimeOffset LastModified);
