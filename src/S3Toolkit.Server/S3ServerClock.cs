namespace S3Toolkit.Server;

/// <summary>
/// The server's time: that of <see cref="S3ServerOptions.TimeProvider"/>, moved by as much as tests like. Times of objects and the expiry
/// of presigned requests follow it; header signatures follow the machine's clock, because the SDK signs by that.
/// </summary>
public sealed class S3ServerClock : TimeProvider
{
    private readonly TimeProvider _inner;
    private long _offsetTicks;

    internal S3ServerClock(TimeProvider inner) => _inner = inner;

    /// <summary>How far the clock is ahead of its source.</summary>
    public TimeSpan Offset => new(Interlocked.Read(ref _offsetTicks));

    /// <inheritdoc />
    public override long TimestampFrequency => _inner.TimestampFrequency;

    /// <inheritdoc />
    public override TimeZoneInfo LocalTimeZone => _inner.LocalTimeZone;

    /// <summary>
    /// Moves the clock; a negative value moves it back. Timers do not fire by it, but lifecycle rules that came due run soon after;
    /// <see cref="S3Server.RunLifecycleAsync"/> runs them at once.
    /// </summary>
    /// <param name="delta">By how much.</param>
    public void Advance(TimeSpan delta)
    {
        Interlocked.Add(ref _offsetTicks, delta.Ticks);
        Moved?.Invoke();
    }

    /// <summary>The clock was moved: what waits for a time of day looks again.</summary>
    internal event Action? Moved;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => _inner.GetUtcNow() + Offset;

    /// <inheritdoc />
    public override long GetTimestamp() => _inner.GetTimestamp();

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _inner.CreateTimer(callback, state, dueTime, period);
}
