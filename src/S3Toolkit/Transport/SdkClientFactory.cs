using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using S3Toolkit.Providers;

namespace S3Toolkit.Transport;

/// <summary>Makes the SDK's clients from settings that are complete: nothing is looked up here.</summary>
internal static class SdkClientFactory
{
    public static S3Wire Create(ClientSettings settings, HttpMessageHandler handler)
    {
        var http = new SharedHttpClientFactory(handler);
        var clients = Clients(settings, settings.Endpoint, http);
        // What is only presigned never meets the network, but names the endpoint that the outside uses.
        var presigner = settings.PublicEndpoint is { } outside && outside != settings.Endpoint
            ? new SdkPresigner(Clients(settings, outside, http), outside, settings.Credentials)
            : new SdkPresigner(clients, settings.Endpoint, settings.Credentials);
        return new S3Wire(new SdkTransport(clients, settings.Profile), clients, presigner);
    }

    /// <summary>Uses a client that is not ours, as it is.</summary>
    public static S3Wire Wrap(IAmazonS3 client, S3ProviderProfile profile)
    {
        var clients = new RegionalClients(client, createForRegion: null, owned: null);
        var endpoint = client.Config?.ServiceURL is { Length: > 0 } url && Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri : null;
        return new S3Wire(new SdkTransport(clients, profile), clients, new SdkPresigner(clients, endpoint, credentials: null));
    }

    internal static ToolkitS3Config Configure(ClientSettings settings, Uri? endpoint, string region, HttpClientFactory http)
    {
        var config = new ToolkitS3Config
        {
            HttpClientFactory = http,
            ForcePathStyle = PathStyleRule.UsesPathStyle(settings.AddressingStyle, settings.Profile, endpoint, bucketName: null),
            // Both of the SDK's retry loops are off: the pipeline above owns retries. The second one replays requests after a reset.
            MaxErrorRetry = 0,
            MaxStaleConnectionRetries = 0,
            ThrottleRetries = false,
            // The attempt watches for inactivity; a wall clock would cut large bodies.
            Timeout = Timeout.InfiniteTimeSpan,
            RequestChecksumCalculation = settings.Profile.RequestChecksums == S3ChecksumMode.WhenSupported
                ? RequestChecksumCalculation.WHEN_SUPPORTED
                : RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = settings.Profile.ResponseChecksums == S3ChecksumMode.WhenSupported
                ? ResponseChecksumValidation.WHEN_SUPPORTED
                : ResponseChecksumValidation.WHEN_REQUIRED,
            DeleteManyNeedsContentMd5 = settings.Profile.DeleteManyNeedsContentMd5,
        };
        if (endpoint is null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }
        else
        {
            // In this order: setting one of ServiceURL and RegionEndpoint unsets the other.
            config.ServiceURL = endpoint.AbsoluteUri;
            config.AuthenticationRegion = region;
        }

        return config;
    }

    private static RegionalClients Clients(ClientSettings settings, Uri? endpoint, SharedHttpClientFactory http)
    {
        var first = Create(settings.Region);
        return new RegionalClients(first, Create, owned: http);

        IAmazonS3 Create(string region) => new ToolkitS3Client(settings.Credentials, Configure(settings, endpoint, region, http));
    }
}
