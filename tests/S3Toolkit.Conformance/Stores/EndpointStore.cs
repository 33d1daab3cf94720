using Microsoft.Extensions.DependencyInjection;

namespace S3Toolkit.Conformance;

/// <summary>
/// Any endpoint that the environment names: <c>S3TOOLKIT_TEST_ENDPOINT</c>, <c>_ACCESS_KEY</c>, <c>_SECRET_KEY</c>, and optionally
/// <c>_REGION</c> and <c>_PROVIDER</c> (a name of <see cref="S3ProviderProfiles"/>; told from the host otherwise).
/// </summary>
internal sealed class EndpointStore : IStoreUnderTest
{
    private const string Prefix = "S3TOOLKIT_TEST_";

    private readonly ServiceProvider _services;

    private EndpointStore(Uri endpoint)
    {
        var provider = Variable("PROVIDER") is { } name
            ? S3ProviderProfiles.Find(name) ?? throw new InvalidOperationException($"{Prefix}PROVIDER is '{name}', which is no provider.")
            : null;
        _services = new ServiceCollection()
            .AddS3Toolkit(options =>
            {
                options.Endpoint = endpoint;
                options.AccessKeyId = Variable("ACCESS_KEY");
                options.SecretAccessKey = Variable("SECRET_KEY");
                options.Region = Variable("REGION");
                options.Provider = provider;
            })
            .Services.BuildServiceProvider();
        Buckets = _services.GetRequiredService<IBucketStore>();
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        Capabilities = new StoreCapabilities
        {
            ConditionalWrites = provider?.SupportsConditionalWrites ?? true,
            Versioning = provider?.SupportsListVersions ?? true,
        };
    }

    public IBucketStore Buckets { get; }

    public HttpClient Http { get; }

    public StoreCapabilities Capabilities { get; }

    public static Task<IStoreUnderTest> FromEnvironmentAsync()
    {
        if (Variable("ENDPOINT") is null)
            Assert.Ignore($"No endpoint is named: set {Prefix}ENDPOINT, _ACCESS_KEY, _SECRET_KEY and _REGION to run the suite against it.");
        return Task.FromResult<IStoreUnderTest>(new EndpointStore(new Uri(Variable("ENDPOINT")!)));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _services.DisposeAsync();
    }

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(Prefix + name) is { Length: > 0 } value ? value : null;
}
