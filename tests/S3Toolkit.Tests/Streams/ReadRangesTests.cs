using S3Toolkit.Server;
using S3Toolkit.Streams;
using S3Toolkit.Tests.Pains;
using S3Toolkit.Tests.Transfers;

namespace S3Toolkit.Tests.Streams;

[TestFixture]
internal sealed class ReadRangesTests
{
    private const int MiB = 1024 * 1024;

    private static readonly byte[] Content = TransferBench.Bytes(16 * MiB);

    [TestCase(null)]
    [TestCase(MiB)]
    public async Task ReadRangesAsync_ManySmallReads_TakeFewRequests(int? maxRequestBytes)
    {
        await using var pain = await StartAsync();
        var random = new Random(9);
        var offsets = Enumerable.Range(0, 1000).Select(_ => random.Next(Content.Length - 4096)).ToList();
        var options = new ReadRangesOptions();
        if (maxRequestBytes is { } most) options = options with { MaxRequestBytes = most };

        using var read = await pain.Bucket.ReadRangesAsync(
            "key", [.. offsets.Select(static offset => ObjectRange.Of(offset, 4096))], options);

        Assert.That(read, Has.Count.EqualTo(1000));
        for (var index = 0; index < offsets.Count; index++)
            Assert.That(read[index].Span.SequenceEqual(Content.AsSpan(offsets[index], 4096)), Is.True, $"range {index}");
        Assert.That(pain.Server.Requests, Has.Count.LessThanOrEqualTo(20));
        Assert.That(read.Info.SizeBytes, Is.EqualTo(Content.Length));
    }

    [Test]
    public async Task ReadRangesAsync_AllFormsOfRanges_AreReadAsHttpReadsThem()
    {
        await using var pain = await StartAsync();

        using var read = await pain.Bucket.ReadRangesAsync(
            "key",
            [ObjectRange.Last(10), ObjectRange.From(Content.Length - 3), ObjectRange.Of(Content.Length - 5, 100), ObjectRange.Of(0, 1)]);

        Assert.That(
            read.Select(static range => range.ToArray()), Is.EqualTo([Content[^10..], Content[^3..], Content[^5..], Content[..1]]));
        Assert.That(pain.Count("GetObject"), Is.EqualTo(2));
    }

    [Test]
    public async Task ReadRangesAsync_NoRanges_ReadsNothing()
    {
        await using var pain = await StartAsync();

        using var read = await pain.Bucket.ReadRangesAsync("key", []);

        Assert.That(read, Is.Empty);
    }

    [Test]
    public async Task ReadRangesAsync_BehindTheEnd_IsRefusedBeforeAnyByteIsRead()
    {
        await using var pain = await StartAsync();

        Assert.That(
            async () => await pain.Bucket.ReadRangesAsync("key", [ObjectRange.Of(0, 1), ObjectRange.From(Content.Length)]),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains($"{Content.Length} bytes"));
        Assert.That(pain.Count("GetObject"), Is.Zero);
        Assert.That(
            async () => await pain.Bucket.ReadRangesAsync("key", [], new ReadRangesOptions { MaxConcurrency = 0 }),
            Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public async Task ReadRangesAsync_ManyRequests_RunAtMostTenAtOnce()
    {
        await using var pain = await StartAsync();
        pain.Strike("GetObject", S3Fault.Delay(TimeSpan.FromMilliseconds(20)));
        var ranges = Enumerable.Range(0, 32).Select(static index => ObjectRange.Of(index * 500_000, 10)).ToList();

        using var read = await pain.Bucket.ReadRangesAsync("key", ranges, new ReadRangesOptions { MaxGapBytes = 0 });

        Assert.That(pain.Count("GetObject"), Is.EqualTo(32));
        Assert.That(pain.Server.Requests.MaxInFlightOf("GetObject"), Is.InRange(2, 10));
    }

    [Test]
    public void ReadRangesAsync_OverwrittenMidway_ThrowsAndGivesTheMemoryBack()
    {
        var store = new RangeStore(Content);
        store.Wrap = (_, content) =>
        {
            store.ETag = "other";
            return content;
        };

        Assert.That(
            async () => await RangeReader.ReadAsync(
                store.Store,
                RangeStore.Key,
                [ObjectRange.Of(0, 10), ObjectRange.Of(8 * MiB, 10)],
                new ReadRangesOptions { MaxConcurrency = 1 },
                store.Pool,
                CancellationToken.None),
            Throws.TypeOf<PreconditionFailedException>().With.Message.Contains("changed during the download"));
        Assert.That(store.Asked, Has.Count.EqualTo(1));
        store.AssertNothingHeld();
    }

    [Test]
    public async Task Dispose_Ranges_CannotBeReadAnyMore()
    {
        await using var pain = await StartAsync();
        var read = await pain.Bucket.ReadRangesAsync("key", [ObjectRange.Of(0, 10)]);

        read.Dispose();
        read.Dispose();

        Assert.That(() => read[0], Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public async Task ReadRangesAsync_Cancelled_IsTheCallersCancellation()
    {
        var store = new RangeStore(Content) { Wrap = static (_, _) => new StalledStream(0) };
        using var cancellation = new CancellationTokenSource();
        var reading = store.Store.ReadRangesAsync(RangeStore.Key, [ObjectRange.Of(0, 10)], cancellation.Token);

        await cancellation.CancelAsync();

        Assert.That(
            async () => await reading,
            Throws.InstanceOf<OperationCanceledException>().With.Property("CancellationToken").EqualTo(cancellation.Token));
    }

    private static async Task<EmbeddedPain> StartAsync()
    {
        var pain = await EmbeddedPain.StartAsync();
        await pain.Bucket.PutAsync("key", Content);
        pain.ForgetRequests();
        return pain;
    }
}
