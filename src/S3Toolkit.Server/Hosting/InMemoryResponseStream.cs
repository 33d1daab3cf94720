using System.IO.Pipelines;

namespace S3Toolkit.Server.Hosting;

/// <summary>Reads an answer's body and knows how long it must be, as an HTTP/1.1 client does.</summary>
internal sealed class InMemoryResponseStream(PipeReader reader, long length, InMemoryExchange exchange) : Stream
{
    private readonly Stream _inner = reader.AsStream(leaveOpen: true);
    private long _remaining = length;
    private bool _isDisposed;

    public override bool CanRead => !_isDisposed;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_remaining == 0 || buffer.IsEmpty) return 0;
        int count;
        try
        {
            count = await _inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw new HttpIOException(HttpRequestError.ResponseEnded, "The embedded S3 server reset the connection.", exception);
        }
        _remaining -= count;
        if (count == 0) throw new HttpIOException(HttpRequestError.ResponseEnded, $"The response ended {_remaining} bytes early.");
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // Clients such as the SDK's XML reader read synchronously; the server runs on other threads, so nothing can deadlock.
    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            if (_remaining > 0) exchange.Abandon();
            reader.Complete();
        }
        base.Dispose(disposing);
    }
}
