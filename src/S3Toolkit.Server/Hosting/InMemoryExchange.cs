using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Hosting;

/// <summary>One request and its answer without a socket.</summary>
internal sealed class InMemoryExchange : IResponseSink
{
    private readonly HttpRequestMessage _request;
    private readonly CancellationTokenSource _aborted;
    private readonly Pipe _responsePipe = new(InMemoryRequestBody.PipeOptions);
    private readonly TaskCompletionSource<HttpResponseMessage> _response = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly InMemoryRequestBody _body;
    private HttpRequestException? _failure;

    public InMemoryExchange(HttpRequestMessage request, CancellationToken serverStopping)
    {
        _request = request;
        _aborted = CancellationTokenSource.CreateLinkedTokenSource(serverStopping);
        _body = new InMemoryRequestBody(request, _aborted.Token);
        Body = _responsePipe.Writer.AsStream();
    }

    public Task<HttpResponseMessage> Response => _response.Task;

    public Stream Body { get; }

    public void Run(IRequestPipeline pipeline) => _ = RunAsync(pipeline);

    /// <summary>The client left before the head: the server sees a broken connection.</summary>
    public void Cancel(CancellationToken cancellationToken)
    {
        _response.TrySetCanceled(cancellationToken);
        Abandon();
    }

    /// <summary>The client left.</summary>
    public void Abandon()
    {
        try
        {
            _aborted.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // the exchange is over
        }
    }

    public async ValueTask StartAsync(int status, S3HeaderCollection headers, long contentLength, CancellationToken cancellationToken)
    {
        bool hasBody = _request.Method != HttpMethod.Head && status is not (204 or 304) && contentLength > 0;
        HttpResponseMessage response = new((HttpStatusCode)status) { RequestMessage = _request, Version = HttpVersion.Version11 };
        response.Content = new InMemoryResponseContent(_responsePipe.Reader, hasBody ? contentLength : 0, this);
        foreach ((string name, string value) in headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, value)) response.Content.Headers.TryAddWithoutValidation(name, value);
        }
        if (status is not (204 or 304))
        {
            response.Content.Headers.TryAddWithoutValidation("Content-Length", contentLength.ToString(CultureInfo.InvariantCulture));
        }
        // Who has the answer may dispose what the request was made of, so nothing may read it any more.
        await _body.StopAsync().ConfigureAwait(false);
        _response.TrySetResult(response);
    }

    /// <summary>The reader takes what is in the pipe, and then finds that it is less than the Content-Length.</summary>
    public void EndShort() => _responsePipe.Writer.Complete();

    public void Abort()
    {
        IOException reset = new("The connection was reset by the embedded S3 server.");
        Exception cause = _body.SourceFailure ?? reset;
        _failure = new(HttpRequestError.ResponseEnded, "An error occurred while sending the request.", cause);
        _responsePipe.Writer.Complete(reset);
        Abandon();
    }

    private async Task RunAsync(IRequestPipeline pipeline)
    {
        // The caller's thread may hold a lock or a context that the pipeline has no business with.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await pipeline.ProcessAsync(Read(), this, _aborted.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Nobody awaits this task: what goes wrong must reach the client as a broken connection.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _failure = new HttpRequestException("The embedded S3 server failed.", exception);
            await _responsePipe.Writer.CompleteAsync(exception).ConfigureAwait(false);
        }
        finally
        {
            await _responsePipe.Writer.CompleteAsync().ConfigureAwait(false);
            await _body.StopAsync().ConfigureAwait(false);
            if (_failure is not null) _response.TrySetException(_failure);
            _aborted.Dispose();
        }
    }

    private S3HttpRequest Read()
    {
        Uri uri = _request.RequestUri ?? throw new HttpRequestException("The request has no URI.");
        (string path, string query) = RawTarget.Split(uri.PathAndQuery);
        S3HeaderCollection headers = [];
        headers.Add("Host", _request.Headers.Host ?? uri.Authority);
        Copy(_request.Headers, headers);
        if (_request.Content is { } content) Copy(content.Headers, headers);
        return new S3HttpRequest
        {
            Method = _request.Method.Method,
            RawPath = path,
            RawQuery = query,
            Headers = headers,
            Body = _body.Stream,
            ContentLength = _request.Content is null ? 0 : _body.ContentLength,
            IsHttps = uri.Scheme == "https",
        };
    }

    /// <summary>Joins the values of a header as SocketsHttpHandler does on the wire.</summary>
    private static void Copy(HttpHeaders from, S3HeaderCollection to)
    {
        foreach ((string name, HeaderStringValues values) in from.NonValidated)
        {
            if (name.Equals("Host", StringComparison.OrdinalIgnoreCase)) continue;
            to.Add(name, string.Join(name.Equals("User-Agent", StringComparison.OrdinalIgnoreCase) ? " " : ", ", values));
        }
    }
}
