using System.IO.Pipelines;

namespace S3Toolkit.Server.Hosting;

/// <summary>
/// Where a request's content is written: holds it to its Content-Length, as SocketsHttpHandler does, and stops it when nobody reads on.
/// </summary>
internal sealed class ContentPipeStream(PipeWriter pipe, long? lengthBytes) : Stream
{
    private long _written;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="HttpRequestException">The content ended early.</exception>
    public void RequireWhole()
    {
        if (lengthBytes is { } length && _written < length)
            throw new HttpRequestException($"Sent {_written} request content bytes, but Content-Length promised {length}.");
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_written + buffer.Length > lengthBytes)
            throw new HttpRequestException($"The request content is longer than its Content-Length of {lengthBytes} bytes.");
        FlushResult result = await pipe.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        _written += buffer.Length;
        if (result.IsCompleted) throw new IOException("The embedded S3 server has answered and reads no more of the request.");
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // Contents that write synchronously run on the pump's thread; the server reads on others.
    public override void Write(byte[] buffer, int offset, int count) =>
        WriteAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
