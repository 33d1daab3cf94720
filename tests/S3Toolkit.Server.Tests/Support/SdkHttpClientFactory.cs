using Amazon.Runtime;

namespace S3Toolkit.Server.Tests.Support;

/// <summary>Lets the SDK send through the server's handler.</summary>
public sealed class SdkHttpClientFactory(S3Server server) : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) =>
        new(server.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
}
