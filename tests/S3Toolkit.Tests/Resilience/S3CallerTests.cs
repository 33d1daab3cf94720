using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using S3Toolkit.Resilience;
using S3Toolkit.Transport;

namespace S3Toolkit.Tests.Resilience;

[TestFixture]
public sealed class S3CallerTests
{
    private static readonly S3Error ServerError = CallHarness.Error("InternalError", 500);
    private static readonly S3Error SlowDown = CallHarness.Error("SlowDown", 503);
    private static readonly S3Error Missing = CallHarness.Error("NoSuchKey", 404);

    [Test]
    public async Task CallAsync_TransientErrors_RetriesUntilItSucceeds()
    {
        var harness = new CallHarness();

        var result = await harness.CallAsync(ServerError, SlowDown, null);

        Assert.That(result, Is.EqualTo("done"));
        Assert.That(harness.Attempts, Is.EqualTo(3));
    }

    [Test]
    public async Task CallAsync_ErrorsWithoutEnd_StopsAtMaxAttemptsAndSaysSo([Values(1, 2, 4)] int maxAttempts)
    {
        var harness = new CallHarness(new ResilienceOptions { MaxAttempts = maxAttempts });

        var error = await Assert.ThrowsAsync<S3ToolkitException>(
            () => harness.CallAsync(ServerError, ServerError, ServerError, ServerError, ServerError));

        Assert.That(harness.Attempts, Is.EqualTo(maxAttempts));
        Assert.That(error!.Attempts, Is.EqualTo(maxAttempts));
        Assert.That(error.IsTransient, Is.True);
        Assert.That(error.Message, Does.Contain("bucket 'bucket'").And.Contain("key 'key'").And.Contain("request id R1"));
    }

    [Test]
    public async Task CallAsync_PermanentError_IsNotRetried()
    {
        var harness = new CallHarness();

        var error = await Assert.ThrowsAsync<ObjectNotFoundException>(() => harness.CallAsync(Missing));

        Assert.That(harness.Attempts, Is.EqualTo(1));
        Assert.That(error!.IsTransient, Is.False);
    }

    [Test]
    public async Task CallAsync_ExpectedError_IsAnAnswer()
    {
        var harness = new CallHarness();

        var result = await harness.CallAsync(new S3Call("HeadObject", "bucket", "key") { Expects = ExpectedErrors.NotFound }, Missing);

        Assert.That(result, Is.EqualTo("NoSuchKey"));
        Assert.That(harness.Attempts, Is.EqualTo(1));
    }

    [Test]
    public void CallAsync_MissingBucketWhereAMissingKeyIsExpected_StillThrows()
    {
        var harness = new CallHarness();
        var call = new S3Call("HeadObject", "bucket", "key") { Expects = ExpectedErrors.NotFound };

        Assert.That(() => harness.CallAsync(call, CallHarness.Error("NoSuchBucket", 404)), Throws.TypeOf<BucketNotFoundException>());
    }

    [Test]
    public async Task CallAsync_BudgetSpent_FailsAtOnce()
    {
        // 30 tokens pay for two retries at 14 each.
        var harness = new CallHarness(new ResilienceOptions { RetryBudgetTokens = 30, MaxAttempts = 10, BreakerMinimumCalls = 1000 });

        await Assert.ThrowsAsync<S3ToolkitException>(() => harness.CallAsync([.. Enumerable.Repeat(ServerError, 10)]));

        Assert.That(harness.Attempts, Is.EqualTo(3));
        Assert.That(harness.Log.Entries.Select(entry => entry.Id), Does.Contain(2));
    }

    [Test]
    public async Task CallAsync_FirstTrySuccess_EarnsATokenBack()
    {
        var harness = new CallHarness();
        await harness.CallAsync(ServerError, null);
        var spent = harness.Caller.Resilience("bucket").Budget.Tokens;

        await harness.CallAsync();

        Assert.That(spent, Is.EqualTo(500 - RetryBudget.TransientCost));
        Assert.That(harness.Caller.Resilience("bucket").Budget.Tokens, Is.EqualTo(spent + 1));
    }

