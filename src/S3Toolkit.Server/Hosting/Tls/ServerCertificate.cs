using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace S3Toolkit.Server.Hosting.Tls;

/// <summary>A certificate for the loopback address, signed by itself: made when a server starts, kept in memory, gone with it.</summary>
internal static class ServerCertificate
{
    /// <summary>As long as certificates may live that browsers and Apple's clients take.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    /// <summary>For clients whose clock is behind.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromHours(1);

    /// <summary>ECDSA P-256: made in a millisecond, where an RSA key takes a hundred.</summary>
    /// <param name="now">The machine's time, which clients judge it by.</param>
    public static X509Certificate2 Create(DateTimeOffset now)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=S3Toolkit embedded server", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        names.AddDnsName("*.localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        // No authority: what it signs is itself alone, so that who trusts it trusts nothing else.
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        X509SubjectKeyIdentifierExtension identifier = new(request.PublicKey, critical: false);
        request.CertificateExtensions.Add(identifier);
        // Python's strict check wants both identifiers.
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(identifier));
        X509Certificate2 certificate = request.CreateSelfSigned(now - Slack, now + Lifetime);
        if (!OperatingSystem.IsWindows()) return certificate;
        // Schannel takes no key that only lives in this process's memory.
        using (certificate) return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}
