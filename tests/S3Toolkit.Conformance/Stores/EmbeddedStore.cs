using Microsoft.Extensions.DependencyInjection;
using S3Toolkit.Server;

namespace S3Toolkit.Conformance;

/// <summary>The embedded server, over a socket or without one.</summary>
internal sealed class EmbeddedStore : IStoreUnderTest
{
    private readonly S3Server _server;
    private readonly ServiceProvider _services;

    private EmbeddedStore(S3Server server, bool overSocket, S3TransportMode transport)
    {
        _server = server;
        var builder = new ServiceCollection().AddS3Toolkit();
        if (overSocket) builder.UseEmbeddedServer(server);
        else builder.Configure(options => WithoutSocket(options, server));
        builder.Configure(options => options.Transport = transport);
        _services = builder.Services.BuildServiceProvider();
        Buckets = _services.GetRequiredService<IBucketStore>();
        Http = new HttpClient(overSocket ? new SocketsHttpHandler { AllowAutoRedirect = false } : server.CreateHandler());
        Capabilities = new StoreCapabilities
        {
            AllRegions = true,
            UnfoldedKeys = true,
            AnyKmsKey = true,
            // The SDK sends no customer keys over plain http, whatever the address.
            CustomerKeys = !overSocket || transport == S3TransportMode.Auto,
            ReadChecksums = !overSocket || transport == S3TransportMode.Auto,
        };
    }

    public IBucketStore Buckets { get; }

    public HttpClient Http { get; }

    public StoreCapabilities Capabilities { get; }

    public static async Task<IStoreUnderTest> OverSocketAsync() =>
        new EmbeddedStore(await S3Server.StartAsync(Options()), overSocket: true, S3TransportMode.Auto);

    public static async Task<IStoreUnderTest> OverSocketBySdkAsync() =>
        new EmbeddedStore(await S3Server.StartAsync(Options()), overSocket: true, S3TransportMode.Sdk);

    public static Task<IStoreUnderTest> WithoutSocketAsync() =>
        Task.FromResult<IStoreUnderTest>(new EmbeddedStore(S3Server.CreateInMemory(Options()), overSocket: false, S3TransportMode.Auto));

    public static Task<IStoreUnderTest> WithoutSocketBySdkAsync() =>
        Task.FromResult<IStoreUnderTest>(new EmbeddedStore(S3Server.CreateInMemory(Options()), overSocket: false, S3TransportMode.Sdk));

    private static S3ServerOptions Options() => new() { KmsKeys = { new S3KmsKey(EncryptionBehaviours.KmsKeyId) } };

    // What the other one is not: https, which lets the SDK send customer keys, and all that Amazon's profile sends and checks.
    private static void WithoutSocket(S3ToolkitOptions options, S3Server server)
    {
        options.Endpoint = new Uri("https://localhost");
        options.AccessKeyId = server.AccessKeyId;
        options.SecretAccessKey = server.SecretAccessKey;
        options.HttpMessageHandlerFactory = server.CreateHandler;
        options.Provider = S3ProviderProfiles.Aws;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _services.DisposeAsync();
        await _server.DisposeAsync();
    }
}
