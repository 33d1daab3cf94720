using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.DependencyInjection;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Hosting;

public sealed class TlsTests
{
    private const string Bucket = "test-bucket";

    private S3Server _server = null!;
    private AmazonS3Client _client = null!;

    [OneTimeSetUp]
    public async Task StartServer()
    {
        _server = await S3Server.StartAsync(new S3ServerOptions { UseTls = true });
        _client = CreateClient(_server);
        await _client.PutBucketAsync(Bucket);
    }

    [OneTimeTearDown]
    public async Task StopServer()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task Put_BySdk_SendsAnUnsignedPayloadWithATrailer()
    {
        PutObjectRequest request = new()
        {
            BucketName = Bucket, Key = "k", InputStream = new MemoryStream(new byte[100_000]), DisablePayloadSigning = true,
        };

        await _client.PutObjectAsync(request);

        using GetObjectResponse response = await _client.GetObjectAsync(Bucket, "k");
        Assert.That(response.ContentLength, Is.EqualTo(100_000));
        Assert.That(response.ChecksumCRC64NVME ?? response.ChecksumCRC32, Is.Not.Empty, "the trailer's checksum was kept");
        Assert.That(_server.Endpoint.Scheme, Is.EqualTo("https"));
        Assert.That(_server.Requests.Of("PutObject", "k").Single().BytesIn, Is.GreaterThan(100_000), "framing and trailer");
    }

