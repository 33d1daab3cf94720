using System.IO.Pipelines;
using System.Net;

namespace S3Toolkit.Server.Hosting;

/// <summary>An answer's body: streams out of the pipe; disposing it midway ends the exchange.</summary>
internal sealed class InMemoryResponseContent(PipeReader reader, long length, InMemoryExchange exchange) : HttpContent
{
    private readonly InMemoryResponseStream _stream = new(reader, length, exchange);

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(_stream);

    protected override Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) => Task.FromResult<Stream>(_stream);

    protected override Stream CreateContentReadStream(CancellationToken cancellationToken) => _stream;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        _stream.CopyToAsync(stream, cancellationToken);

    protected override bool TryComputeLength(out long computed)
    {
        computed = length;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _stream.Dispose();
        base.Dispose(disposing);
    }
}
