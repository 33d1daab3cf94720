using System.Buffers;
using System.Numerics;
using System.Runtime.ExceptionServices;

namespace S3Toolkit.Streams;

/// <summary>
/// A range of an object on its way into memory: one request, whose bytes can be read as they come. Disposing stops it, and gives the
/// buffers back as soon as nothing writes into them any more.
/// </summary>
internal sealed class FetchedRange : IDisposable
{
    // As large as a transfer's read buffer; a power of two, since that is what pools hand out.
    public const int BlockBytes = 256 * 1024;

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ArrayPool<byte> _pool;
    private readonly IDisposable? _ticket;
    private readonly byte[]?[] _blocks;
    private readonly int _blockBytes;
    private TaskCompletionSource? _arrival;
    private ExceptionDispatchInfo? _failure;
    private long _available;
    private bool _isDisposed;
    private bool _hasEnded;

    /// <summary>Begins to fetch.</summary>
    /// <param name="source">The object.</param>
    /// <param name="offset">The first byte.</param>
    /// <param name="length">The number of bytes.</param>
    /// <param name="isAhead">Whether nobody waits for it yet.</param>
    /// <param name="pool">Where the buffers come from.</param>
    /// <param name="ticket">What was paid for them; owned from here on.</param>
    public FetchedRange(PinnedObject source, long offset, long length, bool isAhead, ArrayPool<byte> pool, IDisposable? ticket)
    {
        (Offset, Length, IsAhead, _pool, _ticket) = (offset, length, isAhead, pool, ticket);
        _blockBytes = (int)Math.Min(BlockBytes, length);
        _blocks = new byte[]?[(length + _blockBytes - 1) / _blockBytes];
        Completion = FetchAsync(source);
    }

    public long Offset { get; }

    public long Length { get; }

    public long End => Offset + Length;

    public bool IsAhead { get; }

    /// <summary>Ends, without an error, when nothing is written into the buffers any more.</summary>
    public Task Completion { get; }

    /// <summary>What the buffers of so many bytes take from the budget.</summary>
    public static long TicketBytes(long length) => length < BlockBytes
        ? BitOperations.RoundUpToPowerOf2((uint)length)
        : (length + BlockBytes - 1) / BlockBytes * BlockBytes;

    public bool Contains(long position) => position >= Offset && position < End;

    /// <summary>Whether the byte at the position is there.</summary>
    public bool Has(long position)
    {
        lock (_lock) return Contains(position) && position - Offset < _available;
    }

    /// <summary>Waits until the byte at the position is there.</summary>
    /// <exception cref="S3ToolkitException">The fetch failed before it.</exception>
    public async ValueTask WaitAsync(long position, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task arrival;
            lock (_lock)
            {
                ObjectDisposedException.ThrowIf(_isDisposed, this);
                if (position - Offset < _available) return;
                _failure?.Throw();
                _arrival ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                arrival = _arrival.Task;
            }

            await arrival.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Copies what is there from the position on.</summary>
    public int Read(long position, Span<byte> destination)
    {
        // The lock keeps a block from going back to the pool while it is copied.
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            var from = position - Offset;
            var count = (int)Math.Min(destination.Length, _available - from);
            for (var copied = 0; copied < count;)
            {
                var (block, start) = Math.DivRem(from + copied, _blockBytes);
                var size = (int)Math.Min(count - copied, _blockBytes - start);
                _blocks[block].AsSpan((int)start, size).CopyTo(destination[copied..]);
                copied += size;
            }

            return count;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            if (_hasEnded) GiveBack_NeedsLock();
        }

        Signal();
        // Outside of the lock: what runs on cancellation is not ours.
        _stop.Cancel();
    }

    private async Task FetchAsync(PinnedObject source)
    {
        try
        {
            var reader = await source.OpenAsync(Offset, Length, _stop.Token).ConfigureAwait(false);
            await using var owned = reader.ConfigureAwait(false);
            while (_available < Length)
            {
                var count = await reader.Content.ReadAsync(Space(), _stop.Token).ConfigureAwait(false);
                if (count == 0) throw new EndOfStreamException($"{Offset + _available} is the end of what should go on to {End}.");
                lock (_lock) _available += count;
                Signal();
            }
        }
        catch (Exception error)
        {
            lock (_lock) _failure = ExceptionDispatchInfo.Capture(error);
        }
        finally
        {
            lock (_lock)
            {
                _hasEnded = true;
                if (_isDisposed) GiveBack_NeedsLock();
            }

            Signal();
        }
    }

    private Memory<byte> Space()
    {
        var (block, start) = Math.DivRem(_available, _blockBytes);
        var size = (int)Math.Min(_blockBytes, Length - (block * _blockBytes));
        // Only this task rents, and nothing is given back before it ends.
        lock (_lock) _blocks[block] ??= _pool.Rent(_blockBytes);
        return _blocks[block].AsMemory((int)start, size - (int)start);
    }

    private void Signal()
    {
        TaskCompletionSource? arrival;
        lock (_lock) (arrival, _arrival) = (_arrival, null);
        arrival?.TrySetResult();
    }

    private void GiveBack_NeedsLock()
    {
        for (var block = 0; block < _blocks.Length; block++)
        {
            if (_blocks[block] is { } array) _pool.Return(array);
            _blocks[block] = null;
        }

        _ticket?.Dispose();
    }
}
