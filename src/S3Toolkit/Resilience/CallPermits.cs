namespace S3Toolkit.Resilience;

/// <summary>Bounds the calls in flight. A permit is held until the answer's body is disposed, not until its headers come.</summary>
#pragma warning disable CA1001 // A SemaphoreSlim whose wait handle nobody takes has nothing to dispose.
internal sealed class CallPermits(int count)
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _free = new(count, count);

    public int Count => count;

    public int InFlight => count - _free.CurrentCount;

    public ValueTask<IDisposable> TakeAsync(CancellationToken cancellationToken)
    {
        var wait = _free.WaitAsync(cancellationToken);
        return wait.IsCompletedSuccessfully ? new(new Permit(_free)) : new(AwaitAsync(wait));
    }

    private async Task<IDisposable> AwaitAsync(Task wait)
    {
        await wait.ConfigureAwait(false);
        return new Permit(_free);
    }

    /// <summary>Comes back even when its reader was forgotten: a leaked reader costs a connection, not the store.</summary>
    private sealed class Permit(SemaphoreSlim free) : IDisposable
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
            if (Interlocked.Exchange(ref _returned, 1) == 0) free.Release();
        }
    }
}
