namespace S3Toolkit.Transport;

/// <summary>
/// One attempt of a call: its token, and the watch over its bytes. It ends when no byte moved for the inactivity time-out; a body that
/// moves keeps it alive for as long as it takes.
/// </summary>
internal sealed class S3Attempt : IDisposable
{
    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan _inactivityTimeout;
    private readonly CancellationToken _callerToken;
    private readonly CancellationTokenSource _source;
    private readonly ITimer _timer;
    private long _lastActivity;

    public S3Attempt(int number, TimeSpan inactivityTimeout, TimeProvider timeProvider, CancellationToken callerToken)
    {
        (Number, _inactivityTimeout, _timeProvider, _callerToken) = (number, inactivityTimeout, timeProvider, callerToken);
        _source = CancellationTokenSource.CreateLinkedTokenSource(callerToken);
        _lastActivity = timeProvider.GetTimestamp();
        _timer = timeProvider.CreateTimer(static state => ((S3Attempt)state!).OnTimer(), this, inactivityTimeout, Timeout.InfiniteTimeSpan);
    }

    /// <summary>1 for the first attempt of a call.</summary>
    public int Number { get; }

    /// <summary>Ends the attempt: by the caller, or by inactivity.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Whether the attempt ended by inactivity and not by its caller.</summary>
    public bool TimedOut { get; private set; }

    /// <summary>Says that a byte moved. Cheap: the timer looks at the time only when it is due.</summary>
    public void Touch() => Volatile.Write(ref _lastActivity, _timeProvider.GetTimestamp());

    public void Dispose()
    {
        _timer.Dispose();
        _source.Dispose();
    }

    private void OnTimer()
    {
        var rest = _inactivityTimeout - _timeProvider.GetElapsedTime(Volatile.Read(ref _lastActivity));
        try
        {
            if (rest > TimeSpan.Zero)
            {
                _timer.Change(rest, Timeout.InfiniteTimeSpan);
                return;
            }

            TimedOut = !_callerToken.IsCancellationRequested;
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The attempt ended in the same moment.
        }
    }
}
