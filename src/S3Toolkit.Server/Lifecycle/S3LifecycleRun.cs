namespace S3Toolkit.Server;

/// <summary>What the lifecycle rules of all buckets did: see <see cref="S3Server.RunLifecycleAsync"/>.</summary>
public sealed record S3LifecycleRun
{
    internal S3LifecycleRun()
    {
    }

    /// <summary>Objects, noncurrent versions and delete markers that are gone for good.</summary>
    public long Removed { get; internal init; }

    /// <summary>Current objects that got a delete marker, in buckets with versions.</summary>
    public long Hidden { get; internal init; }

    /// <summary>Objects and versions that changed their storage class.</summary>
    public long Transitioned { get; internal init; }

    /// <summary>Unfinished multipart uploads that were aborted.</summary>
    public long AbortedUploads { get; internal init; }
}
