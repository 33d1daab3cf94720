using System.Buffers;

namespace S3Toolkit.Transfers.Downloads;

/// <summary>The buffers that bytes go through on their way from a connection to a file, within the byte budget.</summary>
internal sealed class DownloadBuffers(ByteBudget budget, ArrayPool<byte> pool)
{
    // Above it, larger reads from a socket gain nothing that can be measured.
    public const int SizeBytes = 128 * 1024;

    /// <summary>
    /// Waits for a buffer. Whoever needs one for a connection takes it before he asks for the connection: nobody holds one of the calls
    /// that may be open while he waits for memory.
    /// </summary>
    public async ValueTask<Buffer> TakeAsync(CancellationToken cancellationToken)
    {
        var ticket = await budget.TakeAsync(SizeBytes, cancellationToken).ConfigureAwait(false);
        return new Buffer(pool, ticket);
    }

    internal sealed class Buffer : IDisposable
    {
        private readonly ArrayPool<byte> _pool;
        private readonly ByteBudget.Ticket _ticket;
        private byte[]? _bytes;

        public Buffer(ArrayPool<byte> pool, ByteBudget.Ticket ticket)
        {
            (_pool, _ticket) = (pool, ticket);
            _bytes = pool.Rent(SizeBytes);
        }

        public Memory<byte> Memory => _bytes.AsMemory(0, SizeBytes);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _bytes, null) is not { } bytes) return;
            _pool.Return(bytes);
            _ticket.Dispose();
        }
    }
}
