using Amazon.Runtime;

namespace S3Toolkit.Server.Tests.Support;

/// <summary>Lets the SDK reach a server over TLS, and no other server.</summary>
public sealed class TrustingHttpClientFactory(S3Server server) : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) =>
        new(server.CreateSocketHandler()) { Timeout = Timeout.InfiniteTimeSpan };

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;
}
