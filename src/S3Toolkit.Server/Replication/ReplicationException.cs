namespace S3Toolkit.Server.Replication;

/// <summary>A replica could not be written. The message is for the log.</summary>
internal sealed class ReplicationException(string message, bool isTransient, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>It may do the next time.</summary>
    public bool IsTransient { get; } = isTransient;
}
