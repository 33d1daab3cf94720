using Microsoft.Extensions.Time.Testing;
using S3Toolkit.Server;

namespace S3Toolkit.Tests.Pains;

/// <summary>Pain 6: one owner of retries. The server counts the requests of one call; the SDK's two loops would show as more.</summary>
[TestFixture]
internal sealed class RetryOwnerTests
{
    private static readonly IReadOnlyDictionary<string, S3Fault> Faults = new Dictionary<string, S3Fault>
    {
        ["500"] = S3Fault.InternalError(),
        ["503"] = S3Fault.Error(503, "ServiceUnavailable"),
        ["SlowDown"] = S3Fault.SlowDown(),
        ["429"] = S3Fault.Error(429, "TooManyRequests"),
        ["reset before"] = S3Fault.ResetBeforeRead(),
        ["reset after commit"] = S3Fault.ResetAfterCommit(),
    };

    private static IEnumerable<string> FaultNames => Faults.Keys;

    [Test]
    public async Task EachFault_OfEachCall_IsTriedJustAsOftenAsTheOptionsSay(
        [ValueSource(nameof(FaultNames))] string fault, [Values(1, 4)] int attempts)
    {
        await using var pain = await EmbeddedPain.StartAsync(options =>
        {
            options.Resilience.MaxAttempts = attempts;
            options.Resilience.BreakerMinimumCalls = 1000;
        });
        await pain.Bucket.PutAsync("k", PainContent.Bytes(100));
        foreach (var (operation, call) in Calls(pain.Bucket))
        {
            pain.ForgetRequests();
            using var rule = pain.Strike(operation, Faults[fault]);

            var error = await Assert.CatchAsync<S3ToolkitException>(() => call());

            Assert.That(pain.Count(operation), Is.EqualTo(attempts), operation);
            Assert.That(error!.Attempts, Is.EqualTo(attempts), operation);
            Assert.That(error.IsTransient, Is.True, operation);
            Assert.That(error.Operation, Is.EqualTo(operation));
        }
    }

    [Test]
    public async Task EachFault_ThatPasses_IsSurvived([ValueSource(nameof(FaultNames))] string fault)
    {
        await using var pain = await EmbeddedPain.StartAsync(options => options.Resilience.BreakerMinimumCalls = 1000);
        await pain.Bucket.PutAsync("k", PainContent.Bytes(100));
        foreach (var (operation, call) in Calls(pain.Bucket))
        {
            pain.ForgetRequests();
            using var rule = pain.Strike(operation, Faults[fault], times: 2);

            await call();

            Assert.That(pain.Count(operation), Is.EqualTo(3), operation);
        }
    }

    [Test]
    public async Task Hang_BeforeTheAnswer_IsTriedJustAsOftenAsTheOptionsSay([Values(1, 4)] int attempts)
    {
        var clientTime = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var serverTime = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var pain = await EmbeddedPain.StartAsync(
            options =>
            {
                options.Resilience.MaxAttempts = attempts;
                options.Resilience.InactivityTimeout = TimeSpan.FromHours(1);
            },
            clientTime,
            server => server.TimeProvider = serverTime);
        await pain.Bucket.PutAsync("k", PainContent.Bytes(100));
        pain.ForgetRequests();
        // The server's clock stands still: the delay never ends.
        using var rule = pain.Strike("HeadObject", S3Fault.Delay(TimeSpan.FromHours(1)));

        var call = pain.Bucket.FindAsync("k");
        for (var seen = 0; !call.IsCompleted;)
        {
            // A request that has arrived is let time out; between two of them only the wait before the retry passes.
            var arrived = pain.Count("HeadObject");
            clientTime.Advance(arrived > seen ? TimeSpan.FromHours(2) : TimeSpan.FromMilliseconds(1));
            seen = arrived;
            await Task.Yield();
        }

        Assert.That(
            async () => await call,
            Throws.TypeOf<S3ToolkitException>()
                .With.Property(nameof(S3ToolkitException.ErrorCode)).EqualTo(S3ErrorCode.InactivityTimeout)
                .And.Property(nameof(S3ToolkitException.Attempts)).EqualTo(attempts));
        Assert.That(pain.Count("HeadObject"), Is.EqualTo(attempts));
    }

