using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Tests.Support;

/// <summary>
/// A server and the real SDK, over a socket, without one, and with its data on disk: what holds for one must hold for all.
/// </summary>
[TestFixture(ServerMode.Socket)]
[TestFixture(ServerMode.InMemory)]
[TestFixture(ServerMode.OnDisk)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public abstract class ServerFixture(ServerMode mode)
{
    protected const string Bucket = "test-bucket";

    protected S3Server Server { get; private set; } = null!;

    protected AmazonS3Client Client { get; private set; } = null!;

    protected ServerMode Mode => mode;

    private TemporaryFolder? _data;

    [SetUp]
    public async Task StartServer()
    {
        S3ServerOptions options = new();
        if (mode == ServerMode.OnDisk) options.DataDirectory = (_data = new TemporaryFolder()).Path;
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
        _data?.Dispose();
    }

    protected virtual void Configure(S3ServerOptions options)
    {
    }

    protected AmazonS3Client CreateClient(string? secret = null, Action<AmazonS3Config>? configure = null) =>
        CreateClient(new BasicAWSCredentials(Server.AccessKeyId, secret ?? Server.SecretAccessKey), configure);

    protected AmazonS3Client CreateClient(AWSCredentials credentials, Action<AmazonS3Config>? configure = null)
    {
        AmazonS3Config config = new()
        {
            ServiceURL = Server.Endpoint.AbsoluteUri,
            ForcePathStyle = true,
            AuthenticationRegion = Server.Region,
            MaxErrorRetry = 0,
            MaxStaleConnectionRetries = 0, // else the SDK replays a PUT after a reset, and says nothing
            HttpClientFactory = mode != ServerMode.Socket ? new SdkHttpClientFactory(Server) : null,
        };
        configure?.Invoke(config);
        return new AmazonS3Client(credentials, config);
    }

    protected HttpClient CreateHttpClient() =>
        mode == ServerMode.Socket ? new HttpClient() : new HttpClient(Server.CreateHandler());

    /// <summary>Sends a signed request that the SDK would not: whatever its headers, query and body hold.</summary>
    protected Task<(int Status, string Body)> SendAsync(
        HttpMethod method, string path, string query = "", string body = "", params (string Name, string Value)[] headers) =>
        SendAsAsync((Server.AccessKeyId, Server.SecretAccessKey), method, path, query, body, headers);

    /// <summary>Sends a request that somebody else signs, or nobody (null).</summary>
    protected async Task<(int Status, string Body)> SendAsAsync(
        (string AccessKeyId, string SecretAccessKey)? signer, HttpMethod method, string path, string query = "", string body = "",
        params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = Request(signer, method, path, TimeProvider.System.GetUtcNow(), query, body, headers);
        using HttpClient http = CreateHttpClient();
        using HttpResponseMessage response = await http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>A request that was signed at a time of the test's choice.</summary>
    protected HttpRequestMessage SignedAt(
        HttpMethod method, string path, DateTimeOffset time, string query = "", string body = "",
        params (string Name, string Value)[] headers) =>
        Request((Server.AccessKeyId, Server.SecretAccessKey), method, path, time, query, body, headers);

    private HttpRequestMessage Request(
        (string AccessKeyId, string SecretAccessKey)? signer, HttpMethod method, string path, DateTimeOffset time, string query,
        string body,
        (string Name, string Value)[] headers)
    {
        byte[] content = Encoding.UTF8.GetBytes(body);
        string hash = Convert.ToHexStringLower(SHA256.HashData(content));
        HeaderField[] signed =
        [
            new("host", Server.Endpoint.Authority), new("x-amz-content-sha256", hash), new("x-amz-date", SigningTime.Format(time)),
            .. headers.Select(header => new HeaderField(header.Name, header.Value)),
        ];
        HttpRequestMessage request = new(method, new Uri(Server.Endpoint, path + (query.Length > 0 ? "?" + query : "")));
        if (content.Length > 0) request.Content = new ByteArrayContent(content);
        foreach (HeaderField header in signed) request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        if (signer is not { } key) return request;
        RequestSigner requestSigner = new(
            new SigningCredential(key.AccessKeyId, key.SecretAccessKey), Server.Region, new SigningKeyCache());
        string authorization = requestSigner.SignHeaders(method.Method, path, query, [.. signed], hash, time);
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return request;
    }

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
