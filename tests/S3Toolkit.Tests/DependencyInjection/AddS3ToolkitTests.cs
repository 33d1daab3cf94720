using Amazon;
using Amazon.Extensions.NETCore.Setup;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Moq;
using S3Toolkit.Server;

namespace S3Toolkit.Tests.DependencyInjection;

/// <summary>Each form of registration, up to a request that arrives where it should.</summary>
[TestFixture]
public sealed class AddS3ToolkitTests
{
    private S3Server _server = null!;

    [OneTimeSetUp]
    public async Task StartServer() => _server = await S3Server.StartAsync();

    [OneTimeTearDown]
    public async Task StopServer() => await _server.DisposeAsync();

    [Test]
    public async Task Action_OnABareCollection_Connects()
    {
        await using var provider = Provide(services => services.AddS3Toolkit(ToServer));

        Assert.That(await provider.GetRequiredService<IBucketStore>().ExistsAsync("no-such-bucket"), Is.False);
    }

    [Test]
    public async Task NoArgument_SectionInTheConfiguration_IsRead()
    {
        await using var provider = Provide(services => services.AddS3Toolkit(), Section("S3Toolkit"));

        Assert.That(await provider.GetRequiredService<IBucketStore>().ExistsAsync("no-such-bucket"), Is.False);
    }

    [Test]
    public async Task Section_OfTheUsersChoice_IsRead()
    {
        var configuration = Configuration(Section("Storage:Photos"));
        await using var provider = Provide(services => services.AddS3Toolkit(configuration.GetSection("Storage:Photos")));

        Assert.That(await provider.GetRequiredService<IBucketStore>().ExistsAsync("no-such-bucket"), Is.False);
    }

    [Test]
    public async Task Named_SeveralStores_AreKeyedAndSeparate()
    {
        await using var other = await S3Server.StartAsync();
        await using var provider = Provide(
            services =>
            {
                services.AddS3Toolkit("archive", options => To(other, options));
                services.AddS3Toolkit("photos");
                services.AddS3Toolkit(ToServer);
            },
            Section("S3Toolkit:Stores:photos"));

        await provider.GetRequiredKeyedService<IBucketStore>("archive").CreateAsync("only-in-archive");

        Assert.That(await provider.GetRequiredKeyedService<IBucketStore>("archive").ExistsAsync("only-in-archive"), Is.True);
        Assert.That(await provider.GetRequiredKeyedService<IBucketStore>("photos").ExistsAsync("only-in-archive"), Is.False);
        Assert.That(await provider.GetRequiredService<IBucketStore>().ExistsAsync("only-in-archive"), Is.False);
    }

    [Test]
    public void Named_SectionOfAnotherName_IsATypingErrorAndNotTheDefault()
    {
        using var provider = Provide(services => services.AddS3Toolkit("archive"), Section("S3Toolkit:Stores:archiv"));

        Assert.That(
            () => provider.GetRequiredKeyedService<IBucketStore>("archive"),
            Throws.InvalidOperationException.With.Message.Contains("S3Toolkit:Stores:archiv'").And.Message.Contains("archive"));
    }

    [Test]
    public async Task CodeAfterConfiguration_Wins()
    {
        var values = Section("S3Toolkit");
        values["S3Toolkit:Region"] = "eu-north-1";
        await using var provider = Provide(services => services.AddS3Toolkit(options => options.Region = "eu-south-1"), values);

        var options = provider.GetRequiredService<IOptionsMonitor<S3ToolkitOptions>>().CurrentValue;

        Assert.That(options.Region, Is.EqualTo("eu-south-1"));
        Assert.That(options.Endpoint, Is.EqualTo(_server.Endpoint));
    }

    [Test]
    public void Host_WrongOptions_DoesNotStart()
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddS3Toolkit(options => options.Resilience.MaxAttempts = 0);
        using var host = builder.Build();

