namespace S3Toolkit.Server.Lifecycle;

/// <summary>Counts what runs do, from several threads.</summary>
internal sealed class LifecycleTally
{
    private long _removed;
    private long _hidden;
    private long _moved;
    private long _aborted;

    public void Removed() => Interlocked.Increment(ref _removed);

    public void Hid() => Interlocked.Increment(ref _hidden);

    public void Moved() => Interlocked.Increment(ref _moved);

    public void Aborted() => Interlocked.Increment(ref _aborted);

    /// <summary>What was counted since the last time.</summary>
    public S3LifecycleRun Take() => new()
    {
        Removed = Interlocked.Exchange(ref _removed, 0),
        Hidden = Interlocked.Exchange(ref _hidden, 0),
        Transitioned = Interlocked.Exchange(ref _moved, 0),
        AbortedUploads = Interlocked.Exchange(ref _aborted, 0),
    };
}
