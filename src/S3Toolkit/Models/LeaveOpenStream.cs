namespace S3Toolkit;

/// <summary>Reads a stream that belongs to somebody else; disposing it does nothing to that.</summary>
internal sealed class LeaveOpenStream(Stream inner) : ReadOnlyStream
{
    public override int Read(Span<byte> buffer) => inner.Read(buffer);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(buffer, cancellationToken);
}
