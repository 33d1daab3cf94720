using System.Net;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Hosting;

/// <summary>Kestrel's features to the pipeline, without an HttpContext.</summary>
internal sealed class KestrelApplication(IRequestPipeline pipeline) : IHttpApplication<IFeatureCollection>
{
    public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

    public void DisposeContext(IFeatureCollection context, Exception? exception)
    {
    }

    public Task ProcessRequestAsync(IFeatureCollection context)
    {
        IHttpRequestFeature request = context.GetRequiredFeature<IHttpRequestFeature>();
        IHttpRequestLifetimeFeature lifetime = context.GetRequiredFeature<IHttpRequestLifetimeFeature>();
        return pipeline.ProcessAsync(Read(request, context), new KestrelResponseSink(context, lifetime), lifetime.RequestAborted);
    }

    private static S3HttpRequest Read(IHttpRequestFeature request, IFeatureCollection context)
    {
        (string path, string query) = RawTarget.Split(request.RawTarget);
        S3HeaderCollection headers = [];
        foreach ((string name, StringValues values) in request.Headers)
        {
            foreach (string? value in values) headers.Add(name, value ?? "");
        }
        bool isChunked = headers.Contains("Transfer-Encoding");
        return new S3HttpRequest
        {
            Method = request.Method,
            RawPath = path,
            RawQuery = query,
            Headers = headers,
            Body = request.Body,
            ContentLength = request.Headers.ContentLength ?? (isChunked ? null : 0),
            TellsBody = isChunked || request.Headers.ContentLength is not null,
            IsHttps = request.Scheme == "https",
            TlsVersion = VersionOf(context.Get<ITlsHandshakeFeature>()),
            RemoteAddress = context.Get<IHttpConnectionFeature>()?.RemoteIpAddress ?? IPAddress.Loopback,
        };
    }

    private static string? VersionOf(ITlsHandshakeFeature? handshake) => handshake?.Protocol switch
    {
        SslProtocols.Tls12 => "1.2",
        SslProtocols.Tls13 => "1.3",
        _ => null,
    };
}
