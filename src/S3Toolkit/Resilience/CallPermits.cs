namespace S3Toolkit.Resilience;

/// <summary>Bounds the calls in flight. A permit is held until the answer's body is disposed, not until its headers come.</summary>
#pragma warning disable CA1001 // A SemaphoreSlim whose wait handle nobody takes has nothing to dispose.
internal sealed class CallPermits(int count, TimeProvider timeProvider)
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _free = new(count, count);
    private long _returns;

    public int Count => count;

    public int InFlight => count - _free.CurrentCount;

    /// <summary>Waits for a permit: for as long as others come back, since a queue that moves is no failure.</summary>
    /// <param name="stillness">How long none may come back.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The permit; null when all of them were held for that long.</returns>
    public ValueTask<IDisposable?> TakeAsync(TimeSpan stillness, CancellationToken cancellationToken) =>
        _free.Wait(0, CancellationToken.None) ? new(new Permit(this)) : new(QueueAsync(stillness, cancellationToken));

    private async Task<IDisposable?> QueueAsync(TimeSpan stillness, CancellationToken cancellationToken)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var wait = _free.WaitAsync(giveUp.Token);
        while (true)
        {
            var seen = Volatile.Read(ref _returns);
            try
            {
                await wait.WaitAsync(stillness, timeProvider, CancellationToken.None).ConfigureAwait(false);
                return new Permit(this);
            }
            catch (TimeoutException) when (Volatile.Read(ref _returns) != seen)
            {
                // Others are ahead in the queue, and it moves.
            }
            catch (TimeoutException)
            {
                await giveUp.CancelAsync().ConfigureAwait(false);
                return await GrantedMeanwhileAsync(wait).ConfigureAwait(false) ? new Permit(this) : null;
            }
        }
    }

    private static async Task<bool> GrantedMeanwhileAsync(Task wait)
    {
        await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return wait.IsCompletedSuccessfully;
    }

    private void Return()
    {
        Interlocked.Increment(ref _returns);
        _free.Release();
    }

    /// <summary>Comes back even when its reader was forgotten: a leaked reader costs a connection, not the store.</summary>
    private sealed class Permit(CallPermits permits) : IDisposable
    {
        private int _returned;

        ~Permit() => Return();

        public void Dispose()
        {
            Return();
            GC.SuppressFinalize(this);
        }

        private void Return()
        {
            if (Interlocked.Exchange(ref _returned, 1) == 0) permits.Return();
        }
    }
}
