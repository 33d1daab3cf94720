using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using S3Toolkit.Server.Hosting.Tls;
using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Hosting;

/// <summary>
/// Bare Kestrel on the loopback address: no application builder, no routing and no services, which would cost the first start ten times
/// the time that this takes.
/// </summary>
internal sealed class KestrelHost : IAsyncDisposable
{
    private readonly KestrelServer _kestrel;
    private readonly TimeSpan _shutdownTimeout;

    private KestrelHost(KestrelServer kestrel, S3ServerOptions options)
    {
        _kestrel = kestrel;
        _shutdownTimeout = options.ShutdownTimeout;
    }

    public Uri Endpoint { get; private set; } = new("http://127.0.0.1");

    // The certificate is null to listen without TLS.
    public static async Task<KestrelHost> StartAsync(
        IRequestPipeline pipeline, S3ServerOptions options, int port, X509Certificate2? certificate, CancellationToken cancellationToken)
    {
        ILoggerFactory loggers = options.LoggerFactory is { } factory ? new KestrelLoggers(factory) : NullLoggerFactory.Instance;
        SocketTransportFactory sockets = new(Options.Create(new SocketTransportOptions()), loggers);
        KestrelServer kestrel = new(Options.Create(KestrelOptions(options, port, certificate)), sockets, loggers);
        try
        {
            await kestrel.StartAsync(new KestrelApplication(pipeline), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            kestrel.Dispose();
            throw;
        }
        // Kestrel does not know that there is TLS below it.
        Uri address = new(kestrel.Features.Get<IServerAddressesFeature>()!.Addresses.First());
        string scheme = certificate is null ? "http" : "https";
        return new KestrelHost(kestrel, options) { Endpoint = new Uri($"{scheme}://{address.Authority}") };
    }

    public async ValueTask DisposeAsync()
    {
        // Not the options' clock: a fake one that nobody moves would make this wait for ever.
        using CancellationTokenSource timeout = new(_shutdownTimeout, TimeProvider.System);
        await _kestrel.StopAsync(timeout.Token).ConfigureAwait(false);
        _kestrel.Dispose();
    }

    /// <summary>Stops without a wait for anything: Kestrel closes its sockets.</summary>
    public void Cut() => _kestrel.Dispose();

    internal static KestrelServerOptions KestrelOptions(S3ServerOptions options, int port = 0, X509Certificate2? certificate = null)
    {
        KestrelServerOptions kestrel = new()
        {
            AddServerHeader = false,
            AllowSynchronousIO = false,
            // Content-Disposition and the like may hold what a client put there, beyond ASCII.
            ResponseHeaderEncodingSelector = static _ => Encoding.UTF8,
        };
        KestrelServerLimits limits = kestrel.Limits;
        limits.MaxRequestBodySize = null; // operations know how much they take
        limits.MaxRequestHeadersTotalSize = options.MaxHeaderBytes;
        limits.MaxRequestHeaderCount = options.MaxHeaders;
        limits.MaxRequestLineSize = options.MaxRequestLineBytes;
        limits.MaxRequestBufferSize = Math.Max(1024 * 1024, Math.Max(options.MaxHeaderBytes, options.MaxRequestLineBytes));
        limits.MaxConcurrentConnections = options.MaxConnections;
        limits.RequestHeadersTimeout = options.HeaderTimeout;
        limits.KeepAliveTimeout = options.IdleTimeout;
        MinDataRate? rate = options.MinBodyBytesPerSecond is { } bytesPerSecond ? new(bytesPerSecond, options.BodyGracePeriod) : null;
        limits.MinRequestBodyDataRate = rate;
        limits.MinResponseDataRate = rate;
        kestrel.Listen(IPAddress.Loopback, port, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (certificate is not null) TlsMiddleware.Add(listen, certificate, options.HeaderTimeout);
        });
        return kestrel;
    }
}
