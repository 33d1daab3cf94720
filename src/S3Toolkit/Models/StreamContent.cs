namespace S3Toolkit;

/// <summary>A stream of the caller's: read once, from its position on, never closed.</summary>
internal sealed class StreamContent : ObjectContent
{
    private readonly Stream _stream;
    private int _opened;

    public StreamContent(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanRead) throw new ArgumentException("The stream cannot be read: it is write-only or closed.", nameof(stream));
        _stream = stream;
        Length = stream.CanSeek ? Math.Max(0, stream.Length - stream.Position) : null;
    }

    /// <summary>A stream that cannot tell its length, which is known otherwise.</summary>
    public StreamContent(Stream stream, long? length)
        : this(stream) => Length = length;

    public override long? Length { get; }

    public override bool IsReplayable => false;

    public override Stream OpenRead()
    {
        if (Interlocked.Exchange(ref _opened, 1) != 0)
            throw new InvalidOperationException(
                "This content was read before: a stream or pipe is good for one upload. Make a new ObjectContent.");
        return new LeaveOpenStream(_stream);
    }
}
