using S3Toolkit.Tests.Transfers;

namespace S3Toolkit.Tests.Streams;

[TestFixture]
internal sealed class ReadAheadStreamTests
{
    private const int MiB = 1024 * 1024;

    private static readonly byte[] Content = TransferBench.Bytes((40 * MiB) + 123);

    [Test]
    public async Task ReadAsync_Sequentially_GivesTheBytesInFewRequests()
    {
        var store = new RangeStore(Content);
        await using (var stream = await store.OpenAsync())
        {
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy);
            Assert.That(copy.ToArray().AsSpan().SequenceEqual(Content), Is.True);
        }

        Assert.That(store.Asked, Has.Count.LessThanOrEqualTo(8));
        Assert.That(store.Asked[0], Is.EqualTo((0L, (long)MiB)), "nothing is known of the reader yet");
        Assert.That(store.Asked.Sum(static range => range.Length), Is.EqualTo(Content.Length), "nothing is fetched twice");
        store.AssertNothingHeld();
    }

    [TestCase(4096)]
    [TestCase(100_000)]
    [TestCase(3 * MiB)]
    public async Task Read_Synchronously_GivesTheSame(int size)
    {
        var store = new RangeStore(Content);
        await using var stream = await store.OpenAsync();
        var (actual, buffer) = (new MemoryStream(), new byte[size]);
        for (int count; (count = stream.Read(buffer)) > 0;) actual.Write(buffer, 0, count);

        Assert.That(actual.ToArray().AsSpan().SequenceEqual(Content), Is.True);
    }

    [Test]
    public async Task ReadAsync_AtRandomPlaces_GivesTheBytesOfEach()
    {
        var store = new RangeStore(Content);
        var random = new Random(11);
        await using (var stream = await store.OpenAsync(new OpenObjectOptions { FirstReadBytes = 64 * 1024 }))
        {
            var buffer = new byte[300_000];
            for (var round = 0; round < 300; round++)
            {
                var position = random.Next(2) == 0
                    ? random.Next(Content.Length)
                    : Math.Clamp((int)stream.Position + random.Next(-2 * MiB, 3 * MiB), 0, Content.Length);
                var count = Math.Min(random.Next(1, buffer.Length), Content.Length - position);
                stream.Seek(position, SeekOrigin.Begin);
                await stream.ReadExactlyAsync(buffer.AsMemory(0, count));
                Assert.That(buffer.AsSpan(0, count).SequenceEqual(Content.AsSpan(position, count)), Is.True, $"round {round}");
            }
        }

        store.AssertNothingHeld();
    }

    [Test]
    public async Task Seek_WithinWhatIsHeld_AsksForNothing()
    {
        var store = new RangeStore(Content);
        await using var stream = await store.OpenAsync();
        var buffer = new byte[12 * MiB];
        await stream.ReadExactlyAsync(buffer);
        var asked = store.Asked.Count;

        stream.Seek(-MiB, SeekOrigin.Current);
        await stream.ReadExactlyAsync(buffer.AsMemory(0, 100));
        Assert.That(buffer.AsSpan(0, 100).SequenceEqual(Content.AsSpan(11 * MiB, 100)), Is.True);
        stream.Seek(4 * MiB, SeekOrigin.Current);
        await stream.ReadExactlyAsync(buffer.AsMemory(0, 100));
        Assert.That(buffer.AsSpan(0, 100).SequenceEqual(Content.AsSpan((15 * MiB) + 100, 100)), Is.True);

        Assert.That(store.Asked.Skip(asked).Select(static range => range.Offset), Has.All.GreaterThan(15 * MiB));
    }

    [Test]
    public async Task Seek_BeyondWhatIsHeld_BeginsSmallAgain()
    {
        var store = new RangeStore(Content);
        await using var stream = await store.OpenAsync();
        await ReadOnAsync(stream, 12 * MiB);
        stream.Position = 100;

        await stream.ReadExactlyAsync(new byte[100]);

        Assert.That(store.Asked[^1], Is.EqualTo((100L, (long)MiB)));
    }

    [Test]
    public async Task Seek_ManyTimesWithoutReading_AsksForNothing()
    {
        var store = new RangeStore(Content);
        await using var stream = await store.OpenAsync();

        stream.Seek(-5, SeekOrigin.End);
        stream.Position = 7;

        Assert.That(stream.Seek(3, SeekOrigin.Current), Is.EqualTo(10));
        Assert.That(store.Asked, Is.Empty);
        Assert.That(() => stream.Seek(-11, SeekOrigin.Current), Throws.InstanceOf<IOException>());
        Assert.That(stream.Length, Is.EqualTo(Content.Length));
    }

    [Test]
    public async Task ReadAsync_AtTheEndAndBehindIt_ReadsNothing()
    {
        var store = new RangeStore(Content);
        await using var stream = await store.OpenAsync();

        stream.Seek(0, SeekOrigin.End);
        Assert.That(await stream.ReadAsync(new byte[1]), Is.Zero);
        stream.Seek(10, SeekOrigin.End);
        Assert.That(stream.Read(new byte[1]), Is.Zero);

        Assert.That(store.Asked, Is.Empty);
    }

    [Test]
    public async Task ReadAsync_SmallBudget_HoldsAQuarterOfIt()
    {
        var store = new RangeStore(Content, budgetBytes: 32 * MiB);
        await using (var stream = await store.OpenAsync()) await stream.CopyToAsync(Stream.Null);

        Assert.That(store.Pool.PeakBytes, Is.LessThanOrEqualTo(8 * MiB));
        store.AssertNothingHeld();
    }

    [Test]
    public async Task ReadAsync_BudgetUsedUp_GoesOnInSmallSteps()
    {
        var store = new RangeStore(Content[..(2 * MiB)]);
        using var others = await store.Budget.TakeAsync(store.Budget.TotalBytes, default);
        await using var stream = await store.OpenAsync();
        using var copy = new MemoryStream();

        await stream.CopyToAsync(copy);

        Assert.That(copy.ToArray().AsSpan().SequenceEqual(store.Content), Is.True);
        Assert.That(store.Pool.PeakBytes, Is.LessThanOrEqualTo(3 * 64 * 1024));
    }

    [Test]
    public async Task ReadAsync_StreamsThatNobodyReadsOn_LeaveHalfOfTheBudget()
    {
        var store = new RangeStore(Content);
        var idle = new List<Stream>();
        for (var count = 0; count < 12; count++)
        {
            idle.Add(await store.OpenAsync());
            await idle[^1].ReadExactlyAsync(new byte[20 * MiB]);
        }

        Assert.That(store.Budget.FreeBytes, Is.GreaterThanOrEqualTo(store.Budget.TotalBytes / 2));
        foreach (var stream in idle) await stream.DisposeAsync();
        store.AssertNothingHeld();
    }

    [Test]
    public async Task ReadAsync_FetchAheadFails_IsAskedForAgain()
    {
        var store = new RangeStore(Content);
        var failures = 0;
        store.Wrap = (offset, content) =>
            offset == MiB && failures++ == 0 ? new ScriptedStream(new byte[100]) { FailAt = 0 } : content;
        await using var stream = await store.OpenAsync();

        var read = await ReadOnAsync(stream, 3 * MiB);

        Assert.That(failures, Is.EqualTo(2));
        Assert.That(read.AsSpan().SequenceEqual(Content.AsSpan(0, read.Length)), Is.True);
    }

    [Test]
    public async Task ReadAsync_Fails_ThrowsAndTheNextReadAsksAnew()
    {
        var store = new RangeStore(Content) { Wrap = static (_, _) => new ScriptedStream(new byte[100]) { FailAt = 10 } };
        await using (var stream = await store.OpenAsync())
        {
            await stream.ReadExactlyAsync(new byte[10]);
            Assert.That(async () => await stream.ReadAsync(new byte[10]), Throws.InstanceOf<InvalidDataException>());
            store.Wrap = null;
            var rest = new byte[10];
            await stream.ReadExactlyAsync(rest);
            Assert.That(rest, Is.EqualTo(Content[10..20]));
        }

        store.AssertNothingHeld();
    }

    [Test]
    public async Task ReadAsync_Cancelled_CanBeRepeated()
    {
        var stalled = new StalledStream(0);
        var store = new RangeStore(Content) { Wrap = (_, _) => stalled };
        await using (var stream = await store.OpenAsync())
        {
            using var cancellation = new CancellationTokenSource();
            var read = stream.ReadAsync(new byte[10], cancellation.Token);
            await cancellation.CancelAsync();
            Assert.That(async () => await read, Throws.InstanceOf<OperationCanceledException>());
            Assert.That(store.Asked, Has.Count.EqualTo(1), "what is on its way stays so");
        }

        store.AssertNothingHeld();
    }

    [Test]
    public async Task ReadAsync_Disposed_IsRefused()
    {
        var store = new RangeStore(Content);
        var stream = await store.OpenAsync();
        await stream.DisposeAsync();

        Assert.That(async () => await stream.ReadAsync(new byte[1]), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(() => stream.Read(new byte[1]), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(stream.CanRead, Is.False);
    }

    [Test]
    public async Task ReadAsync_ObjectOverwritten_SaysSo()
    {
        var store = new RangeStore(Content);
        await using var stream = await store.OpenAsync();
        await stream.ReadExactlyAsync(new byte[10]);
        store.ETag = "other";
        stream.Position = 20 * MiB;

        Assert.That(
            async () => await stream.ReadAsync(new byte[10]),
            Throws.TypeOf<PreconditionFailedException>().With.Message.Contains("s3://bucket/key changed during the download"));
    }

    // In small steps, since a large read is a large fetch.
    private static async Task<byte[]> ReadOnAsync(Stream stream, int count)
    {
        var read = new byte[count];
        for (var position = 0; position < count; position += 64 * 1024) await stream.ReadExactlyAsync(read.AsMemory(position, 64 * 1024));
        return read;
    }
}