    [TestCase(400, "InvalidRequest")]
    [TestCase(403, "AccessDenied")]
    [TestCase(412, "PreconditionFailed")]
    [TestCase(501, "NotImplemented")]
    public async Task Error_ThatAnotherAttemptWillNotHelp_IsNotTriedAgain(int status, string code)
    {
        await using var pain = await EmbeddedPain.StartAsync();
        using var rule = pain.Strike("PutObject", S3Fault.Error(status, code));

        var error = await Assert.CatchAsync<S3ToolkitException>(() => pain.Bucket.PutAsync("k", PainContent.Bytes(1)));

        Assert.That(pain.Count("PutObject"), Is.EqualTo(1));
        Assert.That(error!.IsTransient, Is.False);
        Assert.That(error.ErrorCode.Value, Is.EqualTo(code));
    }

    // The source stream is read once: what is sent again comes from the buffer.
    [TestCase(1000, "PutObject")]
    [TestCase(PainContent.PartSize + 1000, "UploadPart")]
    public async Task Stream_ThatCannotBeReadTwice_IsSentAgainFromTheBuffer(int size, string operation)
    {
        await using var pain = await EmbeddedPain.StartAsync();
        var source = new SourceStream(PainContent.Bytes(size), bytesPerRead: 30_000);
        using var rule = pain.Strike(operation, S3Fault.InternalError(), times: 2);

        await pain.Bucket.Upload("k").FromStreamAsync(source);

        Assert.That(rule.StrikeCount, Is.EqualTo(2));
        Assert.That(source.BytesRead, Is.EqualTo(size));
        PainContent.AssertSame(await pain.Bucket.ReadBytesAsync("k"), PainContent.Bytes(size).Span);
    }

    [Test]
    public async Task Complete_ThatAnswers200WithAnError_IsTriedAgain()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        using var rule = pain.Strike("CompleteMultipartUpload", S3Fault.OkWithError(), times: 1);

        await pain.Bucket.PutAsync("k", PainContent.Bytes(PainContent.PartSize + 1));

        Assert.That(pain.Count("CompleteMultipartUpload"), Is.EqualTo(2));
        PainContent.AssertSame(await pain.Bucket.ReadBytesAsync("k"), PainContent.Bytes(PainContent.PartSize + 1).Span);
    }

    [Test]
    public async Task Complete_WhoseAnswerIsLost_Succeeds()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        using var rule = pain.Strike("CompleteMultipartUpload", S3Fault.ResetAfterCommit(), times: 1);

        var info = await pain.Bucket.PutAsync("k", PainContent.Bytes(PainContent.PartSize + 1));

        Assert.That(info.ETag, Is.EqualTo((await pain.Bucket.FindAsync("k"))!.ETag));
    }

    [Test]
    public async Task Copy_ThatAnswers200WithAnError_IsTriedAgain()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        await pain.Bucket.PutAsync("k", PainContent.Bytes(10));
        using var rule = pain.Strike("CopyObject", S3Fault.OkWithError(), times: 1);

        await pain.Bucket.CopyAsync("k", "copy");

        Assert.That(pain.Count("CopyObject"), Is.EqualTo(2));
        PainContent.AssertSame(await pain.Bucket.ReadBytesAsync("copy"), PainContent.Bytes(10).Span);
    }

    private static IEnumerable<(string Operation, Func<Task> Call)> Calls(IObjectStore bucket) =>
    [
        ("HeadObject", () => bucket.FindAsync("k")),
        ("GetObject", () => bucket.ReadBytesAsync("k")),
        ("PutObject", () => bucket.PutAsync("k", PainContent.Bytes(100))),
        ("CopyObject", () => bucket.CopyAsync("k", "copy")),
        ("ListObjectsV2", () => bucket.ListAsync().ToListAsync().AsTask()),
        ("GetObjectTagging", () => bucket.GetTagsAsync("k")),
        ("DeleteObject", () => bucket.DeleteAsync("other")),
    ];
}
