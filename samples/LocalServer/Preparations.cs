using S3Toolkit.Server;

namespace LocalServer;

/// <summary>What is done once the server listens and before it is told so.</summary>
internal static class Preparations
{
    /// <summary>Each sub-folder becomes a bucket, its files the objects. Returns what to say; "" when there is nothing.</summary>
    public static async Task<string> SeedAsync(S3Server server, string? folder)
    {
        if (folder is null) return "";
        int buckets = 0, objects = 0;
        foreach (string path in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
        {
            objects += await server.SeedAsync(path, Path.GetFileName(path));
            buckets++;
        }
        return $"Seeded {objects} objects into {buckets} buckets from {folder}.\n";
    }

    /// <summary>Writes the public part of the certificate, for clients to trust. Returns its path; null without TLS.</summary>
    public static async Task<string?> WriteCertificateAsync(S3Server server, string? path)
    {
        using var certificate = server.Certificate;
        if (certificate is null) return null;
        path ??= Path.Combine(Path.GetTempPath(), $"s3toolkit-{server.Endpoint.Port}.pem");
        await File.WriteAllTextAsync(path, certificate.ExportCertificatePem() + "\n");
        return Path.GetFullPath(path);
    }
}
