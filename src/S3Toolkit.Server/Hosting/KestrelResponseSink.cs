using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Hosting;

internal sealed class KestrelResponseSink(IFeatureCollection features, IHttpRequestLifetimeFeature lifetime) : IResponseSink
{
    private readonly IHttpResponseBodyFeature _body = features.GetRequiredFeature<IHttpResponseBodyFeature>();

    public Stream Body => _body.Stream;

    public ValueTask StartAsync(int status, S3HeaderCollection headers, long contentLength, CancellationToken cancellationToken)
    {
        IHttpResponseFeature response = features.GetRequiredFeature<IHttpResponseFeature>();
        response.StatusCode = status;
        foreach ((string name, string value) in headers) response.Headers[name] = StringValues.Concat(response.Headers[name], value);
        if (status is not (204 or 304)) response.Headers.ContentLength = contentLength;
        // The head goes out with the first bytes of the body, or when the request ends: one packet instead of two.
        return default;
    }

    /// <summary>Nothing to do: Kestrel sends what it has and closes a connection whose answer is shorter than its Content-Length.</summary>
    public void EndShort()
    {
    }

    public void Abort() => lifetime.Abort();
}
