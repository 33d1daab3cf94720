namespace S3Toolkit.Tests.Pains;

/// <summary>Bytes to send, as slices of one buffer, and streams that give them in ways of their own.</summary>
internal static class PainContent
{
    public const int PartSize = (int)TransferOptions.MinPartSizeBytes;

    private static readonly byte[] Random = Create();

    public static ReadOnlyMemory<byte> Bytes(int length) => Random.AsMemory(0, length);

    public static ReadOnlyMemory<byte> OtherBytes(int length) => Random.AsMemory(11, length);

    public static void AssertSame(ReadOnlySpan<byte> actual, ReadOnlySpan<byte> expected)
    {
        Assert.That(actual.Length, Is.EqualTo(expected.Length), "length in bytes");
        Assert.That(actual.CommonPrefixLength(expected), Is.EqualTo(expected.Length), "the first byte that differs");
    }

    private static byte[] Create()
    {
        var bytes = new byte[(16 * 1024 * 1024) + 11];
        new Random(4711).NextBytes(bytes);
        return bytes;
    }
}

/// <summary>An unseekable stream of unknown length; it can fail midway, and knows whether it was closed.</summary>
internal sealed class SourceStream(ReadOnlyMemory<byte> content, int bytesPerRead = int.MaxValue, Exception? failure = null) : Stream
{
    private int _position;

    public bool IsClosed { get; private set; }

    public int BytesRead => _position;

    public override bool CanRead => !IsClosed;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = Math.Min(Math.Min(buffer.Length, bytesPerRead), content.Length - _position);
        if (count == 0 && buffer.Length > 0 && failure is not null) throw failure;
        content.Span.Slice(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<int>(cancellationToken) : new(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        IsClosed = true;
        base.Dispose(disposing);
    }
}
