namespace S3Toolkit.Tests.Transfers;

/// <summary>
/// A stream with given read sizes, a claimed length, and perhaps a failure at some byte. It notices readers that overlap.
/// </summary>
internal sealed class ScriptedStream(byte[] content, int[]? readSizes = null, bool canSeek = false, long? claimedLength = null) : Stream
{
    private int _position;
    private int _reads;
    private int _readers;

    public int? FailAt { get; init; }

    public Exception Failure { get; init; } = new InvalidDataException("the source is broken");

    public Action<int>? BeforeRead { get; init; }

    public bool IsDisposed { get; private set; }

    public bool Overlapped { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => canSeek;

    public override bool CanWrite => false;

    public override long Length => canSeek ? claimedLength ?? content.Length : throw new NotSupportedException();

    public override long Position
    {
        get => canSeek ? _position : throw new NotSupportedException();
        set => throw new InvalidOperationException("The source must be read once, in order.");
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Interlocked.Increment(ref _readers) != 1) Overlapped = true;
        try
        {
            BeforeRead?.Invoke(_position);
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            var most = readSizes is { Length: > 0 } ? readSizes[_reads++ % readSizes.Length] : buffer.Length;
            var count = Math.Min(Math.Min(Math.Max(1, most), buffer.Length), content.Length - _position);
            if (FailAt is { } at)
            {
                if (_position >= at) throw Failure;
                count = Math.Min(count, at - _position);
            }

            content.AsMemory(_position, count).CopyTo(buffer);
            _position += count;
            return count;
        }
        finally
        {
            Interlocked.Decrement(ref _readers);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Only asynchronous reads.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) =>
        throw new InvalidOperationException("The source must be read once, in order.");

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }
}
