using S3Toolkit.Server.Access;
using S3Toolkit.Server.Operations.Catalog;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Website;

/// <summary>One request of a site: does what the planner says, and gets objects as anybody may get them by the API.</summary>
internal sealed class WebsiteVisit(ServerCore server, BucketRecord bucket, S3HttpRequest request, string requestId)
{
    private const string RedirectHeader = "x-amz-website-redirect-location";

    /// <summary>What is about the object that was asked for, and not about another one that is looked at for it.</summary>
    private static readonly string[] AboutTheObject =
        ["Range", "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since"];

    private S3Response? _found;
    private S3Error? _error;

    public async ValueTask<S3Response> RunAsync(WebsiteRecord site, WebsiteRequest asked, CancellationToken cancellationToken)
    {
        WebsiteFindings findings = new();
        while (true)
        {
            switch (WebsitePlanner.Next(site, asked, findings))
            {
                case WebsiteStep.LookUp look:
                    (_found, _error) = await GetAsync(request.Method, look.Key, request.Headers, cancellationToken).ConfigureAwait(false);
                    findings = findings with
                    {
                        Status = _found?.Status ?? _error!.Status, RedirectLocation = _found?.Headers[RedirectHeader],
                    };
                    break;
                case WebsiteStep.LookForFolder look:
                    (S3Response? index, _) = await GetAsync("HEAD", look.IndexKey, Plain(request.Headers), cancellationToken)
                        .ConfigureAwait(false);
                    findings = findings with { IsFolder = index is not null };
                    break;
                case WebsiteStep.Redirect redirect:
                    return await RedirectAsync(redirect.Status, redirect.Location).ConfigureAwait(false);
                case WebsiteStep.Error error:
                    return await ErrorAsync(error.DocumentKey, cancellationToken).ConfigureAwait(false);
                default:
                    return _found ?? WebsiteErrorPage.Of(_error!, request.Method, requestId);
            }
        }
    }

    private async ValueTask<S3Response> RedirectAsync(int status, string location)
    {
        if (_found?.Body is { } body) await body.DisposeAsync().ConfigureAwait(false);
        return new S3Response(status).Header("Location", location);
    }

    private async ValueTask<S3Response> ErrorAsync(string? documentKey, CancellationToken cancellationToken)
    {
        S3Error error = _error!;
        if (documentKey is null) return WebsiteErrorPage.Of(error, request.Method, requestId);
        (S3Response? document, S3Error? missing) = await GetAsync(request.Method, documentKey, Plain(request.Headers), cancellationToken)
            .ConfigureAwait(false);
        if (document is null) return WebsiteErrorPage.Of(error, request.Method, requestId, missing);
        if (document.Headers[RedirectHeader] is { } location)
        {
            _found = document;
            return await RedirectAsync(301, location).ConfigureAwait(false);
        }
        S3Response answer = new(error.Status) { Body = document.Body, HeadLength = document.HeadLength, ErrorCode = error.Code };
        foreach ((string name, string value) in document.Headers) answer.Headers.Add(name, value);
        return answer.ErrorHeaders(error);
    }

    /// <summary>GetObject's own answer, or the error that it gives, to somebody whom nobody knows.</summary>
    private async ValueTask<(S3Response? Found, S3Error? Error)> GetAsync(
        string method, string key, S3HeaderCollection headers, CancellationToken cancellationToken)
    {
        // A site has no subresources and no versions: its queries are its pages' own.
        S3HttpRequest get = new()
        {
            Method = method, RawPath = request.RawPath, RawQuery = "", Headers = headers, Body = Stream.Null, ContentLength = 0,
            IsHttps = request.IsHttps,
        };
        OperationContext context = new()
        {
            Server = server, Request = get, Authenticated = AuthenticatedRequest.Anonymous(get), Caller = S3Identity.Anonymous,
            Target = new S3Target(bucket.Name, key, false), RequestId = requestId, Bucket = bucket,
        };
        try
        {
            ObjectKeys.Check(key);
            S3Operation operation = OperationCatalog.Find(OperationScope.Object, method, null)[0];
            AccessCheck.Owner(context, operation);
            await AccessStage.CheckAsync(context, operation, cancellationToken).ConfigureAwait(false);
            return (await operation.Handler!(context, cancellationToken).ConfigureAwait(false), null);
        }
        catch (S3ErrorException exception)
        {
            return (null, exception.Error);
        }
    }

    private static S3HeaderCollection Plain(S3HeaderCollection headers)
    {
        S3HeaderCollection plain = [];
        foreach ((string name, string value) in headers)
        {
            if (!AboutTheObject.Contains(name, StringComparer.OrdinalIgnoreCase)) plain.Add(name, value);
        }
        return plain;
    }
}
