using Amazon.Runtime;

namespace S3Toolkit.Transport;

/// <summary>One HTTP client for all of a store's SDK clients, with timeouts of ours only. The store disposes it.</summary>
internal sealed class SharedHttpClientFactory : HttpClientFactory, IDisposable
{
    private readonly HttpClient _client;

    public SharedHttpClientFactory(HttpMessageHandler handler) =>
        // No wall clock over a body: the attempt watches for inactivity instead.
        _client = new HttpClient(new ActivityHandler(handler), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };

    public static HttpMessageHandler CreateHandler(ResilienceOptions options) => new SocketsHttpHandler
    {
        ConnectTimeout = options.ConnectTimeout,
        // S3 closes idle sockets after about 5 s: ours go first, so that a request never meets a socket that is just closing.
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(4),
        // DNS answers of S3 live for seconds; a connection that lives for ever never moves to another address.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        AllowAutoRedirect = false,
        AutomaticDecompression = System.Net.DecompressionMethods.None,
        UseCookies = false,
    };

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => _client;

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    public void Dispose() => _client.Dispose();
}
