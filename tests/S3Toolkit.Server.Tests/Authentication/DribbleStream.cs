using S3Toolkit.Server.Authentication;

namespace S3Toolkit.Server.Tests.Authentication;

/// <summary>Hands out a body in pieces of scripted sizes, then one byte at a time.</summary>
internal sealed class DribbleStream(Stream inner, int[] sizes) : ReadOnlyBodyStream
{
    private int _next;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int size = _next < sizes.Length ? sizes[_next++] : 1;
        return inner.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);
    }
}
