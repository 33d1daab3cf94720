using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using S3Toolkit.Server;

namespace S3Toolkit.Tests.Pains;

/// <summary>Pains 32, 33 and 34: where requests go, what presigned ones name, and several stores side by side.</summary>
[TestFixture]
internal sealed class EndpointTests
{
    // Pain 32: setting one of region and endpoint unset the other.
    [Test]
    public async Task RegionAndEndpoint_Together_AreBothUsed()
    {
        await using var pain = await EmbeddedPain.StartAsync(options => options.Region = "eu-central-1");

        await pain.Bucket.PutAsync("k", PainContent.Bytes(1));

        var put = pain.Wire!.Requests[^1];
        Assert.That(put.Uri.Authority, Is.EqualTo(pain.Server.Endpoint.Authority));
        Assert.That(put.Header("Authorization"), Does.Contain("/eu-central-1/s3/aws4_request"));
        Assert.That((await pain.Buckets.FindAsync(EmbeddedPain.BucketName))!.Region, Is.EqualTo("eu-central-1"));
    }

    // Pain 32: path style forgotten, and "bucket.localhost" cannot be resolved.
    [TestCase("http://127.0.0.1:9000", "http://127.0.0.1:9000/photos/k")]
    [TestCase("http://localhost:9000", "http://localhost:9000/photos/k")]
    [TestCase("http://minio:9000", "http://minio:9000/photos/k")]
    [TestCase("http://[::1]:9000", "http://[::1]:9000/photos/k")]
    [TestCase("https://s3.eu-west-1.amazonaws.com", "https://photos.s3.eu-west-1.amazonaws.com/k")]
    public async Task Addressing_LeftAlone_SuitsTheHost(string endpoint, string expected)
    {
        await using var services = Store(options => options.Endpoint = new Uri(endpoint));

        Assert.That((await PresignAsync(services)).GetLeftPart(UriPartial.Path), Is.EqualTo(expected));
    }

    [Test]
    public async Task Addressing_OnAws_IsTheBucketsHostInItsRegion()
    {
        await using var services = Store(options => options.UseAws("ap-south-1"));

        Assert.That(
            (await PresignAsync(services)).GetLeftPart(UriPartial.Path),
            Is.EqualTo("https://photos.s3.ap-south-1.amazonaws.com/k"));
    }

    [Test]
    public void Options_ThatCannotWork_AreNamedWithTheirValue()
    {
        using var services = Store(options => options.Endpoint = new Uri("ftp://files.example.com"));

        Assert.That(
            () => services.GetRequiredService<IBucketStore>(),
            Throws.InstanceOf<OptionsValidationException>().With.Message.Contains("Endpoint").And.Message.Contains("ftp://"));
    }

    // Pain 33: the SDK's default is https whatever the endpoint.
    [TestCase("http://127.0.0.1:9000")]
    [TestCase("https://minio.example.com:9443")]
    public async Task Presigned_HasSchemeHostAndPortOfTheEndpoint(string endpoint)
    {
        await using var services = Store(options => options.UseMinio(endpoint));

        Assert.That((await PresignAsync(services)).GetLeftPart(UriPartial.Authority), Is.EqualTo(endpoint));
    }

    [Test]
    public async Task Presigned_WithAPublicEndpoint_NamesThatAndWorksThere()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        await pain.Bucket.PutAsync("k", PainContent.Bytes(10));
        // The same server by another name, as behind a proxy; what the store itself sends goes elsewhere.
        await using var services = pain.Other(options =>
        {
            options.Endpoint = new Uri("http://inside.invalid:1");
            options.PublicEndpoint = new Uri($"http://localhost:{pain.Server.Endpoint.Port}");
        });

        var bucket = services.GetRequiredService<IBucketStore>().Bucket(EmbeddedPain.BucketName);
        var presigned = await bucket.PresignGetAsync("k", TimeSpan.FromMinutes(5));
        var post = await bucket.PresignPostAsync("form");
        using var http = new HttpClient(pain.Server.CreateHandler());

