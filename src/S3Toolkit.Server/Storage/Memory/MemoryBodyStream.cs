namespace S3Toolkit.Server.Storage.Memory;

/// <summary>Reads a range of a <see cref="MemoryBody"/>; copying hands out the segments themselves.</summary>
internal sealed class MemoryBodyStream(MemoryBody body, long offset, long length) : Stream
{
    /// <summary>Bytes handed out so far.</summary>
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        ReadOnlySpan<byte> found = body.Slice(offset + _position, Math.Min(buffer.Length, length - _position)).Span;
        found.CopyTo(buffer);
        _position += found.Length;
        return found.Length;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<int>(cancellationToken) : new(Read(buffer.Span));

    public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
    {
        while (body.Slice(offset + _position, length - _position) is { IsEmpty: false } segment)
        {
            await destination.WriteAsync(segment, cancellationToken).ConfigureAwait(false);
            _position += segment.Length;
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
