using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace S3Toolkit.Server.Hosting.Tls;

/// <summary>
/// TLS between a socket and Kestrel. Kestrel's own asks for services that only an application builder registers, which would cost the first
/// start many times what TLS does.
/// </summary>
internal static class TlsMiddleware
{
    /// <param name="listen">What to protect.</param>
    /// <param name="certificate">Proves the server's name.</param>
    /// <param name="handshakeTimeout">The time a client has for its part. Stops clients that connect and say nothing.</param>
    public static void Add(ListenOptions listen, X509Certificate2 certificate, TimeSpan handshakeTimeout)
    {
        SslServerAuthenticationOptions options = new()
        {
            // The context is made once: building the chain for each handshake would cost more than the handshake.
            ServerCertificateContext = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true),
            ApplicationProtocols = [SslApplicationProtocol.Http11],
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        };
        listen.Use(next => connection => RunAsync(connection, next, options, handshakeTimeout));
    }

    private static async Task RunAsync(
        ConnectionContext connection, ConnectionDelegate next, SslServerAuthenticationOptions options, TimeSpan handshakeTimeout)
    {
        IDuplexPipe plain = connection.Transport;
        SslStream tls = new(new DuplexPipeStream(plain), leaveInnerStreamOpen: false);
        await using (tls.ConfigureAwait(false))
        {
            if (!await HandshakeAsync(tls, options, handshakeTimeout, connection.ConnectionClosed).ConfigureAwait(false)) return;
            connection.Features.Set<ITlsConnectionFeature>(new TlsConnection());
            connection.Transport = new TlsPipe(
                PipeReader.Create(tls, new StreamPipeReaderOptions(leaveOpen: true)),
                PipeWriter.Create(tls, new StreamPipeWriterOptions(leaveOpen: true)));
            try
            {
                await next(connection).ConfigureAwait(false);
                await connection.Transport.Input.CompleteAsync().ConfigureAwait(false);
                await connection.Transport.Output.CompleteAsync().ConfigureAwait(false);
            }
            catch (IOException)
            {
                // the client has left
            }
            finally
            {
                connection.Transport = plain;
            }
        }
    }

    /// <summary>False for what is no TLS client, or one that does not trust the certificate: its connection is closed.</summary>
    private static async Task<bool> HandshakeAsync(
        SslStream tls, SslServerAuthenticationOptions options, TimeSpan timeout, CancellationToken closed)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(closed);
        limit.CancelAfter(timeout);
        try
        {
            await tls.AuthenticateAsServerAsync(options, limit.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Tells Kestrel that the scheme is https. Clients show no certificate.</summary>
    private sealed class TlsConnection : ITlsConnectionFeature
    {
        public X509Certificate2? ClientCertificate { get; set; }

        public Task<X509Certificate2?> GetClientCertificateAsync(CancellationToken cancellationToken) => Task.FromResult(ClientCertificate);
    }

    private sealed record TlsPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
