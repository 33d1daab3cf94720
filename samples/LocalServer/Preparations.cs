using System.Globalization;
using System.Text;
using S3Toolkit.Server;

namespace LocalServer;

/// <summary>What is done once the server listens and before it is told so.</summary>
internal static class Preparations
{
    /// <summary>
    /// Each sub-folder becomes a bucket, its files the objects; links in the folder are not followed. Returns what to say; "" when there is
    /// nothing.
    /// </summary>
    /// <exception cref="InvalidOperationException">A folder or a file cannot be taken; the message names it.</exception>
    public static async Task<string> SeedAsync(S3Server server, string? folder)
    {
        if (folder is null) return "";
        int buckets = 0, objects = 0;
        StringBuilder skipped = new();
        FileSystemInfo[] items = new DirectoryInfo(folder).GetFileSystemInfos();
        foreach (FileSystemInfo item in items.OrderBy(item => item.Name, StringComparer.Ordinal))
        {
            bool isLink = item.Attributes.HasFlag(FileAttributes.ReparsePoint);
            if (item is DirectoryInfo && !isLink)
            {
                objects += await SeedBucketAsync(server, item);
                buckets++;
                continue;
            }
            skipped.Append(
                CultureInfo.InvariantCulture, $"Not seeded: {item.FullName} {(isLink ? "is a link" : "is in no sub-folder")}.\n");
        }
        return $"Seeded {Count(objects, "object")} into {Count(buckets, "bucket")} from {folder}.\n{skipped}";
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

    private static async Task<int> SeedBucketAsync(S3Server server, FileSystemInfo folder)
    {
        try
        {
            return await server.SeedAsync(folder.FullName, folder.Name);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidOperationException($"--seed {folder.FullName}: {Problems.MessageOf(exception)}", exception);
        }
    }

    private static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";
}
