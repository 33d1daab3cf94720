using System.Buffers;
using S3Toolkit.Transfers;

namespace S3Toolkit.Streams;

/// <summary>
/// An object as a stream that seeks. What is read on and on is fetched ahead, ever further; a seek that leaves what is held begins anew.
/// It never waits for memory, since what it holds may be what others wait for: under pressure it fetches less.
/// </summary>
internal sealed class ReadAheadStream(PinnedObject source, ReadAheadPlan plan, StoreFacts facts) : ReadOnlyStream
{
    // What is fetched when the budget has nothing: as little as the buffer of a download, which has no ticket either.
    private const int LeastBytes = 64 * 1024;

    private readonly List<FetchedRange> _held = [];
    private readonly List<Task> _stopping = [];
    private FetchedRange? _last;
    private long _position;
    private long _window = plan.FirstBytes;
    private long _readOn;
    private bool _isDisposed;

    public override bool CanRead => !_isDisposed;

    public override bool CanSeek => !_isDisposed;

    public override long Length => source.Length;

    public override long Position
    {
        get => _position;
        set => Seek(value, SeekOrigin.Begin);
    }

    private long FetchedEnd => _held.Count == 0 ? _position : _held[^1].End;

    public override long Seek(long offset, SeekOrigin origin)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => _position + offset,
            SeekOrigin.End => Length + offset,
            _ => throw new ArgumentOutOfRangeException(nameof(origin), origin, "A seek starts from the begin, the position or the end."),
        };
        if (position < 0) throw new IOException($"A seek to {position} would be before the start of the object.");
        // Nothing is fetched or dropped before the next read: several seeks in a row cost nothing.
        return _position = position;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        if (buffer.IsEmpty || _position >= Length) return 0;
        while (true)
        {
            var range = Find(_position) ?? Demand(_position, buffer.Length);
            try
            {
                await range.WaitAsync(_position, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception) when (!_isDisposed && !cancellationToken.IsCancellationRequested)
            {
                // The next read asks anew. What was fetched ahead failed when nobody waited for it, so that this read does.
                Drop(range);
                if (range.IsAhead) continue;
                throw;
            }

            var count = range.Read(_position, buffer.Span);
            Advance(range, count);
            return count;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (buffer.IsEmpty || _position >= Length) return 0;
        if (Find(_position) is { } range && range.Has(_position))
        {
            var there = range.Read(_position, buffer);
            Advance(range, there);
            return there;
        }

        // The bytes come by themselves, on other threads, so that this one can wait for them.
        var rented = ArrayPool<byte>.Shared.Rent(buffer.Length);
        try
        {
            var count = ReadAsync(rented.AsMemory(0, buffer.Length)).AsTask().GetAwaiter().GetResult();
            rented.AsSpan(0, count).CopyTo(buffer);
            return count;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>Stops all requests, and returns when the buffers are back.</summary>
    public override async ValueTask DisposeAsync()
    {
        Dispose();
        await Task.WhenAll(_stopping).ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            DropAll();
        }

        base.Dispose(disposing);
    }

    private FetchedRange? Find(long position)
    {
        foreach (var range in _held)
        {
            if (range.Contains(position)) return range;
        }

        return null;
    }

    private FetchedRange Demand(long position, long count)
    {
        if (_held.Count > 0 && position == FetchedEnd)
        {
            // Read on to the end of what is held, for which there was no memory to go further.
            while (_held.Count > 1) Drop(_held[0]);
            var next = Math.Min(Math.Clamp(count, plan.FirstBytes, plan.MaxFetchBytes), Length - position);
            if (_held[0].Length + next > plan.MaxBytes) DropAll();
            return Fetch(position, next, isAhead: false)!;
        }

        DropAll();
        (_last, _window, _readOn) = (null, plan.FirstBytes, 0);
        var (offset, length) = plan.First(position, count, Length);
        // With less memory than that, what was asked for comes first.
        return Fetch(offset, length, isAhead: false, position)!;
    }

    private void Advance(FetchedRange range, int count)
    {
        var hadStarted = _readOn >= plan.FirstBytes / 2;
        _position += count;
        _readOn += count;
        // Half of the first fetch, and each further fetch that is reached, show that the reader goes on.
        var hasReachedNext = _last is not null && range.Offset > _last.Offset;
        if (hasReachedNext || (!hadStarted && _readOn >= plan.FirstBytes / 2)) _window = plan.Grow(_window);
        _last = range;
        while (_held[0] != range && _held[0].End + plan.BehindBytes <= _position) Drop(_held[0]);
        if (_readOn >= plan.FirstBytes / 2) FetchAhead();
    }

    private void FetchAhead()
    {
        while (true)
        {
            var size = plan.Next(_window, FetchedEnd - _position, _held.Sum(static range => range.Length), Length - FetchedEnd);
            if (size <= 0 || Fetch(FetchedEnd, size, isAhead: true) is null) return;
        }
    }

    private FetchedRange? Fetch(long offset, long length, bool isAhead, long? needed = null)
    {
        var least = Math.Min(length, isAhead ? plan.FirstBytes : LeastBytes);
        var size = length;
        ByteBudget.Ticket? ticket;
        while ((ticket = TryTake(size, isAhead)) is null && size > least) size = Math.Max(least, size / 2);
        if (ticket is null && isAhead) return null;
        if (size < length && needed is { } first) (offset, size) = (first, Math.Min(size, offset + length - first));

        var range = new FetchedRange(source, offset, size, isAhead, facts.Pool, ticket);
        _held.Add(range);
        return range;
    }

    private ByteBudget.Ticket? TryTake(long size, bool isAhead)
    {
        // Half of the budget is left to transfers that wait for memory: a stream that nobody reads for a while holds on to its own. What
        // is fetched ahead moreover takes at most half of the rest, so that there is some for the streams to come.
        var bytes = FetchedRange.TicketBytes(size);
        var reserve = facts.Budget.TotalBytes / 2;
        return facts.Budget.TryTake(bytes, isAhead ? reserve + bytes : reserve);
    }

    private void Drop(FetchedRange range)
    {
        _held.Remove(range);
        range.Dispose();
        _stopping.RemoveAll(static task => task.IsCompleted);
        if (!range.Completion.IsCompleted) _stopping.Add(range.Completion);
    }

    private void DropAll()
    {
        while (_held.Count > 0) Drop(_held[^1]);
    }
}