        Assert.That(presigned.Uri.Authority, Is.EqualTo($"localhost:{pain.Server.Endpoint.Port}"));
        Assert.That(presigned.Uri.Scheme, Is.EqualTo("http"));
        Assert.That(post.Uri.Authority, Is.EqualTo($"localhost:{pain.Server.Endpoint.Port}"));
        PainContent.AssertSame(await http.GetByteArrayAsync(presigned.Uri), PainContent.Bytes(10).Span);
    }

    [Test]
    public async Task Presigned_PastItsTime_IsRefused()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        await pain.Bucket.PutAsync("k", PainContent.Bytes(10));
        var presigned = await pain.Bucket.PresignGetAsync("k", TimeSpan.FromMinutes(5));
        using var http = new HttpClient();

        using var before = await http.GetAsync(presigned.Uri);
        pain.Server.Clock.Advance(TimeSpan.FromMinutes(6));
        using var after = await http.GetAsync(presigned.Uri);

        Assert.That((int)before.StatusCode, Is.EqualTo(200));
        Assert.That((int)after.StatusCode, Is.EqualTo(403));
    }

    // Pain 34.
    [Test]
    public async Task Stores_OfSeveralNames_KeepApart()
    {
        await using var first = S3Server.CreateInMemory();
        await using var second = S3Server.CreateInMemory();
        var services = new ServiceCollection();
        services.AddS3Toolkit(options => Use(options, first));
        services.AddS3Toolkit("archive", options => Use(options, second));
        await using var provider = services.BuildServiceProvider();
        var unnamed = provider.GetRequiredService<IBucketStore>();
        var archive = provider.GetRequiredKeyedService<IBucketStore>("archive");

        await unnamed.CreateAsync("one");
        await archive.CreateAsync("two");

        Assert.That(await unnamed.ListAsync().Select(bucket => bucket.Name).ToListAsync(), Is.EqualTo(["one"]));
        Assert.That(await archive.ListAsync().Select(bucket => bucket.Name).ToListAsync(), Is.EqualTo(["two"]));
        Assert.That(provider.GetRequiredKeyedService<IBucketStore>("archive"), Is.SameAs(archive));
        Assert.That(provider.GetKeyedService<IBucketStore>("other"), Is.Null);
    }

    [Test]
    public async Task Stores_FromConfiguration_HaveTheirOwnSections()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["S3Toolkit:Endpoint"] = "http://127.0.0.1:9000",
            ["S3Toolkit:AccessKeyId"] = "AKIADEFAULT",
            ["S3Toolkit:SecretAccessKey"] = "s",
            ["S3Toolkit:Stores:archive:Endpoint"] = "https://archive.example.com",
            ["S3Toolkit:Stores:archive:AccessKeyId"] = "AKIAARCHIVE",
            ["S3Toolkit:Stores:archive:SecretAccessKey"] = "s",
            ["S3Toolkit:Stores:archive:AddressingStyle"] = "Always",
        }).Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration);
        services.AddS3Toolkit();
        services.AddS3Toolkit("archive");
        await using var provider = services.BuildServiceProvider();

        var own = await PresignAsync(provider.GetRequiredService<IBucketStore>());
        var archive = await PresignAsync(provider.GetRequiredKeyedService<IBucketStore>("archive"));

        Assert.That(own.OriginalString, Does.StartWith("http://127.0.0.1:9000/photos/k?").And.Contain("AKIADEFAULT"));
        Assert.That(archive.OriginalString, Does.StartWith("https://archive.example.com/photos/k?").And.Contain("AKIAARCHIVE"));
    }

    private static void Use(S3ToolkitOptions options, S3Server server)
    {
        options.Endpoint = server.Endpoint;
        options.AccessKeyId = server.AccessKeyId;
        options.SecretAccessKey = server.SecretAccessKey;
        options.HttpMessageHandlerFactory = server.CreateHandler;
    }

    private static ServiceProvider Store(Action<S3ToolkitOptions> configure) => new ServiceCollection()
        .AddS3Toolkit(options =>
        {
            options.AccessKeyId = "AKIAEXAMPLE";
            options.SecretAccessKey = "secret";
            configure(options);
        })
        .Services.BuildServiceProvider();

    private static Task<Uri> PresignAsync(ServiceProvider services) => PresignAsync(services.GetRequiredService<IBucketStore>());

    private static async Task<Uri> PresignAsync(IBucketStore store) =>
        (await store.Bucket("photos").PresignGetAsync("k", TimeSpan.FromMinutes(5))).Uri;
}