    [Test]
    public async Task Put_LargeBody_ComesBackWhole()
    {
        byte[] bytes = RandomNumberGenerator.GetBytes(20_000_000);

        await _client.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = "large", InputStream = new MemoryStream(bytes) });
        using GetObjectResponse response = await _client.GetObjectAsync(Bucket, "large");
        using MemoryStream copy = new();
        await response.ResponseStream.CopyToAsync(copy);

        Assert.That(copy.ToArray().AsSpan().SequenceEqual(bytes), Is.True);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Put_WithACustomersKey_NeedsItToRead(bool overSocket)
    {
        using S3Server? inMemory = overSocket ? null : S3Server.CreateInMemory(new S3ServerOptions { UseTls = true });
        using AmazonS3Client client = CreateClient(inMemory ?? _server);
        await client.PutBucketAsync(Bucket);
        string key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        ServerSideEncryptionCustomerMethod method = ServerSideEncryptionCustomerMethod.AES256;

        await client.PutObjectAsync(new PutObjectRequest
        {
            BucketName = Bucket, Key = "c", ContentBody = "secret", ServerSideEncryptionCustomerMethod = method,
            ServerSideEncryptionCustomerProvidedKey = key,
        });

        using GetObjectResponse response = await client.GetObjectAsync(new GetObjectRequest
        {
            BucketName = Bucket, Key = "c", ServerSideEncryptionCustomerMethod = method, ServerSideEncryptionCustomerProvidedKey = key,
        });
        Assert.That(await new StreamReader(response.ResponseStream).ReadToEndAsync(), Is.EqualTo("secret"));
        Assert.That(async () => await client.GetObjectAsync(Bucket, "c"), Throws.InstanceOf<AmazonS3Exception>());
    }

    [Test]
    public async Task Presigned_OverHttps_Reads()
    {
        await _client.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = "p", ContentBody = "presigned" });
        string url = await _client.GetPreSignedURLAsync(new GetPreSignedUrlRequest
        {
            BucketName = Bucket, Key = "p", Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1),
        });
        using HttpClient http = new(_server.CreateSocketHandler());

        Assert.That(url, Does.StartWith("https://"));
        Assert.That(await http.GetStringAsync(url), Is.EqualTo("presigned"));
    }

    [Test]
    public async Task Library_UseEmbeddedServer_TrustsTheServer()
    {
        ServiceCollection services = new();
        services.AddS3Toolkit().UseEmbeddedServer(options => options.UseTls = true);
        await using ServiceProvider provider = services.BuildServiceProvider();
        IBucketStore store = provider.GetRequiredService<IBucketStore>();

        await store.CreateAsync("library");
        await store.Bucket("library").PutAsync("k", ObjectContent.FromText("over tls"));

        Assert.That(await store.Bucket("library").ReadTextAsync("k"), Is.EqualTo("over tls"));
        Assert.That(provider.GetRequiredService<S3Server>().Endpoint.Scheme, Is.EqualTo("https"));
    }

    [Test]
    public async Task PlainHttp_ToTheTlsPort_IsClosedAndTheServerGoesOn()
    {
        using HttpClient http = new();

        Assert.That(async () => await http.GetAsync($"http://{_server.Endpoint.Authority}/"), Throws.InstanceOf<HttpRequestException>());

        Assert.That((await _client.ListBucketsAsync()).Buckets, Is.Not.Empty);
    }

    [Test]
    public async Task Handler_OfAnotherServer_IsNotTrusted()
    {
        await using S3Server other = await S3Server.StartAsync(new S3ServerOptions { UseTls = true });
        using HttpClient http = new(other.CreateSocketHandler());

        Assert.That(
            async () => await http.GetAsync(_server.Endpoint),
            Throws.InstanceOf<HttpRequestException>().With.Property("HttpRequestError").EqualTo(HttpRequestError.SecureConnectionError));
    }

    [Test]
    public void Certificate_ToTheWorld_IsPublicShortLivedAndForTheLoopback()
    {
        using X509Certificate2 certificate = _server.Certificate!;

        Assert.That(certificate.HasPrivateKey, Is.False);
        Assert.That(certificate.NotAfter - certificate.NotBefore, Is.LessThan(TimeSpan.FromDays(100)));
        foreach (string name in new[] { "localhost", "bucket.localhost", "127.0.0.1", "::1" })
            Assert.That(certificate.MatchesHostname(name), Is.True, name);
        Assert.That(certificate.MatchesHostname("example.com"), Is.False);
    }

    /// <summary>What curl --cacert and AWS_CA_BUNDLE do: the certificate is the one root, and the usual checks hold.</summary>
    [Test]
    public async Task Certificate_AsTheOnlyRoot_PassesTheUsualChecks()
    {
        using X509Certificate2 root = _server.Certificate!;
        using TcpClient tcp = new();
        await tcp.ConnectAsync("127.0.0.1", _server.Endpoint.Port);
        await using SslStream tls = new(tcp.GetStream());
        X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(root);

        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = "127.0.0.1", CertificateChainPolicy = policy });
        await tls.WriteAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));

        byte[] answer = new byte[12];
        await tls.ReadExactlyAsync(answer);
        Assert.That(Encoding.ASCII.GetString(answer), Is.EqualTo("HTTP/1.1 403"));
    }

    [Test]
    public async Task ResetAfterCommit_OverTls_IsAnIoErrorAndWrites()
    {
        using S3FaultHandle fault = _server.Faults.Add(
            new S3FaultRule { Key = "reset", MaxRequests = 1, Fault = S3Fault.ResetAfterCommit() });

        Assert.That(
            async () => await _client.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = "reset", ContentBody = "x" }),
            Throws.InstanceOf<HttpRequestException>().Or.InstanceOf<IOException>());

        Assert.That((await _client.GetObjectMetadataAsync(Bucket, "reset")).ContentLength, Is.EqualTo(1));
    }

    [Test]
    public async Task Dispose_WithAnOpenConnection_DoesNotWaitForIt()
    {
        S3Server server = await S3Server.StartAsync(new S3ServerOptions { UseTls = true, ShutdownTimeout = TimeSpan.FromSeconds(30) });
        using HttpClient http = new(server.CreateSocketHandler());
        await http.GetAsync(server.Endpoint);

        Task stopped = server.DisposeAsync().AsTask();

        Assert.That(await Task.WhenAny(stopped, Task.Delay(TimeSpan.FromSeconds(20))), Is.SameAs(stopped));
    }

    [Test]
    public async Task Certificate_WithoutTls_IsNull()
    {
        await using S3Server plain = await S3Server.StartAsync();

        Assert.That(plain.Certificate, Is.Null);
    }

    private static AmazonS3Client CreateClient(S3Server server) => new(
        new BasicAWSCredentials(server.AccessKeyId, server.SecretAccessKey), new AmazonS3Config
        {
            ServiceURL = server.Endpoint.AbsoluteUri, ForcePathStyle = true, AuthenticationRegion = "us-east-1", MaxErrorRetry = 0,
            MaxStaleConnectionRetries = 0,
            HttpClientFactory = server.HasSocket ? new TrustingHttpClientFactory(server) : new SdkHttpClientFactory(server),
        });
}
