using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using Amazon.S3.Model;
using S3Toolkit.Server;
using S3Toolkit.Tests.Pains;

namespace S3Toolkit.Tests.Transport.Direct;

/// <summary>The direct transport against a server that fails, with each request and each connection counted.</summary>
[TestFixture]
internal sealed class DirectFaultTests
{
    private static readonly AsyncLocal<bool> IsWatched = new();

    private int _connections;

    [SetUp]
    public void SetUp() => _connections = 0;

    [Test]
    public async Task Put_WhoseAnswerIsLost_IsSentAgain()
    {
        await using var pain = await StartAsync();
        using var rule = pain.Strike("PutObject", S3Fault.ResetAfterCommit(), times: 1);

        await pain.Bucket.PutAsync("k", PainContent.Bytes(100));

        Assert.That(pain.Count("PutObject"), Is.EqualTo(2));
        PainContent.AssertSame(await pain.Bucket.ReadBytesAsync("k"), PainContent.Bytes(100).Span);
    }

    [Test]
    public async Task Get_CutOff_GoesOnWhereItBroke()
    {
        await using var pain = await StartAsync();
        await pain.Bucket.PutAsync("k", PainContent.Bytes(300_000));
        using var rule = pain.Strike("GetObject", S3Fault.TruncateBody(100_000), times: 1);

        PainContent.AssertSame(await pain.Bucket.ReadBytesAsync("k"), PainContent.Bytes(300_000).Span);

        Assert.That(pain.Count("GetObject"), Is.EqualTo(2));
        Assert.That(pain.Wire!.Requests[^1].Header("Range"), Does.StartWith("bytes="));
        Assert.That(pain.Wire.Requests[^1].Header("If-Match"), Is.Not.Null);
    }

    [Test]
    public async Task Get_WithAFlippedByte_IsCorrupted()
    {
        await using var pain = await StartAsync();
        await pain.Bucket.PutAsync("k", PainContent.Bytes(1000));
        using var rule = pain.Strike("GetObject", S3Fault.FlipByte(10));

        Assert.That(async () => await pain.Bucket.ReadBytesAsync("k"), Throws.InstanceOf<ContentCorruptedException>());
    }

    [TestCase("PutObject")]
    [TestCase("HeadObject")]
    [TestCase("GetObject")]
    public async Task Clock_ThatIsOff_CostsOneRequestOnce(string operation)
    {
        await using var pain = await StartAsync();
        await pain.Bucket.PutAsync("k", PainContent.Bytes(10));
        pain.ForgetRequests();
        using var rule = pain.Strike(operation, S3Fault.ClockSkew(TimeSpan.FromMinutes(20)));
        Func<Task> call = operation switch
        {
            "PutObject" => () => pain.Bucket.PutAsync("k", PainContent.Bytes(10)),
            "HeadObject" => () => pain.Bucket.FindAsync("k"),
            _ => () => pain.Bucket.ReadBytesAsync("k"),
        };

        await call();
        await call();

        Assert.That(pain.Count(operation), Is.EqualTo(3));
    }

    [Test]
    public async Task Region_ThatIsWrong_IsFollowedAndRemembered()
    {
        await using var pain = await StartAsync(
            static options => options.Region = "us-east-1", static server => server.StrictRegions = true);
        await pain.Buckets.CreateAsync("abroad", new CreateBucketOptions { Region = "eu-west-1" });
        var bucket = pain.Buckets.Bucket("abroad");
        pain.ForgetRequests();

        await bucket.PutAsync("k", PainContent.Bytes(10));
        var first = pain.Wire!.Requests.Count;
        await bucket.PutAsync("k", PainContent.Bytes(10));

        Assert.That(first, Is.LessThanOrEqualTo(2));
        Assert.That(pain.Wire.Requests, Has.Count.EqualTo(first + 1));
        Assert.That(pain.Wire.Requests[^1].Header("Authorization"), Does.Contain("/eu-west-1/s3/"));
    }

