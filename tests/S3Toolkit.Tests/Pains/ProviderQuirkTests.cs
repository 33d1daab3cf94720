using Microsoft.Extensions.DependencyInjection;
using S3Toolkit.Server;

namespace S3Toolkit.Tests.Pains;

/// <summary>Pains 9 and 10: what each kind of provider gets on the wire.</summary>
[TestFixture]
internal sealed class ProviderQuirkTests
{
    private S3Server _server = null!;
    private WireHandler _wire = null!;

    [SetUp]
    public void SetUp()
    {
        _server = S3Server.CreateInMemory();
        _wire = new WireHandler(_server.CreateHandler());
    }

    [TearDown]
    public async Task TearDown()
    {
        _wire.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task R2_PutAndParts_AreUnsignedAndHaveNoTrailers()
    {
        await using var services = Store(options => options.UseCloudflareR2("0123456789abcdef0123456789abcdef"));
        var bucket = await BucketAsync(services);

        await bucket.PutAsync("small", PainContent.Bytes(1000));
        await bucket.PutAsync("large", PainContent.Bytes((2 * PainContent.PartSize) + 100));
        await bucket.Upload("stream").FromStreamAsync(new SourceStream(PainContent.Bytes((2 * PainContent.PartSize) + 100)));
        await bucket.ReadBytesAsync("small");

        var bodies = Puts();
        Assert.That(bodies, Has.Count.GreaterThanOrEqualTo(5), "one object, three parts, and those of the stream");
        foreach (var put in bodies)
        {
            Assert.That(put.Uri.Scheme, Is.EqualTo("https"));
            Assert.That(put.Uri.Host, Is.EqualTo("0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com"));
            Assert.That(put.Header("x-amz-content-sha256"), Is.EqualTo("UNSIGNED-PAYLOAD"));
            AssertPlain(put);
            Assert.That(put.Header("Authorization"), Does.Contain("/auto/s3/"));
        }

        var parts = bodies.Where(put =>
            put.Uri.AbsolutePath == "/quirks/large").Select(put => long.Parse(put.Header("Content-Length")!, null)).ToList();
        Assert.That(parts.Count(length => length == PainContent.PartSize), Is.EqualTo(2), "R2 wants equal parts");
        Assert.That(
            _wire.Requests.Where(request => request.Method == "GET").Select(request => request.Header("x-amz-checksum-mode")),
            Is.All.Null);
    }

    [TestCase("ceph")]
    [TestCase("backblaze-b2")]
    [TestCase("google-cloud-storage")]
    [TestCase("wasabi")]
    [TestCase("digitalocean-spaces")]
    [TestCase("generic")]
    public async Task Provider_WithoutChecksumSupport_GetsNone(string name)
    {
        var provider = S3ProviderProfiles.Find(name)!;
        Assert.That(provider.RequestChecksums, Is.EqualTo(S3ChecksumMode.WhenRequired), "the profile");
        await using var services = Store(options =>
        {
            options.Endpoint = new Uri("https://s3.example.com");
            options.Provider = provider;
            options.AddressingStyle = S3AddressingStyle.Always;
        });
        var bucket = await BucketAsync(services);

        await bucket.PutAsync("small", PainContent.Bytes(1000));
        await bucket.PutAsync("parts", PainContent.Bytes(PainContent.PartSize + 100));
        await bucket.ReadBytesAsync("small");

        Assert.That(Puts(), Has.Count.EqualTo(3));
        foreach (var put in Puts()) AssertNoTrailers(put);
        Assert.That(
            _wire.Requests.Where(request => request.Method == "GET").Select(request => request.Header("x-amz-checksum-mode")),
            Is.All.Null);
    }

    [Test]
    public async Task Aws_PutAndGet_AreProtectedByChecksums()
    {
        await using var services = Store(options => options.UseAws("eu-west-1"));
        var bucket = await BucketAsync(services);

        await bucket.PutAsync("small", PainContent.Bytes(1000));
        await bucket.ReadBytesAsync("small");

        var put = Puts().Single();
        var inHeader = put.Headers.Keys.Any(header => header.StartsWith("x-amz-checksum-", StringComparison.OrdinalIgnoreCase));
        Assert.That(inHeader || put.Header("x-amz-trailer") is not null, Is.True);
        Assert.That(_wire.Requests.Single(request => request.Method == "GET").Header("x-amz-checksum-mode"), Is.EqualTo("ENABLED"));
    }

    [TestCase("minio")]
    [TestCase("ceph")]
    [TestCase("generic")]
    public async Task DeleteMany_WhereMd5IsNeeded_CarriesIt(string name)
    {
        var provider = S3ProviderProfiles.Find(name)!;
        Assert.That(provider.DeleteManyNeedsContentMd5, Is.True, "the profile");
        await using var services = Store(options =>
        {
            options.Endpoint = new Uri("https://s3.example.com");
            options.Provider = provider;
            options.AddressingStyle = S3AddressingStyle.Always;
        });
        var bucket = await BucketAsync(services);
        await bucket.PutAsync("a", PainContent.Bytes(1));

        var results = await bucket.DeleteManyAsync(["a", "b", "c"]).ToListAsync();

        Assert.That(results.Select(result => result.IsSuccess), Is.EqualTo([true, true, true]));
        var delete = _wire.Requests.Single(request => request.Method == "POST" && request.HasQuery("delete"));
        Assert.That(delete.Headers.Keys, Does.Contain("Content-MD5"));
        Assert.That(Convert.FromBase64String(delete.Header("Content-MD5")!), Has.Length.EqualTo(16));
    }

    [Test]
    public async Task DeleteMany_OnAws_CarriesAChecksumOfTheBody()
    {
        await using var services = Store(options => options.UseAws("eu-west-1"));
        var bucket = await BucketAsync(services);

        await bucket.DeleteManyAsync(["a"]).ToListAsync();

        var delete = _wire.Requests.Single(request => request.Method == "POST" && request.HasQuery("delete"));
        Assert.That(delete.Headers.Keys.Any(header => header.StartsWith("x-amz-checksum-", StringComparison.OrdinalIgnoreCase)), Is.True);
    }

    private static void AssertPlain(WireRequest put)
    {
        Assert.That(put.Header("Content-Encoding"), Is.Null);
        Assert.That(put.Header("x-amz-decoded-content-length"), Is.Null);
        Assert.That(put.Header("x-amz-content-sha256"), Does.Not.StartWith("STREAMING-"));
        AssertNoTrailers(put);
    }

    // Signed chunks are as old as SigV4, and every server but R2 knows them; trailers came with the checksums.
    private static void AssertNoTrailers(WireRequest put)
    {
        Assert.That(put.Header("x-amz-trailer"), Is.Null);
        Assert.That(put.Header("x-amz-content-sha256"), Does.Not.EndWith("-TRAILER"));
        Assert.That(put.Headers.Keys.Where(name => name.Contains("checksum", StringComparison.OrdinalIgnoreCase)), Is.Empty);
    }

    private ServiceProvider Store(Action<S3ToolkitOptions> configure) => new ServiceCollection()
        .AddS3Toolkit(options =>
        {
            configure(options);
            options.AccessKeyId = _server.AccessKeyId;
            options.SecretAccessKey = _server.SecretAccessKey;
            options.HttpMessageHandlerFactory = () => _wire;
            options.Transfers.PartSizeBytes = PainContent.PartSize;
            options.Transfers.MultipartThresholdBytes = PainContent.PartSize;
        })
        .Services.BuildServiceProvider();

    private async Task<IObjectStore> BucketAsync(ServiceProvider services)
    {
        var buckets = services.GetRequiredService<IBucketStore>();
        await buckets.CreateAsync("quirks");
        _wire.Clear();
        return buckets.Bucket("quirks");
    }

    private List<WireRequest> Puts() => [.. _wire.Requests.Where(request => request.Method == "PUT")];
}