        Assert.That(
            async () => await host.StartAsync(),
            Throws.TypeOf<OptionsValidationException>().With.Message.Contains("Resilience.MaxAttempts is 0"));
    }

    [Test]
    public void FirstUse_WrongOptionsWithoutAHost_SaysWhich()
    {
        using var provider = Provide(services => services.AddS3Toolkit(options => options.AccessKeyId = "AK"));

        Assert.That(
            provider.GetRequiredService<IBucketStore>,
            Throws.TypeOf<OptionsValidationException>().With.Message.Contains("SecretAccessKey"));
    }

    [Test]
    public async Task ClientInTheContainer_IsUsedAsItIsAndNotDisposed()
    {
        var client = new Mock<IAmazonS3>(MockBehavior.Loose);
        client.Setup(c => c.DeleteObjectAsync(It.IsAny<DeleteObjectRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new DeleteObjectResponse());
        await using (var provider = Provide(services => services.AddSingleton(client.Object).AddS3Toolkit()))
        {
            var store = provider.GetRequiredService<IBucketStore>();
            await store.Bucket("bucket").DeleteAsync("key");
            Assert.That(store.TryGetClient(out var used), Is.True);
            Assert.That(used, Is.SameAs(client.Object));
        }

        client.Verify(c => c.DeleteObjectAsync(
            It.Is<DeleteObjectRequest>(r => r.BucketName == "bucket" && r.Key == "key"), It.IsAny<CancellationToken>()));
        // The container disposes what it made; an instance given to it belongs to whoever made it.
        client.Verify(c => c.Dispose(), Times.Never);
    }

    [Test]
    public async Task ClientInTheContainerThatRetries_OursAreOff()
    {
        var config = new AmazonS3Config { MaxErrorRetry = 2 };
        var client = new Mock<IAmazonS3>();
        client.Setup(c => c.Config).Returns(config);
        client.Setup(c => c.DeleteObjectAsync(It.IsAny<DeleteObjectRequest>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(
                new AmazonS3Exception("broken", ErrorType.Receiver, "InternalError", "R1", System.Net.HttpStatusCode.InternalServerError));
        await using var provider = Provide(services => services.AddSingleton(client.Object).AddS3Toolkit());

        Assert.That(
            () => provider.GetRequiredService<IBucketStore>().Bucket("bucket").DeleteAsync("key"),
            Throws.TypeOf<S3ToolkitException>().With.Property(nameof(S3ToolkitException.Attempts)).EqualTo(1));
        client.Verify(c => c.DeleteObjectAsync(It.IsAny<DeleteObjectRequest>(), It.IsAny<CancellationToken>()), Times.Once);
    }

    [Test]
    public async Task ClientInTheContainer_OfAProviderWithoutConditionalWrites_IsKnownByItsEndpoint()
    {
        var client = new Mock<IAmazonS3>();
        client.Setup(c => c.Config).Returns(new AmazonS3Config { ServiceURL = "https://storage.googleapis.com", MaxErrorRetry = 0 });
        await using var provider = Provide(services => services.AddSingleton(client.Object).AddS3Toolkit());
        var bucket = provider.GetRequiredService<IBucketStore>().Bucket("bucket");

        Assert.That(
            () => bucket.Upload("key").OnlyIfAbsent().FromTextAsync("x"),
            Throws.TypeOf<NotSupportedException>().With.Message.Contains("google"));
        client.Verify(c => c.PutObjectAsync(It.IsAny<PutObjectRequest>(), It.IsAny<CancellationToken>()), Times.Never);
    }

    [Test]
    public async Task ClientInTheContainer_OptionsNameAnEndpoint_OptionsWin()
    {
        var client = new Mock<IAmazonS3>(MockBehavior.Strict);
        await using var provider = Provide(services => services.AddSingleton(client.Object).AddS3Toolkit(ToServer));

        Assert.That(await provider.GetRequiredService<IBucketStore>().ExistsAsync("no-such-bucket"), Is.False);
    }

    [Test]
    public async Task AwsOptions_Registered_GiveEndpointRegionAndCredentials()
    {
        var aws = new AWSOptions
        {
            Region = RegionEndpoint.EUWest1,
            Credentials = new BasicAWSCredentials(_server.AccessKeyId, _server.SecretAccessKey),
        };
        aws.DefaultClientConfig.ServiceURL = _server.Endpoint.AbsoluteUri;
        await using var provider = Provide(services => services.AddDefaultAWSOptions(aws).AddS3Toolkit());
        var store = provider.GetRequiredService<IBucketStore>();

        Assert.That(await store.ExistsAsync("no-such-bucket"), Is.False);
        Assert.That(store.TryGetClient(out var client), Is.True);
        Assert.That(client!.Config.AuthenticationRegion, Is.EqualTo("eu-west-1"));
    }

    [Test]
    public async Task AwsSection_WithAProfile_IsHonoured()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(
            file, $"[work]\naws_access_key_id = {_server.AccessKeyId}\naws_secret_access_key = {_server.SecretAccessKey}\n");
        try
        {
            await using var provider = Provide(services => services.AddS3Toolkit(), new Dictionary<string, string?>
            {
                ["AWS:Profile"] = "work",
                ["AWS:ProfilesLocation"] = file,
                ["AWS:Region"] = "eu-west-1",
                ["AWS:ServiceURL"] = _server.Endpoint.AbsoluteUri,
            });

            Assert.That(await provider.GetRequiredService<IBucketStore>().ExistsAsync("no-such-bucket"), Is.False);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Test]
    public async Task OurClient_BothRetryLoopsOfTheSdk_AreOff()
    {
        await using var provider = Provide(services => services.AddS3Toolkit(ToServer));
        var store = provider.GetRequiredService<IBucketStore>();
        await store.ExistsAsync("no-such-bucket");

        Assert.That(store.TryGetClient(out var client), Is.True);
        Assert.That(client!.Config.MaxErrorRetry, Is.Zero);
        Assert.That(client.Config.MaxStaleConnectionRetries, Is.Zero);
    }

    [Test]
    public async Task CustomizeSdkRequest_OfACall_SeesItsRequest()
    {
        await using var provider = Provide(services => services.AddS3Toolkit(ToServer));
        var store = provider.GetRequiredService<IBucketStore>();
        await store.EnsureAsync("customized");

        await store.Bucket("customized").PutAsync("key", ObjectContent.FromText("x"), new PutObjectOptions().CustomizeSdkRequest(
            request => ((PutObjectRequest)request).Metadata["added"] = "by hand"));

        var found = await store.Bucket("customized").FindAsync("key");
        Assert.That(found!.Metadata["added"], Is.EqualTo("by hand"));
    }

    [Test]
    public async Task TwoRegistrations_OfTheDefaultStore_AreOneStore()
    {
        await using var provider = Provide(services =>
        {
            services.AddS3Toolkit();
            services.AddS3Toolkit(ToServer);
        });

        Assert.That(provider.GetServices<IBucketStore>().ToList(), Has.Count.EqualTo(1));
        Assert.That(await provider.GetRequiredService<IBucketStore>().ExistsAsync("no-such-bucket"), Is.False);
    }

    [Test]
    public async Task Disposed_Store_SaysSo()
    {
        var provider = Provide(services => services.AddS3Toolkit(ToServer));
        var store = provider.GetRequiredService<IBucketStore>();
        await provider.DisposeAsync();

        Assert.That(() => store.ExistsAsync("bucket"), Throws.InstanceOf<ObjectDisposedException>());
    }

    private void ToServer(S3ToolkitOptions options) => To(_server, options);

    private static void To(S3Server server, S3ToolkitOptions options)
    {
        options.Endpoint = server.Endpoint;
        options.AccessKeyId = server.AccessKeyId;
        options.SecretAccessKey = server.SecretAccessKey;
    }

    private Dictionary<string, string?> Section(string path) => new()
    {
        [path + ":Endpoint"] = _server.Endpoint.AbsoluteUri,
        [path + ":AccessKeyId"] = _server.AccessKeyId,
        [path + ":SecretAccessKey"] = _server.SecretAccessKey,
    };

    private static IConfiguration Configuration(Dictionary<string, string?> values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values).Build();

    private static ServiceProvider Provide(Action<IServiceCollection> register, Dictionary<string, string?>? configuration = null)
    {
        var services = new ServiceCollection();
        if (configuration is not null) services.AddSingleton(Configuration(configuration));
        register(services);
        return services.BuildServiceProvider();
    }
}
