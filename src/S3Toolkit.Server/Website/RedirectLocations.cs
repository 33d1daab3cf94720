using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Website;

/// <summary>The Location of a redirect: what a rule leaves open stays as the browser asked.</summary>
internal static class RedirectLocations
{
    public static string Of(WebsiteRedirectRecord redirect, WebsiteRequest request, string prefix = "", bool keepsQuery = false)
    {
        string key = redirect switch
        {
            { ReplaceKeyWith: { } whole } => whole,
            { ReplaceKeyPrefixWith: { } start } => start + request.Key[prefix.Length..],
            _ => request.Key,
        };
        // Another host knows nothing of a bucket before the key.
        string root = redirect.HostName is null ? request.Root : "/";
        string location = $"{redirect.Protocol ?? request.Protocol}://{redirect.HostName ?? request.Host}{root}{Encode(key)}";
        return keepsQuery && request.Query.Length > 0 ? $"{location}?{request.Query}" : location;
    }

    /// <summary>A key of the same site, as a path.</summary>
    public static string Path(WebsiteRequest request, string key) => request.Root + Encode(key);

    private static string Encode(string key) => Uri.EscapeDataString(key).Replace("%2F", "/", StringComparison.Ordinal);
}
