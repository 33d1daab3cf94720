using Microsoft.Extensions.Logging;

namespace S3Toolkit.Server.Lifecycle;

/// <summary>
/// Runs the rules when they may have something to do: at each midnight of the server's clock, ten times a shortened day, and when a test
/// moves the clock. While no bucket has rules it only waits to be told of some.
/// </summary>
internal sealed partial class LifecycleSchedule : IAsyncDisposable
{
    private readonly LifecycleRunner _runner;
    private readonly LifecycleCalendar _calendar;
    private readonly S3ServerClock _clock;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _wake = new(0);
    private readonly SemaphoreSlim _oneRun = new(1);
    private readonly LifecycleTally _tally = new();
    private readonly ITimer _timer;
    private readonly Task _loop;
    private int _isDue;

    /// <param name="runner">Does the work.</param>
    /// <param name="calendar">How long a day is.</param>
    /// <param name="clock">The server's time.</param>
    /// <param name="logger">Hears of runs that failed.</param>
    /// <param name="isDue">There may be rules from before, and what came due while no server ran.</param>
    public LifecycleSchedule(LifecycleRunner runner, LifecycleCalendar calendar, S3ServerClock clock, ILogger logger, bool isDue)
    {
        (_runner, _calendar, _clock, _logger) = (runner, calendar, clock, logger);
        _timer = clock.CreateTimer(
            static state => ((LifecycleSchedule)state!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        clock.Moved += Wake;
        _loop = Task.Run(LoopAsync);
        if (isDue) Wake();
    }

    /// <summary>A bucket has other rules: there may be something to wait for.</summary>
    public void RulesChanged() => _wake.Release();

    /// <summary>
    /// Runs now, whatever the time; after a run that is under way. Tells what all runs did since the last call: who moves the clock wakes
    /// the loop, and nobody knows which of the two runs finds what came due.
    /// </summary>
    public async Task<S3LifecycleRun> RunAsync(CancellationToken cancellationToken)
    {
        await _oneRun.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _runner.RunAsync(_tally, cancellationToken).ConfigureAwait(false);
            return _tally.Take();
        }
        finally
        {
            _oneRun.Release();
        }
    }

    /// <summary>Replaces the state that the rules work on while no run is under way, and forgets what runs did to the one before.</summary>
    public async Task RestartAsync(Action replaceState, CancellationToken cancellationToken)
    {
        await _oneRun.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            replaceState();
            _tally.Take();
        }
        finally
        {
            _oneRun.Release();
        }
    }

    /// <summary>Stops without a wait for the run that is under way.</summary>
    public void Stop()
    {
        _clock.Moved -= Wake;
        _timer.Dispose();
        _stopping.Cancel();
    }

    public async ValueTask DisposeAsync()
    {
        Stop();
        await _loop.ConfigureAwait(false);
    }

    private void Wake()
    {
        Interlocked.Exchange(ref _isDue, 1);
        _wake.Release();
    }

    private async Task LoopAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await _wake.WaitAsync(_stopping.Token).ConfigureAwait(false);
                if (Interlocked.Exchange(ref _isDue, 0) != 0) await RunUntoldAsync().ConfigureAwait(false);
                if (await _runner.HasRulesAsync(_stopping.Token).ConfigureAwait(false)) Arm();
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (ObjectDisposedException)
            {
                return; // the server was cut, and its storage is gone
            }
#pragma warning disable CA1031 // One run failed, on a full disk for one; the next may do.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                LogFailedRun(exception);
                Arm();
            }
        }
    }

    /// <summary>What it does is told by the next <see cref="RunAsync"/>.</summary>
    private async Task RunUntoldAsync()
    {
        await _oneRun.WaitAsync(_stopping.Token).ConfigureAwait(false);
        try
        {
            await _runner.RunAsync(_tally, _stopping.Token).ConfigureAwait(false);
        }
        finally
        {
            _oneRun.Release();
        }
    }

    private void Arm()
    {
        try
        {
            _timer.Change(_calendar.UntilNextRun(_clock.GetUtcNow()), Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // stopped meanwhile
        }
    }

    [LoggerMessage(20, LogLevel.Warning, "The lifecycle rules could not be run.")]
    private partial void LogFailedRun(Exception exception);
}
