using System.Net;
using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Website;

/// <summary>Which bucket's site a request is for, and which key of it.</summary>
/// <param name="BucketName">"" = none was named.</param>
/// <param name="Key">Decoded.</param>
/// <param name="Root">What stands before the key: "/", or "/bucket/".</param>
internal readonly record struct WebsiteTarget(string BucketName, string Key, string Root)
{
    private const string ServiceLabel = ".s3-website";

    /// <summary>A bucket in the path, and no more.</summary>
    public bool IsRootWithoutSlash { get; private init; }

    /// <summary>
    /// By the host: <c>bucket.s3-website-region...</c>, <c>bucket.s3-website.region...</c>, and <c>bucket.domain</c> of a base domain. A
    /// host that is an address, a base domain or without a dot names none: the bucket is then the first part of the path. Any other host
    /// is the bucket's own name, as a site's domain is on AWS.
    /// </summary>
    /// <exception cref="S3ErrorException">InvalidURI: the path does not decode to UTF-8.</exception>
    public static WebsiteTarget Parse(string? host, string rawPath, IReadOnlyList<string> baseDomains)
    {
        string bucketName = BucketOf(HostName(host ?? ""), baseDomains);
        if (bucketName.Length > 0) return new(bucketName, Decode(rawPath, rawPath.AsSpan(1)), "/");
        int slash = rawPath.IndexOf('/', 1);
        ReadOnlySpan<char> first = slash < 0 ? rawPath.AsSpan(1) : rawPath.AsSpan(1, slash - 1);
        string name = Decode(rawPath, first);
        string key = slash < 0 ? "" : Decode(rawPath, rawPath.AsSpan(slash + 1));
        return new(name, key, $"/{name}/") { IsRootWithoutSlash = slash < 0 };
    }

    private static string HostName(string host)
    {
        if (host.StartsWith('[')) return "";
        int colon = host.LastIndexOf(':');
        return (colon < 0 ? host : host[..colon]).ToLowerInvariant();
    }

    private static string BucketOf(string name, IReadOnlyList<string> baseDomains)
    {
        if (!name.Contains('.') || IPAddress.TryParse(name, out _)) return "";
        int service = name.IndexOf(ServiceLabel, StringComparison.Ordinal);
        if (service > 0 && service + ServiceLabel.Length < name.Length && name[service + ServiceLabel.Length] is '.' or '-')
            return name[..service];
        if (name.StartsWith(ServiceLabel[1..], StringComparison.Ordinal)) return "";
        string? domain = baseDomains.Where(candidate => name.EndsWith("." + candidate, StringComparison.OrdinalIgnoreCase))
            .MaxBy(candidate => candidate.Length);
        if (domain is not null) return name[..^(domain.Length + 1)];
        return baseDomains.Contains(name, StringComparer.OrdinalIgnoreCase) ? "" : name;
    }

    private static string Decode(string rawPath, ReadOnlySpan<char> text) =>
        PercentEncoding.TryDecode(text, out string? decoded) ? decoded : throw S3Errors.InvalidUri(rawPath).ToException();
}