    [Test]
    public async Task TemporaryRedirect_ToTheSameServer_IsFollowed()
    {
        await using var pain = await StartAsync();
        using var rule = pain.Strike("PutObject", S3Fault.TemporaryRedirect(), times: 1);

        await pain.Bucket.PutAsync("a/../b c", PainContent.Bytes(10));

        Assert.That(pain.Count("PutObject"), Is.EqualTo(2));
        PainContent.AssertSame(await pain.Bucket.ReadBytesAsync("a/../b c"), PainContent.Bytes(10).Span);
    }

    [Test]
    public async Task SlowDown_WithAWait_TellsIt()
    {
        await using var pain = await StartAsync(static options => options.Resilience.MaxAttempts = 1);
        using var rule = pain.Strike("GetObject", S3Fault.SlowDown(TimeSpan.FromSeconds(7)));

        var error = await Assert.CatchAsync<S3ToolkitException>(() => pain.Bucket.ReadBytesAsync("k"));

        Assert.That(error!.ErrorCode, Is.EqualTo(S3ErrorCode.SlowDown));
        Assert.That(error.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(7)));
    }

    [Test]
    public async Task Complete_Answered200WithAnError_IsSentAgain()
    {
        await using var pain = await StartAsync();
        using var rule = pain.Strike("CompleteMultipartUpload", S3Fault.OkWithError(), times: 1);

        await pain.Bucket.PutAsync("k", PainContent.Bytes(PainContent.PartSize + 1));

        Assert.That(pain.Count("CompleteMultipartUpload"), Is.EqualTo(2));
        Assert.That(pain.Wire!.Requests[^1].Header("x-amz-checksum-crc64nvme"), Is.Not.Null, "the whole is verified");
    }

    [Test]
    public async Task Calls_OneAfterTheOther_UseOneConnection()
    {
        await using var pain = await StartAsync();

        await pain.Bucket.PutAsync("k", PainContent.Bytes(1000));
        await pain.Bucket.ReadBytesAsync("k");
        await pain.Bucket.FindAsync("missing");
        await Assert.CatchAsync<S3ToolkitException>(() => pain.Bucket.ReadBytesAsync("missing"));
        await pain.Bucket.FindAsync("k", new FindObjectOptions { OnlyIfNoneMatch = (await pain.Bucket.FindAsync("k"))!.ETag });
        await pain.Bucket.CopyAsync("k", "copy");
        await pain.Bucket.ListAsync().ToListAsync();
        await pain.Bucket.DeleteAsync("copy");

        Assert.That(_connections, Is.EqualTo(1));
    }

    [Test]
    public async Task File_WithATrailer_ArrivesAsItIsAndKeepsItsEncoding()
    {
        await using var pain = await StartAsync();
        using var folder = new PainFolder();
        var path = folder.File("f", PainContent.Bytes(2_000_000).Span);

        await pain.Bucket.PutAsync("k", ObjectContent.FromFile(path), new PutObjectOptions { ContentEncoding = "gzip" });

        Assert.That(pain.Wire!.Requests.Any(static sent => sent.Header("x-amz-trailer") is not null), Is.True);
        PainContent.AssertSame(await pain.Bucket.ReadBytesAsync("k"), PainContent.Bytes(2_000_000).Span);
        Assert.That((await pain.Bucket.FindAsync("k"))!.ContentEncoding, Is.EqualTo("gzip"));
    }

    [Test]
    public async Task Anonymous_FileWithATrailer_Arrives()
    {
        await using var pain = await StartAsync();
        Assert.That(pain.Buckets.TryGetClient(out var client), Is.True);
        await client!.DeletePublicAccessBlockAsync(new DeletePublicAccessBlockRequest { BucketName = EmbeddedPain.BucketName });
        await client.PutBucketPolicyAsync(EmbeddedPain.BucketName, """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::pains/*"}]}
            """);
        await using var services = pain.Other(static options =>
        {
            (options.AccessKeyId, options.SecretAccessKey, options.Anonymous) = (null, null, true);
            (options.Provider, options.Region) = (S3ProviderProfiles.Aws, "us-east-1");
        });
        using var folder = new PainFolder();
        var bucket = ((IBucketStore)services.GetService(typeof(IBucketStore))!).Bucket(EmbeddedPain.BucketName);

        await bucket.PutAsync("k", ObjectContent.FromFile(folder.File("f", PainContent.Bytes(5000).Span)));

        PainContent.AssertSame(await pain.Bucket.ReadBytesAsync("k"), PainContent.Bytes(5000).Span);
    }

    [Test]
    public async Task ExpectedAnswers_ThrowNothingInside()
    {
        await using var pain = await StartAsync();
        var etag = (await pain.Bucket.PutAsync("k", PainContent.Bytes(10))).ETag;
        await pain.Bucket.FindAsync("warm");

        var thrown = await WatchAsync(async () =>
        {
            Assert.That(await pain.Bucket.FindAsync("missing"), Is.Null);
            Assert.That(await pain.Bucket.FindAsync("k", new FindObjectOptions { OnlyIfNoneMatch = etag }), Is.Null);
            await using var reader = await pain.Bucket.GetAsync("k", new GetObjectOptions { OnlyIfNoneMatch = etag });
            Assert.That(reader.IsNotModified, Is.True);
            await pain.Bucket.DeleteAsync("missing");
        });

        Assert.That(thrown, Is.Empty);
    }

    [Test]
    public async Task FailedCondition_ThrowsWhatItsCallerGetsAndNothingElse()
    {
        await using var pain = await StartAsync();
        await pain.Bucket.PutAsync("k", PainContent.Bytes(10));
        Exception? caught = null;

        var thrown = await WatchAsync(async () =>
        {
            try
            {
                await pain.Bucket.PutAsync("k", PainContent.Bytes(10), new PutObjectOptions { OnlyIfMatch = new ETag("other") });
            }
            catch (S3ToolkitException error)
            {
                caught = error;
            }
        });

        Assert.That(caught, Is.Not.Null);
        Assert.That(thrown.Distinct(ReferenceEqualityComparer.Instance), Is.EqualTo([caught]));
    }

    /// <summary>What is thrown on the way of one call, whoever catches it.</summary>
    private static async Task<List<Exception>> WatchAsync(Func<Task> call)
    {
        var thrown = new List<Exception>();
        void Keep(object? sender, FirstChanceExceptionEventArgs args)
        {
            if (IsWatched.Value) lock (thrown) thrown.Add(args.Exception);
        }

        AppDomain.CurrentDomain.FirstChanceException += Keep;
        IsWatched.Value = true;
        try
        {
            await call();
        }
        finally
        {
            IsWatched.Value = false;
            AppDomain.CurrentDomain.FirstChanceException -= Keep;
        }

        lock (thrown) return [.. thrown];
    }

    private Task<EmbeddedPain> StartAsync(Action<S3ToolkitOptions>? configure = null, Action<S3ServerOptions>? configureServer = null) =>
        EmbeddedPain.StartAsync(
            options =>
            {
                options.Provider = S3ProviderProfiles.Aws;
                var make = options.HttpMessageHandlerFactory!;
                options.HttpMessageHandlerFactory = () =>
                {
                    var handler = (WireHandler)make();
                    var sockets = (SocketsHttpHandler)handler.InnerHandler!;
                    // As the store's own handler is: one that follows by itself leaves the signature behind.
                    (sockets.ConnectCallback, sockets.AllowAutoRedirect) = (ConnectAsync, false);
                    return handler;
                };
                configure?.Invoke(options);
            },
            configureServer: configureServer);

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _connections);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
