using System.Net;

namespace S3Toolkit.Server.Pipeline;

/// <summary>Host and raw path to bucket and key. Nothing is normalised: "a//b", "./a" and "a/../b" are keys like any other.</summary>
internal static class TargetParser
{
    /// <param name="host">The Host header; may carry a port.</param>
    /// <param name="rawPath">The percent-encoded path as sent.</param>
    /// <param name="baseDomains">Domains under which a first label (or several) names a bucket.</param>
    /// <exception cref="S3ErrorException">InvalidURI: the path does not decode to UTF-8.</exception>
    public static S3Target Parse(string? host, string rawPath, IReadOnlyList<string> baseDomains)
    {
        string? hostBucket = BucketOfHost(host ?? "", baseDomains);
        ReadOnlySpan<char> path = rawPath.AsSpan(1);
        if (hostBucket is not null) return new(hostBucket, Decode(path, rawPath), true);
        int slash = path.IndexOf('/');
        return slash < 0
            ? new(Decode(path, rawPath), "", false)
            : new(Decode(path[..slash], rawPath), Decode(path[(slash + 1)..], rawPath), false);
    }

    private static string? BucketOfHost(string host, IReadOnlyList<string> baseDomains)
    {
        ReadOnlySpan<char> name = host;
        if (name.StartsWith('[')) return null;
        int colon = name.LastIndexOf(':');
        if (colon >= 0) name = name[..colon];
        if (name.IndexOf('.') < 0 || name.StartsWith("s3.", StringComparison.OrdinalIgnoreCase)) return null;
        if (IPAddress.TryParse(name, out _)) return null;
        foreach (string domain in baseDomains)
        {
            if (name.Equals(domain, StringComparison.OrdinalIgnoreCase)) return null;
        }
        // The same host may fit several rules: bucket.s3.localhost names "bucket", not "bucket.s3".
        int service = name.IndexOf(".s3.", StringComparison.OrdinalIgnoreCase);
        int own = LengthBeforeDomain(name, baseDomains);
        // The old form of AWS, bucket.s3-region, is none of our own domains': "my.s3-bucket" is a bucket's name.
        if (service < 0 && own < 0) service = name.IndexOf(".s3-", StringComparison.OrdinalIgnoreCase);
        int length = service < 0 ? own : own < 0 ? service : Math.Min(service, own);
        return length > 0 ? name[..length].ToString() : null;
    }

    /// <summary>What the longest domain that fits leaves over; -1 when none fits.</summary>
    private static int LengthBeforeDomain(ReadOnlySpan<char> name, IReadOnlyList<string> baseDomains)
    {
        int shortest = -1;
        foreach (string domain in baseDomains)
        {
            int at = name.Length - domain.Length - 1;
            bool fits = at > 0 && name[at] == '.' && name.EndsWith(domain, StringComparison.OrdinalIgnoreCase);
            if (fits && (shortest < 0 || at < shortest)) shortest = at;
        }
        return shortest;
    }

    private static string Decode(ReadOnlySpan<char> text, string rawPath) =>
        PercentEncoding.TryDecode(text, out string? decoded) ? decoded : throw S3Errors.InvalidUri(rawPath).ToException();
}
