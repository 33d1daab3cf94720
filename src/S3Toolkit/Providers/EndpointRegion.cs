namespace S3Toolkit.Providers;

/// <summary>Reads the region that an endpoint's host name carries.</summary>
internal static class EndpointRegion
{
    /// <summary>The region, or null when the host carries none or belongs to no provider that puts it there.</summary>
    public static string? Find(Uri? endpoint)
    {
        if (endpoint is null) return null;

        string host = ProviderHosts.HostOf(endpoint);
        S3ProviderProfile? owner = ProviderHosts.Find(host);
        return owner == S3ProviderProfiles.Aws ? AfterService(host, "amazonaws")
            : owner == S3ProviderProfiles.BackblazeB2 ? AfterService(host, "backblazeb2")
            : owner == S3ProviderProfiles.Wasabi ? AfterService(host, "wasabisys")
            : null;
    }

    // "s3.eu-west-1.amazonaws.com", "bucket.s3.dualstack.eu-west-1...", "s3-fips.us-gov-west-1...", the old "s3-eu-west-1...".
    private static string? AfterService(string host, string domainLabel)
    {
        string[] labels = host.Split('.');
        int domain = Array.LastIndexOf(labels, domainLabel);
        for (int i = domain - 1; i >= 0; i--)
        {
            if (labels[i] is "s3" or "s3-fips" or "s3-accesspoint" or "s3-accesspoint-fips")
            {
                int next = labels[i + 1] == "dualstack" ? i + 2 : i + 1;
                return next < domain ? labels[next] : "us-east-1";
            }

            if (labels[i].StartsWith("s3-", StringComparison.Ordinal) && char.IsAsciiDigit(labels[i][^1])) return labels[i][3..];
        }

        return null;
    }
}
