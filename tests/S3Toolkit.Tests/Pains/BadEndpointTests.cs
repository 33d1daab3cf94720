using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using S3Toolkit.Server;

namespace S3Toolkit.Tests.Pains;

/// <summary>Bad input: an endpoint, credentials or a clock that are wrong. Each error says what to do, and no secret.</summary>
[TestFixture]
internal sealed class BadEndpointTests
{
    [Test]
    public async Task Endpoint_Down_IsNamedAfterAllAttempts()
    {
        var port = FreePort();
        await using var services = Store(options => options.Endpoint = new Uri($"http://127.0.0.1:{port}"));

        var error = await Assert.CatchAsync<S3ToolkitException>(() => Bucket(services).PutAsync("k", PainContent.Bytes(1)));

        Assert.That(error!.ErrorCode, Is.EqualTo(S3ErrorCode.ConnectionFailed));
        Assert.That(error.IsTransient, Is.True);
        Assert.That(error.Attempts, Is.EqualTo(4));
        Assert.That(error.Message, Does.Contain($"127.0.0.1:{port}").And.Contain("Check the endpoint").And.Contain("s3://pains/k"));
    }

    [Test]
    public async Task Endpoint_WithANameThatDoesNotResolve_IsNamed()
    {
        await using var services = Store(options =>
        {
            options.Endpoint = new Uri("http://no-such-host.invalid");
            options.AddressingStyle = S3AddressingStyle.Always;
        });

        Assert.That(
            async () => await Bucket(services).FindAsync("k"),
            Throws.TypeOf<S3ToolkitException>()
                .With.Property(nameof(S3ToolkitException.ErrorCode)).EqualTo(S3ErrorCode.ConnectionFailed)
                .And.Message.Contains("no-such-host.invalid"));
    }

    [TestCase(200)]
    [TestCase(404)]
    [TestCase(403)]
    public async Task Endpoint_ThatAnswersHtml_IsNoS3(int status)
    {
        await using var pain = await EmbeddedPain.StartAsync();
        using var rule = pain.Server.Faults.Add(new S3FaultRule { Fault = S3Fault.Html(status) });

        Assert.That(async () => await pain.Bucket.ListAsync().ToListAsync(), NotS3());
        Assert.That(async () => await pain.Bucket.CopyAsync("a", "b"), NotS3());
        Assert.That(async () => await pain.Bucket.FindAsync("a"), NotS3());
        Assert.That(async () => await pain.Buckets.ListAsync().ToListAsync(), NotS3());
        Assert.That(async () => await pain.Bucket.StartMultipartAsync("m"), NotS3());
        Assert.That(async () => await pain.Buckets.GetVersioningAsync(EmbeddedPain.BucketName), NotS3());
    }

    // A load balancer in front of servers that are down: the next attempt may meet one that is up.
    [TestCase(502)]
    [TestCase(503)]
    [TestCase(504)]
    public async Task Gateway_ThatAnswersHtmlForAWhile_IsTriedAgain(int status)
    {
        await using var pain = await EmbeddedPain.StartAsync();
        using var rule = pain.Server.Faults.Add(
            new S3FaultRule { Operation = "ListObjectsV2", Fault = S3Fault.Html(status), MaxRequests = 2 });

        Assert.That(await pain.Bucket.ListAsync().ToListAsync(), Is.Empty);
        Assert.That(pain.Server.Requests.Of("ListObjectsV2"), Has.Count.EqualTo(3));
    }

    // An HTML page stored under the name of an object would be the worst of all answers.
    [Test]
    public async Task Endpoint_ThatAnswersHtmlToAGet_LeavesNoFile()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        using var folder = new PainFolder();
        using var rule = pain.Server.Faults.Add(new S3FaultRule { Fault = S3Fault.Html(502) });

