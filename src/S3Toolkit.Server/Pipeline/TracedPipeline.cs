using Microsoft.Extensions.Logging;

namespace S3Toolkit.Server.Pipeline;

/// <summary>
/// Logs a line for each request, at level Debug: for who watches a server, while <see cref="S3RequestLog"/> is for tests. The query, which
/// holds the signature of a presigned URL, is in no line.
/// </summary>
internal sealed partial class TracedPipeline(IRequestPipeline inner, ILogger logger) : IRequestPipeline
{
    private readonly ILogger _logger = logger;

    public async Task ProcessAsync(S3HttpRequest request, IResponseSink sink, CancellationToken cancellationToken)
    {
        if (!_logger.IsEnabled(LogLevel.Debug))
        {
            await inner.ProcessAsync(request, sink, cancellationToken).ConfigureAwait(false);
            return;
        }
        long started = TimeProvider.System.GetTimestamp();
        StatusSink watched = new(sink);
        await inner.ProcessAsync(request, watched, cancellationToken).ConfigureAwait(false);
        long milliseconds = (long)TimeProvider.System.GetElapsedTime(started).TotalMilliseconds;
        if (watched.IsCut || watched.Status is null) LogCut(request.Method, request.RawPath, milliseconds);
        else LogAnswer(request.Method, request.RawPath, watched.Status.Value, milliseconds);
    }

    [LoggerMessage(3, LogLevel.Debug, "{Method} {Path} {Status} {Milliseconds} ms")]
    private partial void LogAnswer(string method, string path, int status, long milliseconds);

    [LoggerMessage(4, LogLevel.Debug, "{Method} {Path} cut {Milliseconds} ms")]
    private partial void LogCut(string method, string path, long milliseconds);

    private sealed class StatusSink(IResponseSink inner) : IResponseSink
    {
        public int? Status { get; private set; }

        public bool IsCut { get; private set; }

        public Stream Body => inner.Body;

        public ValueTask StartAsync(int status, S3HeaderCollection headers, long contentLength, CancellationToken cancellationToken)
        {
            Status = status;
            return inner.StartAsync(status, headers, contentLength, cancellationToken);
        }

        public void EndShort()
        {
            IsCut = true;
            inner.EndShort();
        }

        public void Abort()
        {
            IsCut = true;
            inner.Abort();
        }
    }
}
