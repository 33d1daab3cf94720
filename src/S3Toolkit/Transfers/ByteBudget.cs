namespace S3Toolkit.Transfers;

/// <summary>
/// The ceiling on the bytes that all transfers of a store hold in buffers. Tickets are given out in the order of asking, so a large
/// request is not starved by small ones.
/// </summary>
/// <remarks>To stay free of deadlocks, nobody waits for a ticket while what it holds depends on getting that ticket.</remarks>
internal sealed class ByteBudget
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _waiters = [];
    private long _free;

    public ByteBudget(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 1);
        TotalBytes = _free = bytes;
    }

    public long TotalBytes { get; }

    public long FreeBytes
    {
        get
        {
            lock (_lock) return _free;
        }
    }

    public int WaiterCount
    {
        get
        {
            lock (_lock) return _waiters.Count;
        }
    }

    /// <summary>Waits until the bytes are free. Disposing the ticket gives them back.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More is asked for than there is in all.</exception>
    public ValueTask<Ticket> TakeAsync(long bytes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        if (bytes > TotalBytes)
        {
            throw new ArgumentOutOfRangeException(
                nameof(bytes),
                bytes,
                $"A buffer of {bytes} bytes can never be had: MaxBufferBytes is {TotalBytes}. Raise it, or use smaller parts.");
        }

        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<Ticket>(cancellationToken);
        Waiter waiter;
        lock (_lock)
        {
            if (_waiters.Count == 0 && bytes <= _free)
            {
                _free -= bytes;
                return new(new Ticket(this, bytes));
            }

            waiter = new Waiter(bytes);
            waiter.Node = _waiters.AddLast(waiter);
        }

        return new(WaitAsync(waiter, cancellationToken));
    }

    /// <summary>Takes what can be had at once, for what does not wait.</summary>
    /// <param name="bytes">How many.</param>
    /// <param name="leaveBytes">How many must stay free.</param>
    /// <returns>The ticket; null when there is less, or when others wait.</returns>
    public Ticket? TryTake(long bytes, long leaveBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        lock (_lock)
        {
            if (_waiters.Count > 0 || _free - bytes < leaveBytes) return null;
            _free -= bytes;
        }

        return new Ticket(this, bytes);
    }

    private async Task<Ticket> WaitAsync(Waiter waiter, CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.UnsafeRegister(
            static (state, token) =>
            {
                var (budget, waiter) = ((ByteBudget, Waiter))state!;
                budget.GiveUp(waiter, token);
            },
            (this, waiter));
        return await waiter.Granted.Task.ConfigureAwait(false);
    }

    private void GiveUp(Waiter waiter, CancellationToken token)
    {
        List<Waiter>? granted;
        lock (_lock)
        {
            // Served in the same moment: the ticket is on its way to somebody who will dispose it.
            if (waiter.Node is null) return;
            _waiters.Remove(waiter.Node);
            waiter.Node = null;
            // It may have been the large one that smaller ones were queued behind.
            granted = Serve_NeedsLock();
        }

        waiter.Granted.TrySetCanceled(token);
        Grant(granted);
    }

    private void Return(long bytes)
    {
        List<Waiter>? granted;
        lock (_lock)
        {
            _free += bytes;
            granted = Serve_NeedsLock();
        }

        Grant(granted);
    }

    private List<Waiter>? Serve_NeedsLock()
    {
        List<Waiter>? granted = null;
        while (_waiters.First is { } first && first.Value.Bytes <= _free)
        {
            _waiters.RemoveFirst();
            first.Value.Node = null;
            _free -= first.Value.Bytes;
            (granted ??= []).Add(first.Value);
        }

        return granted;
    }

    private void Grant(List<Waiter>? granted)
    {
        foreach (var waiter in granted ?? []) waiter.Granted.SetResult(new Ticket(this, waiter.Bytes));
    }

    /// <summary>Bytes that may be held until it is disposed.</summary>
    internal sealed class Ticket(ByteBudget budget, long bytes) : IDisposable
    {
        private int _returned;

        public long Bytes => bytes;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _returned, 1) == 0) budget.Return(bytes);
        }
    }

    private sealed class Waiter(long bytes)
    {
        public long Bytes => bytes;

        public TaskCompletionSource<Ticket> Granted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>The place in the queue; null once it was left.</summary>
        public LinkedListNode<Waiter>? Node { get; set; }
    }
}
