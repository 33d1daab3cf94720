using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using S3Toolkit.Transport;

namespace S3Toolkit.Tests.Resilience;

/// <summary>
/// Each retry, time-out and change of the breaker is counted once. The meter is the process's, so the store's name tells ours apart.
/// </summary>
[TestFixture, NonParallelizable]
public sealed class MetricsTests
{
    private readonly ConcurrentBag<(string Name, long Value, string Tags)> _measured = [];
    private MeterListener _listener = null!;

    [SetUp]
    public void Listen()
    {
        _measured.Clear();
        _listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == "S3Toolkit") listener.EnableMeasurementEvents(instrument);
            },
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            _measured.Add((instrument.Name, value, string.Join(",", tags.ToArray().Select(static tag => $"{tag.Key}={tag.Value}")))));
        _listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) =>
            _measured.Add((instrument.Name, 1, string.Join(",", tags.ToArray().Select(static tag => $"{tag.Key}={tag.Value}")))));
        _listener.Start();
    }

    [TearDown]
    public void StopListening() => _listener.Dispose();

    [Test]
    public async Task Retries_AndTheCall_AreCounted()
    {
        await new CallHarness().CallAsync(CallHarness.Error("InternalError", 500), CallHarness.Error("SlowDown", 503));

        Assert.That(
            Of("s3toolkit.retries"), Has.Exactly(1).Contains("error.type=InternalError").And.Exactly(1).Contains("error.type=SlowDown"));
        Assert.That(Of("s3toolkit.call.duration"), Has.Exactly(1).Contains("s3toolkit.outcome=ok"));
    }

    [Test]
    public async Task Breaker_ThatOpens_IsCounted()
    {
        var harness = new CallHarness(new ResilienceOptions { MaxAttempts = 1, BreakerMinimumCalls = 2 });

        for (var i = 0; i < 2; i++)
            await Assert.ThrowsAsync<S3ToolkitException>(() => harness.CallAsync(CallHarness.Error("InternalError", 500)));

        Assert.That(Of("s3toolkit.breaker.changes"), Has.Exactly(1).Contains("s3toolkit.breaker.state=open"));
    }

    [Test]
    public async Task Breaker_ThatRecovers_IsCountedAtEachState()
    {
        var harness = new CallHarness(new ResilienceOptions { MaxAttempts = 1, BreakerMinimumCalls = 2 });
        for (var i = 0; i < 2; i++)
            await Assert.ThrowsAsync<S3ToolkitException>(() => harness.CallAsync(CallHarness.Error("InternalError", 500)));

        harness.Time.Advance(harness.Options.BreakerBreakDuration + TimeSpan.FromSeconds(1));
        await harness.CallAsync();

        Assert.That(Of("s3toolkit.breaker.changes"), Has.Exactly(1).Contains("state=open").And.Exactly(1).Contains("state=half-open")
            .And.Exactly(1).Contains("state=closed"));
    }

    [Test]
    public async Task Budget_ThatIsSpent_IsCounted()
    {
        var harness = new CallHarness(new ResilienceOptions { RetryBudgetTokens = 0 });

        await Assert.ThrowsAsync<S3ToolkitException>(() => harness.CallAsync(CallHarness.Error("InternalError", 500)));

        Assert.That(Of("s3toolkit.retry_budget.refusals"), Has.Exactly(1).Contains("rpc.method=GetObject"));
    }

    [TestCase(true, "inactivity")]
    [TestCase(false, "total")]
    public async Task Timeouts_OfEitherKind_AreCounted(bool inactivity, string kind)
    {
        var harness = new CallHarness(inactivity
            ? new ResilienceOptions { MaxAttempts = 1, InactivityTimeout = TimeSpan.FromSeconds(5) }
            : new ResilienceOptions { MaxAttempts = 1, TotalTimeout = TimeSpan.FromSeconds(5) });
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

        harness.Time.Advance(TimeSpan.FromSeconds(5));
        await Assert.ThrowsAsync<S3ToolkitException>(async () => await call);

        Assert.That(Of("s3toolkit.timeouts"), Has.Exactly(1).Contains("s3toolkit.timeout=" + kind));
    }

    private IEnumerable<string> Of(string instrument) =>
        _measured.Where(each => each.Name == instrument && each.Tags.Contains("s3toolkit.store=test", StringComparison.Ordinal))
            .Select(each => each.Tags);
}
