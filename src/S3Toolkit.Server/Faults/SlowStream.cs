using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Faults;

internal sealed class SlowStream(Stream inner, int bytesPerSecond, TimeProvider timeProvider) : WriteOnlyStream(inner)
{
    /// <summary>Ten writes a second: slow, but never silent for longer than a tenth.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly int _bytesPerTick = Math.Max(1, bytesPerSecond / 10);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            await Task.Delay(Tick, timeProvider, cancellationToken).ConfigureAwait(false);
            int count = Math.Min(_bytesPerTick, buffer.Length);
            await PassAsync(buffer[..count], cancellationToken).ConfigureAwait(false);
            await Inner.FlushAsync(cancellationToken).ConfigureAwait(false);
            buffer = buffer[count..];
        }
    }
}
