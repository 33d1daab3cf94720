using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using S3Toolkit.Providers;
using S3Toolkit.Transport.Direct;

namespace S3Toolkit.Transport;

/// <summary>Makes the SDK's clients from settings that are complete: nothing is looked up here.</summary>
internal static class SdkClientFactory
{
    public static S3Wire Create(ClientSettings settings, HttpMessageHandler handler)
    {
        var http = new SharedHttpClientFactory(handler);
        var regions = new BucketRegions();
        var clients = Clients(settings, settings.Endpoint, http, regions);
        IS3Transport transport = new SdkTransport(clients, settings.Profile);
        if (settings.Transport == S3TransportMode.Auto) transport = new TransportChoice(Direct(settings, clients, handler), transport);
        if (settings.PublicEndpoint is not { } outside || outside == settings.Endpoint)
            return new S3Wire(transport, clients, new SdkPresigner(clients, settings.Endpoint, settings.Credentials), http);

        // What is only presigned never meets the network, but names the endpoint that the outside uses.
        var presigning = Clients(settings, outside, http, regions);
        return new S3Wire(transport, clients, new SdkPresigner(presigning, outside, settings.Credentials), presigning, http);
    }

    /// <summary>Uses a client that is not ours, as it is.</summary>
    public static S3Wire Wrap(IAmazonS3 client, S3ProviderProfile profile)
    {
        var clients = new RegionalClients(client, createForRegion: null, new BucketRegions());
        var endpoint = EndpointOf(client);
        return new S3Wire(new SdkTransport(clients, profile), clients, new SdkPresigner(clients, endpoint, credentials: null));
    }

    /// <summary>The endpoint of a client; null for AWS.</summary>
    public static Uri? EndpointOf(IAmazonS3 client) =>
        Uri.TryCreate(client.Config?.ServiceURL, UriKind.Absolute, out var endpoint) ? endpoint : null;

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
            // AWS_ENDPOINT_URL and the like were read already, so that presigning and the provider's quirks know them too.
            IgnoreConfiguredEndpointUrls = true,
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
            // The SDK puts its own slash behind the path of an endpoint.
            config.ServiceURL = endpoint.AbsoluteUri.TrimEnd('/');
            config.AuthenticationRegion = region;
        }

        return config;
    }

    private static DirectTransport Direct(ClientSettings settings, RegionalClients clients, HttpMessageHandler handler)
    {
        var endpoints = new DirectEndpoints(clients, settings.AllowUnsignedPayloadOverHttp);
        // A signature is about the world's time, whatever time a test lets the rest of the store live in.
        var signer = new DirectSigner(settings.Credentials, TimeProvider.System);
        // The handler is disposed with the SDK's HTTP client.
        var http = new HttpMessageInvoker(handler, disposeHandler: false);
        return new DirectTransport(new DirectSender(http, endpoints, signer, settings.Profile), settings.Profile);
    }

    private static RegionalClients Clients(ClientSettings settings, Uri? endpoint, SharedHttpClientFactory http, BucketRegions regions)
    {
        return new RegionalClients(Create(settings.Region), Create, regions);

        IAmazonS3 Create(string region) => new ToolkitS3Client(settings.Credentials, Configure(settings, endpoint, region, http));
    }
}
