using System.Collections.Frozen;
using System.Text;
using S3Toolkit.Server.Operations.Catalog;
using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Authentication.Version2;

/// <summary>What version 2 signs: method, three headers by their place, all x-amz- headers by name, and the resource.</summary>
internal static class StringToSignV2
{
    private const string HeaderPrefix = "x-amz-";

    /// <summary>The parameters that are part of the resource. Those that are younger than version 2 are not signed.</summary>
    private static readonly FrozenSet<string> Subresources = FrozenSet.ToFrozenSet(
    [
        "accelerate", "acl", "analytics", "cors", "defaultObjectAcl", "delete", "inventory", "lifecycle", "location", "logging", "metrics",
        "notification", "object-lock", "partNumber", "policy", "replication", "requestPayment", "response-cache-control",
        "response-content-disposition", "response-content-encoding", "response-content-language", "response-content-type",
        "response-expires", "restore", "select", "select-type", "storageClass", "tagging", "torrent", "uploadId", "uploads", "versionId",
        "versioning", "versions", "website",
    ]);

    /// <summary>
    /// A parameter that makes the request another operation and is not signed, so that whoever has the URL could add it; null when there is
    /// none. The second version of the listing is the same operation to permissions, and tells no more than the first.
    /// </summary>
    public static string? UnsignedSubresource(S3QueryCollection query)
    {
        foreach ((string name, _) in query)
        {
            if (OperationCatalog.Subresources.Contains(name) && !Subresources.Contains(name) && name != "list-type") return name;
        }
        return null;
    }

    /// <param name="request">The request.</param>
    /// <param name="hostBucket">The bucket that its host names; null when the path does.</param>
    /// <param name="expires">The Expires of a presigned query, which stands for the date; null for the header's form.</param>
    /// <param name="endsBucket">Whether a path that is a bucket and no more gets a slash at its end.</param>
    public static string Of(S3HttpRequest request, string? hostBucket, string? expires, bool endsBucket = false)
    {
        StringBuilder text = new(256);
        text.Append(request.Method).Append('\n');
        text.Append(request.Headers["content-md5"]).Append('\n');
        text.Append(request.Headers["content-type"]).Append('\n');
        // x-amz-date takes the place of Date and is signed among its like.
        bool hasOwnDate = request.Headers.Contains("x-amz-date");
        text.Append(expires ?? (hasOwnDate ? "" : request.Headers["date"])).Append('\n');
        AppendHeaders(text, request.Headers);
        AppendResource(text, request, hostBucket, endsBucket && IsBareBucket(request, hostBucket));
        return text.ToString();
    }

    /// <summary>"/bucket": some clients sign it as they send it, others with the slash that the bucket's own host would have.</summary>
    public static bool IsBareBucket(S3HttpRequest request, string? hostBucket) =>
        hostBucket is null && request.RawPath.Length > 1 && request.RawPath.LastIndexOf('/') == 0;

    private static void AppendHeaders(StringBuilder text, S3HeaderCollection headers)
    {
        SortedDictionary<string, string> sorted = new(StringComparer.Ordinal);
        foreach ((string name, string value) in headers)
        {
            if (!name.StartsWith(HeaderPrefix, StringComparison.OrdinalIgnoreCase)) continue;
            string lower = name.ToLowerInvariant();
            sorted[lower] = sorted.TryGetValue(lower, out string? before) ? before + "," + value.Trim() : value.Trim();
        }
        foreach ((string name, string value) in sorted) text.Append(name).Append(':').Append(value).Append('\n');
    }

    private static void AppendResource(StringBuilder text, S3HttpRequest request, string? hostBucket, bool withSlash)
    {
        if (hostBucket is not null) text.Append('/').Append(hostBucket);
        text.Append(request.RawPath); // as sent: version 2 decodes nothing of it
        if (withSlash) text.Append('/');
        List<string> signed = [];
        foreach ((string name, string value) in request.Query)
        {
            if (Subresources.Contains(name)) signed.Add(value.Length == 0 ? name : name + "=" + value);
        }
        signed.Sort(StringComparer.Ordinal);
        for (int i = 0; i < signed.Count; i++) text.Append(i == 0 ? '?' : '&').Append(signed[i]);
    }
}
