using System.Net;

namespace S3Toolkit.Providers;

/// <summary>Reads a provider and the kind of host from a host name.</summary>
internal static class ProviderHosts
{
    public static S3ProviderProfile? Find(string host) =>
        IsWithin(host, "amazonaws.com") || IsWithin(host, "amazonaws.com.cn") || IsWithin(host, "amazonaws.eu") ? S3ProviderProfiles.Aws
        : IsWithin(host, "r2.cloudflarestorage.com") ? S3ProviderProfiles.CloudflareR2
        : IsWithin(host, "backblazeb2.com") ? S3ProviderProfiles.BackblazeB2
        : IsWithin(host, "storage.googleapis.com") ? S3ProviderProfiles.GoogleCloudStorage
        : IsWithin(host, "wasabisys.com") ? S3ProviderProfiles.Wasabi
        : IsWithin(host, "digitaloceanspaces.com") ? S3ProviderProfiles.DigitalOceanSpaces
        : null;

    /// <summary>Whether no label can be put in front of the host: an IP address, localhost, or a name without a dot.</summary>
    public static bool CannotCarryBucket(string host) =>
        IPAddress.TryParse(host, out _) || IsWithin(host, "localhost") || !host.Contains('.', StringComparison.Ordinal);

    public static string HostOf(Uri endpoint) => endpoint.IdnHost.TrimEnd('.').ToLowerInvariant();

    // A domain owns its own name and what ends in ".domain"; "evilamazonaws.com" is neither.
    public static bool IsWithin(string host, string domain) =>
        host.EndsWith(domain, StringComparison.Ordinal)
        && (host.Length == domain.Length || host[host.Length - domain.Length - 1] == '.');
}
