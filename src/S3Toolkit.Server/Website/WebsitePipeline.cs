using Microsoft.Extensions.Logging;
using S3Toolkit.Server.Cors;
using S3Toolkit.Server.Operations.Catalog;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Website;

/// <summary>The requests of the website port: buckets as sites, for browsers that sign nothing and may only read.</summary>
internal sealed partial class WebsitePipeline(ServerCore server) : IRequestPipeline
{
    private readonly ILogger _logger = server.Logger;

    public async Task ProcessAsync(S3HttpRequest request, IResponseSink sink, CancellationToken cancellationToken)
    {
        string requestId = RequestIds.New();
        S3RequestLog.Entry? entry = null;
        S3Response response;
        try
        {
            WebsiteTarget target = WebsiteTarget.Parse(request.Headers["Host"], request.RawPath, server.BaseDomains);
            entry = server.Requests.Begin(NameOf(request), request.Method, target.BucketName, target.Key, null, requestId);
            response = await RespondAsync(target, request, requestId, cancellationToken).ConfigureAwait(false);
        }
        catch (S3ErrorException exception)
        {
            response = WebsiteErrorPage.Of(exception.Error, request.Method, requestId);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            entry?.Leave(0);
            sink.Abort(); // the client left
            return;
        }
#pragma warning disable CA1031 // Whatever else went wrong is the server's fault and must be an answer.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogFailure(exception, request.Method, requestId);
            response = WebsiteErrorPage.Of(S3Errors.InternalError(), request.Method, requestId);
        }
        entry ??= server.Requests.Begin("Unknown", request.Method, "", "", null, requestId);
        entry.End(response.Status, response.ErrorCode, 0);
        await SendAsync(request, response, sink, entry, cancellationToken).ConfigureAwait(false);
        entry.Leave(0);
    }

    /// <summary>In the log, a visit is what it asks of the bucket.</summary>
    private static string NameOf(S3HttpRequest request) => request.Method switch
    {
        "GET" => "GetObject",
        "HEAD" => "HeadObject",
        _ => S3Operation.MethodNotAllowed.Name,
    };

    private async ValueTask<S3Response> RespondAsync(
        WebsiteTarget target, S3HttpRequest request, string requestId, CancellationToken cancellationToken)
    {
        CorsGrant? cors = await CorsGrant.FindAsync(server.Storage, request, target.BucketName, cancellationToken).ConfigureAwait(false);
        S3Response response;
        try
        {
            response = await VisitAsync(target, request, requestId, cancellationToken).ConfigureAwait(false);
        }
        catch (S3ErrorException exception)
        {
            response = WebsiteErrorPage.Of(exception.Error, request.Method, requestId);
        }
        cors?.AddTo(response);
        return response;
    }

    private async ValueTask<S3Response> VisitAsync(
        WebsiteTarget target, S3HttpRequest request, string requestId, CancellationToken cancellationToken)
    {
        if (request.Method is not ("GET" or "HEAD"))
        {
            throw S3Errors.MethodNotAllowed(request.Method, target.Key.Length > 0 ? "OBJECT" : "BUCKET").WithHeader("Allow", "GET, HEAD")
                .ToException();
        }
        BucketRecord? bucket = BucketNames.IsValid(target.BucketName)
            ? await server.Storage.FindBucketAsync(target.BucketName, cancellationToken).ConfigureAwait(false)
            : null;
        if (bucket is null) throw S3Errors.NoSuchBucket(target.BucketName).ToException();
        if (bucket.Website is not { } site) throw S3Errors.NoSuchWebsiteConfiguration(bucket.Name).ToException();
        // "/bucket" is the site's root, but relative links in its page would miss the bucket.
        if (target.IsRootWithoutSlash) return new S3Response(302).Header("Location", target.Root);
        WebsiteRequest asked = new(
            target.Key, request.RawQuery, request.IsHttps ? "https" : "http", request.Headers["Host"] ?? "", target.Root);
        return await new WebsiteVisit(server, bucket, request, requestId).RunAsync(site, asked, cancellationToken).ConfigureAwait(false);
    }

    private async Task SendAsync(
        S3HttpRequest request, S3Response response, IResponseSink sink, S3RequestLog.Entry entry, CancellationToken cancellationToken)
    {
        string requestId = entry.Record.RequestId;
        response.Headers.Set("x-amz-request-id", requestId);
        response.Headers.Set("x-amz-id-2", "S3Toolkit.Server");
        response.Headers.Set("Date", WireTime.ToHttpDate(server.SigningClock.GetUtcNow()));
        ResponseBody? body = response.Body;
        try
        {
            long length = body?.Length ?? response.HeadLength ?? 0;
            bool hasBody = request.Method != "HEAD" && body is { Length: > 0 };
            if (!hasBody) entry.Leave(0);
            await sink.StartAsync(response.Status, response.Headers, length, cancellationToken).ConfigureAwait(false);
            if (!hasBody) return;
            await body!.WriteAsync(new MeteredStream(sink.Body, length, entry, request), cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The head is out: a reset is the only way left to say that the body is not whole.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (!cancellationToken.IsCancellationRequested && exception is not IOException) LogFailure(exception, "answer", requestId);
            sink.Abort();
        }
        finally
        {
            if (body is not null) await body.DisposeAsync().ConfigureAwait(false);
        }
    }

    [LoggerMessage(2, LogLevel.Error, "The embedded S3 server failed on {Method} of a web site, request {RequestId}.")]
    private partial void LogFailure(Exception exception, string method, string requestId);
}
