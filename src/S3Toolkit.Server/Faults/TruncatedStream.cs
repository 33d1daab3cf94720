using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Faults;

internal sealed class TruncatedStream(Stream inner, long afterBytes) : WriteOnlyStream(inner)
{
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int allowed = BytesBefore(afterBytes, buffer.Length);
        await PassAsync(buffer[..allowed], cancellationToken).ConfigureAwait(false);
        if (allowed == buffer.Length) return;
        await Inner.FlushAsync(cancellationToken).ConfigureAwait(false);
        throw new FaultResetException();
    }
}
