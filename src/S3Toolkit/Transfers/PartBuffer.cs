using System.Buffers;
using System.Numerics;

namespace S3Toolkit.Transfers;

/// <summary>Bytes of a stream in a rented array, paid for by a ticket. Disposing gives both back, once.</summary>
internal sealed class PartBuffer : IDisposable
{
    // What a stream of unknown length is first read into, without a ticket: most such streams are small, and a small one should not
    // wait until a whole part is free. As little as the buffer of a download, which has no ticket either.
    internal const int ProbeSizeBytes = 64 * 1024;

    // Copies of what was read so far cost at most 1/7 of the bytes at this rate of growth.
    private const int GrowthFactor = 8;

    private readonly ArrayPool<byte> _pool;
    private readonly IDisposable? _ticket;
    private byte[]? _array;

    private PartBuffer(byte[] array, int length, bool isFull, ArrayPool<byte> pool, IDisposable? ticket) =>
        (_array, Length, IsFull, _pool, _ticket) = (array, length, isFull, pool, ticket);

    public int Length { get; }

    /// <summary>Whether the capacity was reached, so that the stream may have more.</summary>
    public bool IsFull { get; }

    public ReadOnlyMemory<byte> Memory => new(_array ?? throw new ObjectDisposedException(nameof(PartBuffer)), 0, Length);

    /// <summary>The largest buffer of one part: a quarter of the budget, so that parts of one upload can still move side by side.</summary>
    public static long MaxSizeBytes(ByteBudget budget)
    {
        var quarter = Math.Min(Math.Max(1, budget.TotalBytes / 4), Array.MaxLength);
        return 1L << BitOperations.Log2((ulong)quarter);
    }

    /// <summary>
    /// Reads until the capacity is reached or the stream ends. The ticket is taken when the first byte is there: a stream that does not
    /// deliver would keep it from those that do.
    /// </summary>
    public static async ValueTask<PartBuffer> FillAsync(
        Stream source, int capacity, ByteBudget budget, ArrayPool<byte> pool, CancellationToken cancellationToken)
    {
        var first = new byte[1];
        var length = capacity == 0 ? 0 : await source.ReadAsync(first, cancellationToken).ConfigureAwait(false);
        if (length == 0) return new PartBuffer(pool.Rent(1), 0, capacity == 0, pool, ticket: null);

        var ticket = await budget.TakeAsync(TicketBytes(capacity, budget), cancellationToken).ConfigureAwait(false);
        byte[]? array = null;
        try
        {
            array = pool.Rent(capacity);
            array[0] = first[0];
            length += await ReadAsync(source, array.AsMemory(length, capacity - length), cancellationToken).ConfigureAwait(false);
            return new PartBuffer(array, length, length == capacity, pool, ticket);
        }
        catch
        {
            if (array is not null) pool.Return(array);
            ticket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// As <see cref="FillAsync"/>, for a stream that may be much shorter than the capacity: the array grows with what is read.
    /// </summary>
    public static async ValueTask<PartBuffer> GrowAsync(
        Stream source, int capacity, ByteBudget budget, ArrayPool<byte> pool, CancellationToken cancellationToken)
    {
        ByteBudget.Ticket? ticket = null;
        var next = new byte[1];
        var size = Math.Min(ProbeSizeBytes, capacity);
        var array = pool.Rent(size);
        try
        {
            var length = await ReadAsync(source, array.AsMemory(0, size), cancellationToken).ConfigureAwait(false);
            while (length == size && size < capacity)
            {
                if (await source.ReadAsync(next, cancellationToken).ConfigureAwait(false) == 0) break;
                // The ticket is for the whole capacity: one that grew would be waited for by holders of its own kind, for ever.
                ticket ??= await budget.TakeAsync(TicketBytes(capacity, budget), cancellationToken).ConfigureAwait(false);
                size = (int)Math.Min((long)size * GrowthFactor, capacity);
                var larger = pool.Rent(size);
                array.AsSpan(0, length).CopyTo(larger);
                pool.Return(array);
                array = larger;
                array[length++] = next[0];
                length += await ReadAsync(source, array.AsMemory(length, size - length), cancellationToken).ConfigureAwait(false);
            }

            return new PartBuffer(array, length, length == capacity, pool, ticket);
        }
        catch
        {
            pool.Return(array);
            ticket?.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _array, null) is not { } array) return;
        _pool.Return(array);
        _ticket?.Dispose();
    }

    // Pools hand out powers of two: what is really held is what must be paid for.
    private static long TicketBytes(int capacity, ByteBudget budget) => capacity > budget.TotalBytes
        ? capacity
        : Math.Min((long)BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, capacity)), budget.TotalBytes);

    private static ValueTask<int> ReadAsync(Stream source, Memory<byte> buffer, CancellationToken cancellationToken) =>
        source.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
}
