using System.Buffers;
using System.IO.Pipelines;

namespace S3Toolkit.Conformance;

/// <summary>Pains 12, 14 and 25: any source, any size, one way.</summary>
public abstract class UploadBehaviours(Func<Task<IStoreUnderTest>> open) : StoreBehaviours(open)
{
    private const int PartSize = (int)TransferOptions.MinPartSizeBytes;

    private static readonly TransferOptions InParts =
        new() { PartSizeBytes = PartSize, MultipartThresholdBytes = PartSize, MaxConcurrency = 3 };

    /// <summary>Where the content comes from.</summary>
    public enum Source
    {
        File,
        Memory,
        Sequence,
        SeekableStream,
        UnseekableStream,
        Pipe,
    }

    [Test]
    public Task Upload_SmallFromAnything_ArrivesAndKeepsItsOptions([Values] Source source, [Values(0, 1, 1000)] int size) => ArrivesAsync(
        source, size);

    [Test]
    public Task Upload_AroundThePartSize_Arrives(
        [Values(Source.File, Source.Memory, Source.UnseekableStream)] Source source,
        [Values(PartSize - 1, PartSize, PartSize + 1)] int size) =>
        ArrivesAsync(source, size);

    [Test]
    public Task Upload_SeveralParts_Arrives([Values] Source source) => ArrivesAsync(source, (2 * PartSize) + 1_234_567);

    [Test]
    public async Task Upload_StreamThatGivesFewBytesARead_Arrives()
    {
        var stream = new DribbleStream(TestContent.Bytes(PartSize + 10), bytesPerRead: 4099);

        await Bucket.Upload("dribble").WithTransfers(InParts).FromStreamAsync(stream);

        TestContent.AssertSame(await Bucket.ReadBytesAsync("dribble"), TestContent.Bytes(PartSize + 10).Span);
        Assert.That(stream.IsClosed, Is.False);
    }

    [Test]
    public async Task Upload_StreamFromTheMiddle_HasTheRest()
    {
        using var stream = new MemoryStream(TestContent.Bytes(1000).ToArray()) { Position = 400 };

        var info = await Bucket.Upload("middle").FromStreamAsync(stream);

        Assert.That(info.SizeBytes, Is.EqualTo(600));
        TestContent.AssertSame(await Bucket.ReadBytesAsync("middle"), TestContent.Bytes(1000)[400..].Span);
        Assert.That(stream.CanRead, Is.True, "the caller's stream stays open");
    }

    [Test]
    public async Task Upload_SeveralLargeAtOnce_AllArrive()
    {
        var infos = await Task.WhenAll(Enumerable.Range(0, 4).Select(i =>
            Bucket.Upload($"at once/{i}").WithTransfers(InParts).FromStreamAsync(new DribbleStream(TestContent.Bytes(PartSize + i)))));

        Assert.That(infos.Select(info => info.SizeBytes), Is.EqualTo(Enumerable.Range(0, 4).Select(i => (long)PartSize + i)));
        for (var i = 0; i < 4; i++)
            TestContent.AssertSame(await Bucket.ReadBytesAsync($"at once/{i}"), TestContent.Bytes(PartSize + i).Span);
    }

    [Test]
    public void Upload_FileThatIsNot_SaysSo() => Assert.That(
        async () => await Bucket.Upload("none").FromFileAsync("/no/such/file.bin"),
        Throws.InstanceOf<IOException>().With.Message.Contains("/no/such/file.bin"));

    private async Task ArrivesAsync(Source source, int size)
    {
        var key = $"{source}/{size}";
        var progress = new RecordingProgress();
        using var folder = new TemporaryFolder();
        await using var stream = new MemoryStream(source == Source.SeekableStream ? TestContent.Bytes(size).ToArray() : []);

        var info = await Bucket.Upload(key)
            .WithTransfers(InParts)
            .WithProgress(progress)
            .WithContentType("text/uploaded")
            .WithCacheControl("no-cache")
            .WithMetadata("origin", "test")
            .WithTag("kind", "upload")
            .FromContentAsync(Content(source, TestContent.Bytes(size), folder, stream));

        TestContent.AssertSame(await Bucket.ReadBytesAsync(key), TestContent.Bytes(size).Span);
        var found = (await Bucket.FindAsync(key))!;
        Assert.That(info.ETag, Is.EqualTo(found.ETag));
        Assert.That(info.SizeBytes, Is.EqualTo(size));
        Assert.That(found.ContentType, Is.EqualTo("text/uploaded"));
        Assert.That(found.CacheControl, Is.EqualTo("no-cache"));
        Assert.That(found.Metadata, Is.EquivalentTo(new Dictionary<string, string> { ["origin"] = "test" }));
        Assert.That(await Bucket.GetTagsAsync(key), Is.EquivalentTo(new Dictionary<string, string> { ["kind"] = "upload" }));
        Assert.That(progress.Reports.Select(report => report.TransferredBytes), Is.Ordered);
        Assert.That(progress.Reports[^1].TransferredBytes, Is.EqualTo(size));
        if (source == Source.SeekableStream) Assert.That(stream.CanRead, Is.True, "the caller's stream stays open");
        if (size > 2 * PartSize) Assert.That(found.ETag!.Value.PartCount, Is.GreaterThan(1));
    }

    private static ObjectContent Content(Source source, ReadOnlyMemory<byte> content, TemporaryFolder folder, Stream stream) =>
        source switch
    {
        Source.File => ObjectContent.FromFile(folder.File("content.bin", content.Span)),
        Source.Memory => content,
        Source.Sequence => ObjectContent.FromSequence(Halves(content)),
        Source.SeekableStream => ObjectContent.FromStream(stream),
        Source.UnseekableStream => ObjectContent.FromStream(new DribbleStream(content, bytesPerRead: 70_001)),
        _ => ObjectContent.FromPipe(PipeReader.Create(new DribbleStream(content))),
    };

    private static ReadOnlySequence<byte> Halves(ReadOnlyMemory<byte> content)
    {
        if (content.Length < 2) return new ReadOnlySequence<byte>(content);
        var first = new Segment(content[..(content.Length / 2)], 0);
        var second = first.Append(content[(content.Length / 2)..]);
        return new ReadOnlySequence<byte>(first, 0, second, second.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long runningIndex) => (Memory, RunningIndex) = (memory, runningIndex);

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
