using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace S3Toolkit.Server.Hosting.Tls;

/// <summary>A client's handler that trusts one certificate, byte for byte, and no other.</summary>
internal static class PinnedHandler
{
    /// <param name="certificate">Asked at each handshake: a server makes its certificate when it starts.</param>
    public static SocketsHttpHandler Create(Func<X509Certificate2?> certificate)
    {
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = System.Net.DecompressionMethods.None,
            UseCookies = false,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(4),
        };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) =>
            shown is not null && certificate() is { } pinned
            && CryptographicOperations.FixedTimeEquals(shown.GetRawCertData(), pinned.RawDataMemory.Span);
        return handler;
    }
}
