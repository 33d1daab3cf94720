using System.Buffers;

namespace S3Toolkit;

/// <summary>Reads bytes that lie in several pieces.</summary>
internal sealed class ReadOnlySequenceStream : ReadOnlyStream
{
    private readonly ReadOnlySequence<byte> _content;
    private ReadOnlySequence<byte> _rest;

    public ReadOnlySequenceStream(ReadOnlySequence<byte> content) => _content = _rest = content;

    public override bool CanSeek => true;

    public override long Length => _content.Length;

    public override long Position
    {
        get => _content.Length - _rest.Length;
        set => _rest = _content.Slice(value);
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Min(buffer.Length, _rest.Length);
        _rest.Slice(0, count).CopyTo(buffer);
        _rest = _rest.Slice(count);
        return count;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<int>(cancellationToken) : new(Read(buffer.Span));
}
