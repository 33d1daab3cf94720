using System.Collections.Concurrent;
using Amazon.S3;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Moq;
using S3Toolkit.Diagnostics;
using S3Toolkit.Resilience;
using S3Toolkit.Transfers;
using S3Toolkit.Transport;

namespace S3Toolkit.Tests.Transfers;

/// <summary>
/// The engine on a fake server, a clock that stands still, a pool that counts, and no jitter, so that retries do not wait.
/// </summary>
internal sealed class TransferBench
{
    public const int PartSize = 100 * 1024;

    public TransferBench(long budgetBytes = 16L * 1024 * 1024, ResilienceOptions? resilience = null, double jitter = 0)
    {
        Resilience = resilience ?? new ResilienceOptions { BreakerMinimumCalls = int.MaxValue, RetryBudgetTokens = 1_000_000 };
        Transport = new FakeTransport(Time);
        Budget = new ByteBudget(budgetBytes);
        var telemetry = new StoreTelemetry("test", new ListLogger(Log));
        var wire = new S3Wire(Transport, new RegionalClients(Mock.Of<IAmazonS3>(), createForRegion: null, new BucketRegions()), null!);
        var pipelines = new PipelineFactory(Resilience, new ResilienceCustomization(), telemetry, Time, new FixedJitter(jitter));
        Caller = new S3Caller(new StoreConnection(_ => new(wire)), Resilience, pipelines, telemetry, Time);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    public FakeTransport Transport { get; }

    public CountingPool Pool { get; } = new();

    public ByteBudget Budget { get; }

    public S3Caller Caller { get; }

    public ResilienceOptions Resilience { get; }

    public ConcurrentQueue<string> Log { get; } = new();

    public S3ProviderProfile Profile { get; set; } = S3ProviderProfiles.Aws with { MinPartSizeBytes = 1 };

    public TransferOptions Transfers { get; set; } = new() { PartSizeBytes = PartSize, MultipartThresholdBytes = 2 * PartSize };

    public Task<ObjectInfo> PutAsync(
        ObjectContent content, PutObjectOptions? options = null, CancellationToken cancellationToken = default) =>
        PutAsync("key", content, options, cancellationToken);

    public Task<ObjectInfo> PutAsync(
        string key, ObjectContent content, PutObjectOptions? options = null, CancellationToken cancellationToken = default) =>
        new Uploader(Caller, Transfers, Profile, Budget, Pool)
            .PutAsync("bucket", key, content, options ?? new PutObjectOptions(), cancellationToken);

    /// <summary>What must hold after each transfer, whatever came of it.</summary>
    public void AssertNothingHeld()
    {
        Assert.That(Pool.Outstanding, Is.Zero, "rented buffers");
        Assert.That(Budget.FreeBytes, Is.EqualTo(Budget.TotalBytes), "tickets");
        Assert.That(Budget.WaiterCount, Is.Zero, "waiters");
        Assert.That(Transport.Uploads, Is.Empty, "unfinished uploads");
        Assert.That(Caller.Resilience("bucket").Permits.InFlight, Is.Zero, "permits");
    }

    public static byte[] Bytes(int length, int seed = 7)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private sealed class FixedJitter(double value) : JitterSource
    {
        public override double Next() => value;
    }

    private sealed class ListLogger(ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(formatter(state, exception));
    }
}