        Assert.That(async () => await pain.Bucket.Download("k").ToFileAsync(folder.PathOf("out")), Throws.InstanceOf<S3ToolkitException>());
        Assert.That(folder.Names(), Is.Empty);
    }

    [Test]
    public async Task Secret_Wrong_IsSaidAndNotShown()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        const string Secret = "WrongSecretThatMustNotShow";
        await using var services = pain.Other(options => options.SecretAccessKey = Secret);

        var error = await Assert.CatchAsync<S3AccessDeniedException>(() => Bucket(services).PutAsync("k", PainContent.Bytes(1)));

        Assert.That(error!.ErrorCode, Is.EqualTo(S3ErrorCode.SignatureDoesNotMatch));
        Assert.That(error.Attempts, Is.EqualTo(1));
        Assert.That(error.Message, Does.Contain("secret key").And.Contain("s3://pains/k"));
        Assert.That(error.ToString(), Does.Not.Contain(Secret).And.Not.Contain(pain.Server.SecretAccessKey).And.Not.Contain("Signature="));
    }

    [Test]
    public async Task AccessKey_Unknown_IsSaid()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        await using var services = pain.Other(options => options.AccessKeyId = "AKIAUNKNOWNUNKNOWN00");

        Assert.That(
            async () => await Bucket(services).PutAsync("k", PainContent.Bytes(1)),
            Throws.TypeOf<S3AccessDeniedException>().With.Property(nameof(S3ToolkitException.ErrorCode)).EqualTo(
                S3ErrorCode.InvalidAccessKeyId));
    }

    // A HEAD has no body to say why in; it is still "forbidden", and not "missing".
    [Test]
    public async Task Secret_WrongForAHead_IsForbiddenNotMissing()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        await using var services = pain.Other(options => options.SecretAccessKey = "wrong");

        Assert.That(async () => await Bucket(services).ExistsAsync("k"), Throws.TypeOf<S3AccessDeniedException>());
        Assert.That(
            async () => await services.GetRequiredService<IBucketStore>().ExistsAsync(EmbeddedPain.BucketName),
            Throws.TypeOf<S3AccessDeniedException>());
    }

    [Test]
    public async Task Permission_Denied_NamesTheObject()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        using var rule = pain.Strike("GetObject", S3Fault.Error(403, "AccessDenied"));

        Assert.That(
            async () => await pain.Bucket.ReadBytesAsync("secret.txt"),
            Throws.TypeOf<S3AccessDeniedException>().With.Message.Contains("s3://pains/secret.txt").And.Message.Contains("permission"));
    }

    // Once more with the learned offset, and not three times.
    [Test]
    public async Task Clock_Skewed_IsTriedOnceMoreAndSaid()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        using var rule = pain.Strike("PutObject", S3Fault.Error(403, "RequestTimeTooSkewed"));

        var error = await Assert.CatchAsync<S3ToolkitException>(() => pain.Bucket.PutAsync("k", PainContent.Bytes(1)));

        Assert.That(error!.ErrorCode, Is.EqualTo(S3ErrorCode.RequestTimeTooSkewed));
        Assert.That(error.Message, Does.Contain("clock"));
        Assert.That(pain.Count("PutObject"), Is.EqualTo(2));
    }

    [Test]
    public async Task Clock_SkewedOnce_Succeeds()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        using var rule = pain.Strike("PutObject", S3Fault.Error(403, "RequestTimeTooSkewed"), times: 1);

        await pain.Bucket.PutAsync("k", PainContent.Bytes(1));

        Assert.That(pain.Count("PutObject"), Is.EqualTo(2));
    }

    private static NUnit.Framework.Constraints.IResolveConstraint NotS3() => Throws.TypeOf<S3ToolkitException>()
        .With.Property(nameof(S3ToolkitException.ErrorCode)).EqualTo(S3ErrorCode.NotAnS3Endpoint)
        .And.Message.Contains("endpoint");

    private static IObjectStore Bucket(ServiceProvider services) => services.GetRequiredService<IBucketStore>().Bucket(
        EmbeddedPain.BucketName);

    private static ServiceProvider Store(Action<S3ToolkitOptions> configure) => new ServiceCollection()
        .AddS3Toolkit(options =>
        {
            options.AccessKeyId = "AKIAEXAMPLE";
            options.SecretAccessKey = "secret";
            options.Resilience.RetryDelay = TimeSpan.FromMilliseconds(1);
            configure(options);
        })
        .Services.BuildServiceProvider();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
