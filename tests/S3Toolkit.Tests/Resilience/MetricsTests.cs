using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace S3Toolkit.Tests.Resilience;

/// <summary>Each retry, time-out and change of the breaker is counted once. The meter is the process's, so the store's name tells ours apart.</summary>
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

        Assert.That(Of("s3toolkit.retries"), Has.Exactly(1).Contains("error.type=InternalError").And.Exactly(1).Contains("error.type=SlowDown"));
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

    private IEnumerable<string> Of(string instrument) =>
        _measured.Where(each => each.Name == instrument && each.Tags.Contains("s3toolkit.store=test", StringComparison.Ordinal)).Select(each => each.Tags);
}
