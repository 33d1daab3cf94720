using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Faults;

internal sealed class FlippedStream(Stream inner, long offset) : WriteOnlyStream(inner)
{
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        long place = offset - Written;
        if (place < 0 || place >= buffer.Length)
        {
            await PassAsync(buffer, cancellationToken).ConfigureAwait(false);
            return;
        }
        byte[] copy = buffer.ToArray(); // the buffer is the stored object's own
        copy[place] ^= 0xFF;
        await PassAsync(copy, cancellationToken).ConfigureAwait(false);
    }
}
