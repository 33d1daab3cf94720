using Microsoft.Extensions.DependencyInjection;
using S3Toolkit.Server;

namespace S3Toolkit.Tests.Pains;

/// <summary>An embedded server, and a store that is registered as a user would; with waits before retries that do not show.</summary>
internal sealed class EmbeddedPain : IAsyncDisposable
{
    public const string BucketName = "pains";

    private readonly ServiceProvider _services;

    private EmbeddedPain(S3Server server, Action<S3ToolkitOptions>? configure, TimeProvider? time)
    {
        Server = server;
        var services = new ServiceCollection();
        if (time is not null) services.AddSingleton(time);
        services.AddS3Toolkit(options =>
        {
            options.Endpoint = server.Endpoint;
            options.AccessKeyId = server.AccessKeyId;
            options.SecretAccessKey = server.SecretAccessKey;
            options.HttpMessageHandlerFactory = () => Wire = new WireHandler(new SocketsHttpHandler());
            options.Resilience.RetryDelay = TimeSpan.FromMilliseconds(1);
            options.Resilience.ThrottleDelay = TimeSpan.FromMilliseconds(1);
            options.Transfers.PartSizeBytes = TransferOptions.MinPartSizeBytes;
            options.Transfers.MultipartThresholdBytes = TransferOptions.MinPartSizeBytes;
            configure?.Invoke(options);
        });
        _services = services.BuildServiceProvider();
        Buckets = _services.GetRequiredService<IBucketStore>();
        Bucket = Buckets.Bucket(BucketName);
    }

    public S3Server Server { get; }

    /// <summary>What the store sends; null until its first call, or when the test replaced the handler.</summary>
    public WireHandler? Wire { get; private set; }

    public IBucketStore Buckets { get; }

    public IObjectStore Bucket { get; }

    /// <summary>Starts both and creates the bucket; the server's log and the wire's begin after that.</summary>
    public static async Task<EmbeddedPain> StartAsync(
        Action<S3ToolkitOptions>? configure = null, TimeProvider? time = null, Action<S3ServerOptions>? configureServer = null)
    {
        var serverOptions = new S3ServerOptions();
        configureServer?.Invoke(serverOptions);
        var server = await S3Server.StartAsync(serverOptions);
        var pain = new EmbeddedPain(server, configure, time);
        await pain.Buckets.CreateAsync(BucketName);
        pain.ForgetRequests();
        return pain;
    }

    public void ForgetRequests()
    {
        Server.Requests.Clear();
        Wire?.Clear();
    }

    /// <summary>How many requests of an operation the server saw.</summary>
    public int Count(string operation) => Server.Requests.Of(operation).Count;

    /// <summary>Adds a fault for an operation, for so many of its requests; null for all.</summary>
    public S3FaultHandle Strike(string operation, S3Fault fault, int? times = null) =>
        Server.Faults.Add(new S3FaultRule { Operation = operation, Fault = fault, MaxRequests = times });

    /// <summary>Another store on the same server.</summary>
    public ServiceProvider Other(Action<S3ToolkitOptions> configure) => new ServiceCollection()
        .AddS3Toolkit(options =>
        {
            options.Endpoint = Server.Endpoint;
            options.AccessKeyId = Server.AccessKeyId;
            options.SecretAccessKey = Server.SecretAccessKey;
            configure(options);
        })
        .Services.BuildServiceProvider();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Server.DisposeAsync();
    }
}
