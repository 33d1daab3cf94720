namespace S3Toolkit.Providers;

/// <summary>Decides where a bucket's name goes, by what the user chose, the provider, the endpoint and the bucket; pure.</summary>
internal static class PathStyleRule
{
    /// <summary>The rule for a store's options; the endpoint may have been learned at run time.</summary>
    public static bool UsesPathStyle(S3ToolkitOptions options, Uri? endpoint, string? bucketName) =>
        UsesPathStyle(options.AddressingStyle, ProviderChoice.Of(options, endpoint), endpoint, bucketName);

    /// <summary>True for <c>host/bucket</c>, false for <c>bucket.host</c>.</summary>
    /// <param name="chosen">The user's option; anything but Auto wins.</param>
    /// <param name="profile">The provider.</param>
    /// <param name="endpoint">The endpoint, or null for Amazon's own, which is https.</param>
    /// <param name="bucketName">The bucket, or null for a request without one.</param>
    public static bool UsesPathStyle(S3AddressingStyle chosen, S3ProviderProfile profile, Uri? endpoint, string? bucketName)
    {
        if (chosen != S3AddressingStyle.Auto) return chosen == S3AddressingStyle.Always;
        if (profile.PathStyle == S3AddressingStyle.Always) return true;
        if (endpoint is not null && ProviderHosts.CannotCarryBucket(ProviderHosts.HostOf(endpoint))) return true;
        return bucketName is not null && !CanBeHostLabel(bucketName, isHttps: endpoint?.Scheme != Uri.UriSchemeHttp);
    }

    // A wildcard certificate covers one label, so dots break TLS; capitals and underscores (old us-east-1 buckets) are no host names.
    private static bool CanBeHostLabel(string bucketName, bool isHttps)
    {
        if (bucketName.Length is < 3 or > 63) return false;
        foreach (char c in bucketName)
        {
            bool fits = char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-' || (c == '.' && !isHttps);
            if (!fits) return false;
        }

        bool isTrimmed = bucketName[0] is not ('-' or '.') && bucketName[^1] is not ('-' or '.');
        return isTrimmed && !bucketName.Contains("..", StringComparison.Ordinal);
    }
}
