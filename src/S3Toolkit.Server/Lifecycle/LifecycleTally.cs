namespace S3Toolkit.Server.Lifecycle;

/// <summary>Counts what a run does, from several threads.</summary>
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

    public S3LifecycleRun ToRun() => new() { Removed = _removed, Hidden = _hidden, Transitioned = _moved, AbortedUploads = _aborted };
}
