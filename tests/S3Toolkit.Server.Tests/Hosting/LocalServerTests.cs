using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Hosting;

/// <summary>What the arguments of samples/LocalServer do, in a process of its own.</summary>
public sealed class LocalServerTests
{
    [Test]
    public async Task Start_WithTls_WritesTheCertificateThatItIsTrustedBy()
    {
        using TemporaryFolder folder = new();
        string certificate = Path.Combine(folder.Path, "server.pem");

        await using LocalServerProcess server = await LocalServerProcess.StartAsync(
            Path.Combine(folder.Path, "data"), null, "--tls", "--tls-certificate-file", certificate);
        using AmazonS3Client client = server.CreateClient(new PemFactory(certificate));
        await client.PutBucketAsync("over-tls");

        Assert.That(server.Endpoint, Does.StartWith("https://"));
        Assert.That((await client.ListBucketsAsync()).Buckets.Single().BucketName, Is.EqualTo("over-tls"));
        using AmazonS3Client stranger = server.CreateClient();
        await Assert.ThatAsync(() => stranger.ListBucketsAsync(), Throws.Exception, "nobody else trusts it");
    }

    [Test]
    public async Task Start_WithCertificateFileButNoTls_IsRefused()
    {
        (int exitCode, string errors) = await LocalServerProcess.RunRefusedAsync("--tls-certificate-file", "server.pem");

        Assert.That((exitCode, errors.Contains("--tls", StringComparison.Ordinal)), Is.EqualTo((2, true)), errors);
    }

    [Test]
    public async Task Start_WithSeed_HasABucketForEachFolder()
    {
        using TemporaryFolder folder = new();
        string seed = Path.Combine(folder.Path, "seed");
        Directory.CreateDirectory(Path.Combine(seed, "first-bucket", "deep"));
        Directory.CreateDirectory(Path.Combine(seed, "second-bucket"));
        await File.WriteAllTextAsync(Path.Combine(seed, "first-bucket", "deep", "a.txt"), "hello");

        await using LocalServerProcess server = await LocalServerProcess.StartAsync(
            Path.Combine(folder.Path, "data"), null, "--seed", seed);
        using AmazonS3Client client = server.CreateClient();
        using GetObjectResponse found = await client.GetObjectAsync("first-bucket", "deep/a.txt");
        using StreamReader reader = new(found.ResponseStream);

        Assert.That((await reader.ReadToEndAsync(), found.Headers.ContentType), Is.EqualTo(("hello", "text/plain")));
        Assert.That((await client.ListBucketsAsync()).Buckets.Select(bucket => bucket.BucketName),
            Is.SubsetOf(new[] { "first-bucket", "second-bucket" }).And.Not.Empty);
    }

    [Test]
    public async Task Start_WithSeedThatIsNoFolder_IsRefused()
    {
        (int exitCode, string errors) = await LocalServerProcess.RunRefusedAsync("--seed", "/no/such/folder");

        Assert.That((exitCode, errors.Contains("/no/such/folder", StringComparison.Ordinal)), Is.EqualTo((2, true)), errors);
    }

    [Test]
    public async Task Start_WithSeedWhoseFolderIsNoBucketName_IsRefused()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(Path.Combine(folder.Path, "Not_A_Bucket"));

        (int exitCode, string errors) = await LocalServerProcess.RunRefusedAsync("--seed", folder.Path);

        Assert.That((exitCode, errors.Contains("Not_A_Bucket", StringComparison.Ordinal)), Is.EqualTo((1, true)), errors);
    }

    /// <summary>Trusts the certificate in a file and no other, as AWS_CA_BUNDLE makes other clients do.</summary>
    private sealed class PemFactory(string path) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig)
        {
            X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificateFromFile(path));
            SslClientAuthenticationOptions tls = new() { CertificateChainPolicy = policy };
            return new HttpClient(new SocketsHttpHandler { SslOptions = tls });
        }

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;
    }
}
