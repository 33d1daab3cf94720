namespace S3Toolkit.Providers;

/// <summary>Reads the region that an endpoint's host name carries.</summary>
internal static class EndpointRegion
{
    /// <summary>The region, or null when the host carries none or belongs to no provider that puts it there.</summary>
    public static string? Find(Uri? endpoint)
    {
        if (endpoint is null) return null;

        string host = ProviderHosts.HostOf(endpoint);
        if (ProviderHosts.IsWithin(host, "amazonaws.com") || ProviderHosts.IsWithin(host, "amazonaws.com.cn")) return AfterService(host, "amazonaws");
        if (ProviderHosts.IsWithin(host, "amazonaws.eu")) return AfterService(host, "amazonaws");
        if (ProviderHosts.IsWithin(host, "backblazeb2.com")) return AfterService(host, "backblazeb2");
        if (ProviderHosts.IsWithin(host, "wasabisys.com")) return AfterService(host, "wasabisys");
        return null;
    }

    // "s3.eu-west-1.amazonaws.com", "bucket.s3.dualstack.eu-west-1...", "s3-fips.us-gov-west-1...", the old "s3-eu-west-1...".
    private static string? AfterService(string host, string domainLabel)
    {
        string[] labels = host.Split('.');
        int domain = Array.LastIndexOf(labels, domainLabel);
        for (int i = domain - 1; i >= 0; i--)
        {
            if (labels[i] == "s3" || labels[i] is "s3-fips" or "s3-accesspoint" or "s3-accesspoint-fips")
            {
                int next = labels[i + 1] == "dualstack" ? i + 2 : i + 1;
                return next < domain ? labels[next] : "us-east-1";
            }

            if (labels[i].StartsWith("s3-", StringComparison.Ordinal) && char.IsAsciiDigit(labels[i][^1])) return labels[i][3..];
        }

        return null;
    }
}
