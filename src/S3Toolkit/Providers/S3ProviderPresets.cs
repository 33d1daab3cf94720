using S3Toolkit.Providers;

namespace S3Toolkit;

/// <summary>One call that points the options at a provider: endpoint, region and profile.</summary>
/// <remarks>Each sets all three, so that the last call wins as a whole, and returns the options.</remarks>
public static class S3ProviderPresets
{
    /// <param name="options">The options to set.</param>
    extension(S3ToolkitOptions options)
    {
        /// <summary>Amazon S3 in a region.</summary>
        /// <param name="region">Such as <c>eu-west-1</c>, or null for the region chain (environment, profile, EC2).</param>
        /// <returns>The same options.</returns>
        /// <exception cref="ArgumentException">Thrown when <paramref name="region"/> is no region's name.</exception>
        public S3ToolkitOptions UseAws(string? region = null) =>
            Set(options, null, region is null ? null : PresetArguments.Label(region), S3ProviderProfiles.Aws);

        /// <summary>MinIO, or AIStor.</summary>
        /// <param name="endpoint">The server's address, such as <c>http://localhost:9000</c>.</param>
        /// <param name="region">The region that the server is configured for.</param>
        /// <returns>The same options.</returns>
        /// <exception cref="ArgumentException">Thrown when <paramref name="endpoint"/> is no http or https address.</exception>
        public S3ToolkitOptions UseMinio(string endpoint, string region = "us-east-1") =>
            Set(options, PresetArguments.Endpoint(endpoint), PresetArguments.Label(region), S3ProviderProfiles.MinIO);

        /// <summary>Ceph Object Gateway.</summary>
        /// <param name="endpoint">The gateway's address, such as <c>https://rgw.example.org</c>.</param>
        /// <param name="region">The zonegroup's api name, where it has one.</param>
        /// <returns>The same options.</returns>
        /// <exception cref="ArgumentException">Thrown when <paramref name="endpoint"/> is no http or https address.</exception>
        public S3ToolkitOptions UseCeph(string endpoint, string region = "us-east-1") =>
            Set(options, PresetArguments.Endpoint(endpoint), PresetArguments.Label(region), S3ProviderProfiles.Ceph);

        /// <summary>Cloudflare R2.</summary>
        /// <param name="accountId">The account's id: 32 hexadecimal digits, from the R2 page of the dashboard.</param>
        /// <param name="jurisdiction">The jurisdiction of the buckets, <c>eu</c> or <c>fedramp</c>; null for the others.</param>
        /// <returns>The same options.</returns>
        /// <exception cref="ArgumentException">Thrown when an argument cannot be part of R2's host name.</exception>
        public S3ToolkitOptions UseCloudflareR2(string accountId, string? jurisdiction = null)
        {
            string account = PresetArguments.Label(accountId);
            string place = jurisdiction is null ? "" : "." + PresetArguments.Label(jurisdiction);
            return Set(options, new Uri($"https://{account}{place}.r2.cloudflarestorage.com"), "auto", S3ProviderProfiles.CloudflareR2);
        }

        /// <summary>Backblaze B2.</summary>
        /// <param name="region">The bucket's region, such as <c>us-west-004</c>.</param>
        /// <returns>The same options.</returns>
        /// <exception cref="ArgumentException">Thrown when <paramref name="region"/> is no region's name.</exception>
        public S3ToolkitOptions UseBackblazeB2(string region)
        {
            string name = PresetArguments.Label(region);
            return Set(options, new Uri($"https://s3.{name}.backblazeb2.com"), name, S3ProviderProfiles.BackblazeB2);
        }

        /// <summary>Google Cloud Storage, with HMAC keys.</summary>
        /// <returns>The same options.</returns>
        public S3ToolkitOptions UseGoogleCloudStorage() =>
            Set(options, new Uri("https://storage.googleapis.com"), "auto", S3ProviderProfiles.GoogleCloudStorage);

        /// <summary>Wasabi.</summary>
        /// <param name="region">The bucket's region, such as <c>eu-central-1</c>.</param>
        /// <returns>The same options.</returns>
        /// <exception cref="ArgumentException">Thrown when <paramref name="region"/> is no region's name.</exception>
        public S3ToolkitOptions UseWasabi(string region)
        {
            string name = PresetArguments.Label(region);
            return Set(options, new Uri($"https://s3.{name}.wasabisys.com"), name, S3ProviderProfiles.Wasabi);
        }

        /// <summary>DigitalOcean Spaces.</summary>
        /// <param name="region">The datacenter, such as <c>nyc3</c>.</param>
        /// <returns>The same options.</returns>
        /// <exception cref="ArgumentException">Thrown when <paramref name="region"/> is no datacenter's name.</exception>
        public S3ToolkitOptions UseDigitalOceanSpaces(string region)
        {
            var endpoint = new Uri($"https://{PresetArguments.Label(region)}.digitaloceanspaces.com");
            return Set(options, endpoint, S3ProviderProfiles.DigitalOceanSpaces.SigningRegion, S3ProviderProfiles.DigitalOceanSpaces);
        }

        /// <summary>Any other store that speaks S3.</summary>
        /// <param name="endpoint">The server's address.</param>
        /// <param name="region">The region that the server is configured for.</param>
        /// <returns>The same options.</returns>
        /// <exception cref="ArgumentException">Thrown when <paramref name="endpoint"/> is no http or https address.</exception>
        public S3ToolkitOptions UseGeneric(string endpoint, string region = "us-east-1") =>
            Set(options, PresetArguments.Endpoint(endpoint), PresetArguments.Label(region), S3ProviderProfiles.Generic);
    }

    private static S3ToolkitOptions Set(S3ToolkitOptions options, Uri? endpoint, string? region, S3ProviderProfile provider)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Endpoint = endpoint;
        options.Region = region;
        options.Provider = provider;
        return options;
    }
}
