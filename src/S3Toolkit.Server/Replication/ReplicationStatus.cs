namespace S3Toolkit.Server.Replication;

/// <summary>How far the replication of a version is; a version that no rule is about has none.</summary>
internal enum ReplicationStatus
{
    Pending,
    Completed,
    Failed,

    /// <summary>It is itself a copy, and not copied on.</summary>
    Replica,
}
