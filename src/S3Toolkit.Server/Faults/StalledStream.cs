using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Faults;

internal sealed class StalledStream(Stream inner, long afterBytes, Task released) : WriteOnlyStream(inner)
{
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int before = BytesBefore(afterBytes, buffer.Length);
        await PassAsync(buffer[..before], cancellationToken).ConfigureAwait(false);
        if (before == buffer.Length) return;
        await Inner.FlushAsync(cancellationToken).ConfigureAwait(false);
        await released.WaitAsync(cancellationToken).ConfigureAwait(false);
        await PassAsync(buffer[before..], cancellationToken).ConfigureAwait(false);
    }
}
