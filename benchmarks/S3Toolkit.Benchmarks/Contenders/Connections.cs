using System.Security.Cryptography.X509Certificates;

namespace S3Toolkit.Benchmarks.Contenders;

/// <summary>How contenders connect where they can be told: the same for all, trusting the server's own certificate.</summary>
internal static class Connections
{
    public static SocketsHttpHandler CreateHandler(Target target)
    {
        SocketsHttpHandler handler = new() { AllowAutoRedirect = false, UseCookies = false };
        if (target.CertificateFile is { } file)
        {
            X509Certificate2 certificate = X509CertificateLoader.LoadCertificateFromFile(file);
            handler.SslOptions.RemoteCertificateValidationCallback = (_, given, _, _) =>
                given?.GetCertHashString() == certificate.GetCertHashString();
        }

        return handler;
    }
}