    [Test]
    public async Task CallAsync_ClockSkew_IsRetriedOnce()
    {
        var harness = new CallHarness();
        var skew = CallHarness.Error("RequestTimeTooSkewed", 403);

        await Assert.ThrowsAsync<S3ToolkitException>(() => harness.CallAsync(skew, skew, skew, skew));

        Assert.That(harness.Attempts, Is.EqualTo(2));
    }

    [Test]
    public async Task Breaker_ManyFailures_OpensForThatBucketAloneAndClosesAgain()
    {
        var harness = new CallHarness(new ResilienceOptions { MaxAttempts = 1, BreakerMinimumCalls = 5 });
        for (var i = 0; i < 5; i++) await Assert.ThrowsAsync<S3ToolkitException>(() => harness.CallAsync(ServerError));

        var refused = await Assert.ThrowsAsync<S3ToolkitException>(() => harness.CallAsync());
        var other = await harness.CallAsync(new S3Call("GetObject", "other", "key"));
        harness.Time.Advance(harness.Options.BreakerBreakDuration + TimeSpan.FromSeconds(1));
        var again = await harness.CallAsync();

        Assert.That(refused!.ErrorCode, Is.EqualTo(S3ErrorCode.CircuitOpen));
        Assert.That(refused.Attempts, Is.Zero);
        Assert.That(refused.Message, Does.Contain("InternalError"));
        Assert.That(other, Is.EqualTo("done"));
        Assert.That(again, Is.EqualTo("done"));
        var states = harness.Log.Entries.Where(entry => entry.Id is 5 or 6)
            .Select(entry => entry.Values.GetValueOrDefault("State") ?? "open");
        Assert.That(states, Is.EqualTo(new object[] { "open", "half-open", "closed" }));
    }

    [TestCase("NoSuchKey", 404)]
    [TestCase("PreconditionFailed", 412)]
    [TestCase("SlowDown", 503)]
    [TestCase("AccessDenied", 403)]
    public async Task Breaker_AnswersThatAreNoFailures_DoNotOpenIt(string code, int status)
    {
        var harness = new CallHarness(new ResilienceOptions { MaxAttempts = 1, BreakerMinimumCalls = 5 });
        for (var i = 0; i < 20; i++) await Assert.CatchAsync<S3ToolkitException>(() => harness.CallAsync(CallHarness.Error(code, status)));

        Assert.That(await harness.CallAsync(), Is.EqualTo("done"));
    }

    [Test]
    public async Task Attempt_NoByteForTheInactivityTimeout_IsEndedAndRetried()
    {
        var harness = new CallHarness();
        var hanging = new TaskCompletionSource<CancellationToken>(TaskCreationOptions.RunContinuationsAsynchronously);
        var attempts = 0;
        var call = harness.Caller.CallAsync(
            new S3Call("PutObject", "bucket", "key"),
            async (_, attempt) =>
            {
                if (++attempts > 1) return S3Reply<string>.Of("done");
                hanging.SetResult(attempt.Token);
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, attempt.Token);
                return S3Reply<string>.Of("never");
            },
            CancellationToken.None);
        await hanging.Task;

        harness.Time.Advance(harness.Options.InactivityTimeout);
        var reply = await call;

