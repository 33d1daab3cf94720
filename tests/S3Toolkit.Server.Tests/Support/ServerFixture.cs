using System.Text;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace S3Toolkit.Server.Tests.Support;

/// <summary>A server and the real SDK, over a socket and without one: what holds for one must hold for the other.</summary>
[TestFixture(ServerMode.Socket)]
[TestFixture(ServerMode.InMemory)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public abstract class ServerFixture(ServerMode mode)
{
    protected const string Bucket = "test-bucket";

    protected S3Server Server { get; private set; } = null!;

    protected AmazonS3Client Client { get; private set; } = null!;

    protected ServerMode Mode => mode;

    [SetUp]
    public async Task StartServer()
    {
        S3ServerOptions options = new();
        Configure(options);
        Server = mode == ServerMode.Socket ? await S3Server.StartAsync(options) : S3Server.CreateInMemory(options);
        Client = CreateClient();
        await Client.PutBucketAsync(Bucket);
    }

    [TearDown]
    public async Task StopServer()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }

    protected virtual void Configure(S3ServerOptions options)
    {
    }

    protected AmazonS3Client CreateClient(string? secret = null, Action<AmazonS3Config>? configure = null)
    {
        AmazonS3Config config = new()
        {
            ServiceURL = Server.Endpoint.AbsoluteUri,
            ForcePathStyle = true,
            AuthenticationRegion = Server.Region,
            MaxErrorRetry = 0,
            MaxStaleConnectionRetries = 0, // else the SDK replays a PUT after a reset, and says nothing
            HttpClientFactory = mode == ServerMode.InMemory ? new SdkHttpClientFactory(Server) : null,
        };
        configure?.Invoke(config);
        return new AmazonS3Client(new BasicAWSCredentials(Server.AccessKeyId, secret ?? Server.SecretAccessKey), config);
    }

    protected HttpClient CreateHttpClient() =>
        mode == ServerMode.Socket ? new HttpClient() : new HttpClient(Server.CreateHandler());

    protected Task<PutObjectResponse> PutAsync(string key, string content, Action<PutObjectRequest>? configure = null)
    {
        PutObjectRequest request = new() { BucketName = Bucket, Key = key, ContentBody = content, ContentType = "text/plain" };
        configure?.Invoke(request);
        return Client.PutObjectAsync(request);
    }

    protected async Task<string> ReadAsync(string key, Action<GetObjectRequest>? configure = null)
    {
        GetObjectRequest request = new() { BucketName = Bucket, Key = key };
        configure?.Invoke(request);
        using GetObjectResponse response = await Client.GetObjectAsync(request);
        using StreamReader reader = new(response.ResponseStream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    /// <summary>Runs a call that must fail, and gives its error.</summary>
    protected static async Task<AmazonS3Exception> ErrorOf(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (AmazonS3Exception exception)
        {
            return exception;
        }
        throw new AssertionException("The call was expected to fail with an S3 error, but it succeeded.");
    }

    protected Task EnableVersioningAsync(string status = "Enabled") => Client.PutBucketVersioningAsync(new PutBucketVersioningRequest
    {
        BucketName = Bucket,
        VersioningConfig = new S3BucketVersioningConfig { Status = status },
    });

    protected static byte[] Bytes(int length, int seed = 1)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
