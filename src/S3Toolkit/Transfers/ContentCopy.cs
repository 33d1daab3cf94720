using System.Buffers;

namespace S3Toolkit.Transfers;

/// <summary>Copies an open object into a stream and says how far it is.</summary>
internal static class ContentCopy
{
    // 128 KiB: above it, larger reads from a socket gain nothing that can be measured; below the large object heap in any case (pooled).
    private const int BufferSizeBytes = 128 * 1024;

    public static async Task ToStreamAsync(
        ObjectReader reader, Stream destination, IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSizeBytes);
        try
        {
            long copied = 0;
            while (true)
            {
                var count = await reader.Content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (count == 0) break;
                await destination.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
                copied += count;
                progress?.Report(new TransferProgress(copied, reader.ContentLengthBytes));
            }

            if (copied == 0) progress?.Report(new TransferProgress(0, reader.ContentLengthBytes));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