        Assert.That(reply.Value, Is.EqualTo("done"));
        Assert.That(attempts, Is.EqualTo(2));
        Assert.That(harness.Log.Entries.Select(entry => entry.Id), Is.EqualTo(new[] { 3, 1 }));
    }

    [Test]
    public async Task Attempt_BytesThatMove_KeepItAliveFarBeyondTheTimeout()
    {
        var harness = new CallHarness();
        var began = new TaskCompletionSource<S3Attempt>(TaskCreationOptions.RunContinuationsAsynchronously);
        var finish = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var call = harness.Caller.CallAsync(
            new S3Call("PutObject", "bucket", "key"),
            async (_, attempt) =>
            {
                began.SetResult(attempt);
                await finish.Task.WaitAsync(attempt.Token);
                return S3Reply<string>.Of("done");
            },
            CancellationToken.None);
        var running = await began.Task;

        for (var i = 0; i < 10; i++)
        {
            harness.Time.Advance(harness.Options.InactivityTimeout - TimeSpan.FromSeconds(1));
            running.Touch();
        }

        finish.SetResult();
        Assert.That((await call).Value, Is.EqualTo("done"));
        Assert.That(running.TimedOut, Is.False);
    }

    [Test]
    public async Task TotalTimeout_RunsOut_IsATransientErrorOfItsOwn()
    {
        var harness = new CallHarness(new ResilienceOptions { TotalTimeout = TimeSpan.FromSeconds(10) });
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var call = harness.Caller.CallAsync(
            new S3Call("GetObject", "bucket", "key"),
            async (_, attempt) =>
            {
                began.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, attempt.Token);
                return S3Reply<string>.Of("never");
            },
            CancellationToken.None);
        await began.Task;

        harness.Time.Advance(TimeSpan.FromSeconds(10));
        var error = await Assert.ThrowsAsync<S3ToolkitException>(async () => await call);

        Assert.That(error!.ErrorCode, Is.EqualTo(S3ErrorCode.TotalTimeout));
        Assert.That(error.IsTransient, Is.True);
        Assert.That(harness.Log.Entries.Select(entry => entry.Id), Does.Contain(4));
    }

    [Test]
    public async Task Cancellation_ByTheCaller_StaysACancellation()
    {
        var harness = new CallHarness();
        using var source = new CancellationTokenSource();
        var call = harness.Caller.CallAsync(
            new S3Call("GetObject", "bucket", "key"),
            async (_, attempt) =>
            {
                await source.CancelAsync();
                attempt.Token.ThrowIfCancellationRequested();
                return S3Reply<string>.Of("never");
            },
            source.Token);

        var error = await Assert.CatchAsync<OperationCanceledException>(async () => await call);

        Assert.That(error, Is.Not.Null);
        Assert.That(harness.Log.Entries, Is.Empty);
    }

    [Test]
    public async Task Permits_AllHeldByOpenReaders_NextCallSaysWhatToDo()
    {
        var harness = new CallHarness(new ResilienceOptions { MaxOpenCalls = 1, MaxAttempts = 1 });
        var info = new ObjectInfo { BucketName = "bucket", Key = "key" };
        var open = await harness.Caller.CallAsync(
            new S3Call("GetObject", "bucket", "key"),
            (_, _) => new ValueTask<S3Reply<GetReply>>(S3Reply<GetReply>.Of(new GetReply(info, null, 0, Stream.Null))),
            CancellationToken.None);

        var waiting = harness.CallAsync();
        harness.Time.Advance(harness.Options.InactivityTimeout);
        var refused = await Assert.ThrowsAsync<S3ToolkitException>(() => waiting);
        open.Value.Dispose();

        Assert.That(refused!.ErrorCode, Is.EqualTo(S3ErrorCode.TooManyOpenCalls));
        Assert.That(refused.Message, Does.Contain("Dispose ObjectReaders"));
        Assert.That(await harness.CallAsync(), Is.EqualTo("done"));
    }

    [Test]
    public async Task Permits_QueueThatMoves_IsWaitedFor()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var permits = new CallPermits(1, time);
        var stillness = TimeSpan.FromSeconds(30);
        var held = (await permits.TakeAsync(stillness, CancellationToken.None))!;
        var next = permits.TakeAsync(stillness, CancellationToken.None).AsTask();
        var last = permits.TakeAsync(stillness, CancellationToken.None).AsTask();

        time.Advance(TimeSpan.FromSeconds(20));
        held.Dispose();
        var second = await next;
        time.Advance(TimeSpan.FromSeconds(20));
        second!.Dispose();

        Assert.That(await last, Is.Not.Null, "40 s in a queue whose permits came back all the while");
    }

    [Test]
    public async Task ClockSkew_AfterAnotherFailure_IsStillRetriedOnce()
    {
        var harness = new CallHarness();

        var result = await harness.CallAsync(ServerError, CallHarness.Error("RequestTimeTooSkewed", 403), null);

        Assert.That(result, Is.EqualTo("done"));
    }

    [Test]
    public async Task ClockSkew_ToldByTheDateOfAHeadAlone_IsRetriedAndThenBelieved()
    {
        var harness = new CallHarness();
        var denied = CallHarness.Error("AccessDenied", 403) with { ServerTime = harness.Time.GetUtcNow().AddHours(1) };

        Assert.That(await harness.CallAsync(denied, null), Is.EqualTo("done"));
        var error = await Assert.ThrowsAsync<S3AccessDeniedException>(() => harness.CallAsync(denied, denied));
        Assert.That(error!.Attempts, Is.EqualTo(2));
    }

    [Test]
    public async Task Replacement_TheUsersPipeline_OwnsRetries()
    {
        var retries = 0;
        var pipeline = new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<S3ToolkitException>(static error => error.IsTransient),
            MaxRetryAttempts = 7,
            Delay = TimeSpan.Zero,
            OnRetry = _ =>
            {
                retries++;
                return default;
            },
        }).Build();
        var harness = new CallHarness(customization: new ResilienceCustomization { Replacement = () => pipeline });

        var result = await harness.CallAsync(ServerError, ServerError, ServerError, ServerError, ServerError, null);

        Assert.That(result, Is.EqualTo("done"));
        Assert.That(retries, Is.EqualTo(5));
    }

    [Test]
    public async Task Addition_OfTheUser_SeesWhatTheLibraryGaveUpOn()
    {
        var seen = new List<Exception?>();
        var customization = new ResilienceCustomization();
        customization.Additions.Add(builder => builder.AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = args =>
            {
                if (args.Outcome.Exception is not null) seen.Add(args.Outcome.Exception);
                return new ValueTask<bool>(args.Outcome.Exception is S3ToolkitException);
            },
            MaxRetryAttempts = 1,
            Delay = TimeSpan.Zero,
        }));
        var harness = new CallHarness(new ResilienceOptions { MaxAttempts = 2 }, customization);

        var result = await harness.CallAsync(ServerError, ServerError, null);

        Assert.That(result, Is.EqualTo("done"));
        Assert.That(seen, Has.Exactly(1).TypeOf<S3ToolkitException>());
    }

    [Test]
    public async Task Retry_EachOne_IsOneStructuredLogLine()
    {
        var harness = new CallHarness();

        await harness.CallAsync(ServerError, SlowDown, null);

        Assert.That(harness.Log.Entries, Has.Count.EqualTo(2));
        var first = harness.Log.Entries[0];
        Assert.That(first.Level, Is.EqualTo(LogLevel.Information));
        Assert.That(first.Values["Operation"], Is.EqualTo("GetObject"));
        Assert.That(first.Values["Bucket"], Is.EqualTo("bucket"));
        Assert.That(first.Values["ErrorCode"], Is.EqualTo("InternalError"));
        Assert.That(harness.Log.Entries[1].Values["ErrorCode"], Is.EqualTo("SlowDown"));
    }

    [Test]
    public async Task Activity_OfACall_NamesOperationBucketAndAttempts()
    {
        var stopped = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "S3Toolkit",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (stopped) stopped.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);
        var harness = new CallHarness();

        await harness.CallAsync(new S3Call("GetObject", "activity-bucket", "key"), ServerError, null);

        var activity = stopped.Single(each => "activity-bucket".Equals(each.GetTagItem("aws.s3.bucket")));
        Assert.That(activity.DisplayName, Is.EqualTo("S3/GetObject"));
        Assert.That(activity.GetTagItem("s3toolkit.attempts"), Is.EqualTo(2));
    }
}
