namespace S3Toolkit.Server.Authentication;

/// <summary>The part of Content-Encoding that belongs to the wire.</summary>
internal static class AwsChunkedEncoding
{
    /// <summary>The Content-Encoding to store: without <c>aws-chunked</c>; null when nothing else is left.</summary>
    public static string? Strip(string? contentEncoding)
    {
        if (contentEncoding is null || !contentEncoding.Contains("aws-chunked", StringComparison.OrdinalIgnoreCase)) return contentEncoding;

        string[] kept = [.. contentEncoding.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(coding => !coding.Equals("aws-chunked", StringComparison.OrdinalIgnoreCase))];
        return kept.Length == 0 ? null : string.Join(',', kept);
    }
}
