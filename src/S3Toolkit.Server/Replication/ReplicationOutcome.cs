namespace S3Toolkit.Server.Replication;

/// <summary>How an attempt to write a replica ended.</summary>
internal enum ReplicationOutcome
{
    Done,

    /// <summary>The destination refused it, and would again.</summary>
    Refused,

    /// <summary>The destination is away, or cannot take anything now: later.</summary>
    Deferred,
}
