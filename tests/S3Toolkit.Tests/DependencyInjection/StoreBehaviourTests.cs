using Amazon.S3;
using Microsoft.Extensions.DependencyInjection;
using Moq;
using Polly;
using Polly.Retry;
using S3Toolkit.Server;

namespace S3Toolkit.Tests.DependencyInjection;

/// <summary>What a registered store does at its edges: answers that got lost, presigning, disposal, pipelines of the user's.</summary>
[TestFixture]
public sealed class StoreBehaviourTests
{
    private S3Server _server = null!;

    [SetUp]
    public async Task StartServer() => _server = await S3Server.StartAsync();

    [TearDown]
    public async Task StopServer() => await _server.DisposeAsync();

    [Test]
    public async Task Create_AnswerLost_HasCreatedIt()
    {
        await using var provider = Provide();
        using var rule = _server.Faults.Add(
            new S3FaultRule { Operation = "CreateBucket", Fault = S3Fault.ResetAfterCommit(), MaxRequests = 1 });

        var bucket = await provider.GetRequiredService<IBucketStore>().CreateAsync("made-twice", "eu-west-1");

        Assert.That(bucket.Name, Is.EqualTo("made-twice"));
        Assert.That(_server.Requests.Of("CreateBucket"), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Create_OursAlready_SaysSo()
    {
        await using var provider = Provide();
        var store = provider.GetRequiredService<IBucketStore>();
        await store.CreateAsync("made-once", "eu-west-1");

        Assert.That(
            () => store.CreateAsync("made-once", "eu-west-1"),
            Throws.TypeOf<S3ToolkitException>().With.Property("ErrorCode").EqualTo(S3ErrorCode.BucketAlreadyOwnedByYou));
    }

    [Test]
    public async Task Delete_AnswerLost_WasThere()
    {
        await using var provider = Provide();
        var store = provider.GetRequiredService<IBucketStore>();
        await store.CreateAsync("deleted-twice");
        using var rule = _server.Faults.Add(
            new S3FaultRule { Operation = "DeleteBucket", Fault = S3Fault.ResetAfterCommit(), MaxRequests = 1 });

        Assert.That(await store.DeleteAsync("deleted-twice"), Is.True);
        Assert.That(await store.DeleteAsync("deleted-twice"), Is.False);
    }

    [Test]
    public async Task Presign_PublicEndpoint_NamesItAndItsScheme()
    {
        await using var provider = Provide(options => options.PublicEndpoint = new Uri("https://files.example.com"));

        var request = await provider.GetRequiredService<IBucketStore>().Bucket("bucket").PresignGetAsync("a key", TimeSpan.FromMinutes(1));

        Assert.That(request.Uri.Scheme, Is.EqualTo("https"));
        Assert.That(request.Uri.Host, Does.EndWith("files.example.com"));
        Assert.That(_server.Requests, Is.Empty);
    }

    [Test]
    public async Task Presign_AnonymousStore_SaysThatItCannot()
    {
        await using var provider = Provide(options =>
        {
            options.Anonymous = true;
            (options.AccessKeyId, options.SecretAccessKey) = (null, null);
        });

        Assert.That(
            () => provider.GetRequiredService<IBucketStore>().Bucket("bucket").PresignGetAsync("key", TimeSpan.FromMinutes(1)),
            Throws.InvalidOperationException.With.Message.Contains("Anonymous").And.Message.Contains("s3://bucket/key"));
    }

    [Test]
    public async Task Disposed_AfterUse_SaysSo()
    {
        var provider = Provide();
        var store = provider.GetRequiredService<IBucketStore>();
        await store.ExistsAsync("bucket");
        await provider.DisposeAsync();

        Assert.That(() => store.ExistsAsync("bucket"), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void ClientOfTheContainer_IsThereBeforeTheFirstCall()
    {
        var client = Mock.Of<IAmazonS3>();
        using var provider = new ServiceCollection().AddSingleton(client).AddS3Toolkit().Services.BuildServiceProvider();

        Assert.That(provider.GetRequiredService<IBucketStore>().TryGetClient(out var found), Is.True);
        Assert.That(found, Is.SameAs(client));
    }

    [Test]
    public async Task ReplaceResilience_OwnsTheRetriesOfTheRegisteredStore()
    {
        var pipeline = new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<S3ToolkitException>(static error => error.IsTransient),
            MaxRetryAttempts = 6,
            Delay = TimeSpan.Zero,
        }).Build();
        await using var provider = Provide(configure: null, builder => builder.ReplaceResilience(pipeline));
        using var rule = _server.Faults.Add(new S3FaultRule { Fault = S3Fault.Error(500, "InternalError"), MaxRequests = 6 });

        Assert.That(await provider.GetRequiredService<IBucketStore>().ExistsAsync("bucket"), Is.False);
        Assert.That(_server.Requests, Has.Count.EqualTo(7));
    }

    [Test]
    public async Task ConfigureResilience_AddsAroundTheLibrarysOwn()
    {
        await using var provider = Provide(
            options => options.Resilience.MaxAttempts = 2,
            builder => builder.ConfigureResilience(pipeline => pipeline.AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<S3ToolkitException>(),
                MaxRetryAttempts = 1,
                Delay = TimeSpan.Zero,
            })));
        using var rule = _server.Faults.Add(new S3FaultRule { Fault = S3Fault.Error(500, "InternalError"), MaxRequests = 3 });

        Assert.That(await provider.GetRequiredService<IBucketStore>().ExistsAsync("bucket"), Is.False);
        Assert.That(_server.Requests, Has.Count.EqualTo(4));
    }

    private ServiceProvider Provide(Action<S3ToolkitOptions>? configure = null, Action<IS3ToolkitBuilder>? build = null)
    {
        var services = new ServiceCollection();
        var builder = services.AddS3Toolkit(options =>
        {
            (options.Endpoint, options.AccessKeyId, options.SecretAccessKey) =
                (_server.Endpoint, _server.AccessKeyId, _server.SecretAccessKey);
            configure?.Invoke(options);
        });
        build?.Invoke(builder);
        return services.BuildServiceProvider();
    }
}
