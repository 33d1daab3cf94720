using System.IO.Pipelines;

namespace S3Toolkit.Conformance;

public abstract class DownloadBehaviours(Func<Task<IStoreUnderTest>> open) : StoreBehaviours(open)
{
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(300_000)]
    [TestCase(11_000_000)]
    public async Task ToFile_AnySize_WritesJustThatFile(int size)
    {
        await Bucket.PutAsync($"file/{size}", TestContent.Bytes(size));
        using var folder = new TemporaryFolder();
        var progress = new RecordingProgress();

        var info = await Bucket.Download($"file/{size}").WithProgress(progress).ToFileAsync(folder.PathOf("out.bin"));

        Assert.That(folder.Names(), Is.EqualTo(["out.bin"]));
        TestContent.AssertSame(await File.ReadAllBytesAsync(folder.PathOf("out.bin")), TestContent.Bytes(size).Span);
        Assert.That(info.SizeBytes, Is.EqualTo(size));
        Assert.That(progress.Reports.Select(report => report.TransferredBytes), Is.Ordered);
        Assert.That(progress.Reports[^1], Is.EqualTo(new TransferProgress(size, size)));
    }

    [Test]
    public async Task ToFile_ThatExists_IsReplaced()
    {
        await Bucket.PutAsync("shorter", TestContent.Bytes(10));
        using var folder = new TemporaryFolder();
        var path = folder.File("out.bin", TestContent.OtherBytes(5000).Span);

        await Bucket.Download("shorter").ToFileAsync(path);

        TestContent.AssertSame(await File.ReadAllBytesAsync(path), TestContent.Bytes(10).Span);
    }

    [Test]
    public async Task ToFile_MissingObject_LeavesTheOldFile()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("out.bin", TestContent.Bytes(10).Span);

        Assert.That(async () => await Bucket.Download("never written").ToFileAsync(path), Throws.TypeOf<ObjectNotFoundException>());

        TestContent.AssertSame(await File.ReadAllBytesAsync(path), TestContent.Bytes(10).Span);
        Assert.That(folder.Names(), Is.EqualTo(["out.bin"]));
    }

    [Test]
    public async Task ToFile_NotModified_SaysSoAndWritesNothing()
    {
        var put = await Bucket.PutAsync("unchanged", TestContent.Bytes(10));
        using var folder = new TemporaryFolder();

        var error = await Assert.ThrowsAsync<S3ToolkitException>(() => Bucket.Download("unchanged")
            .With(options => options with { OnlyIfNoneMatch = put.ETag }).ToFileAsync(folder.PathOf("out.bin")));

        Assert.That(error!.ErrorCode, Is.EqualTo(S3ErrorCode.NotModified));
        Assert.That(folder.Names(), Is.Empty);
    }

    [Test]
    public async Task ToStream_LeavesItOpen()
    {
        await Bucket.PutAsync("stream", TestContent.Bytes(200_000));
        using var target = new MemoryStream();

        var info = await Bucket.Download("stream").ToStreamAsync(target);

        Assert.That(target.CanWrite, Is.True);
        Assert.That(info.SizeBytes, Is.EqualTo(200_000));
        TestContent.AssertSame(target.ToArray(), TestContent.Bytes(200_000).Span);
    }

    [Test]
    public async Task ToPipe_LeavesItForItsOwnerToComplete()
    {
        await Bucket.PutAsync("pipe", TestContent.Bytes(200_000));
        var pipe = new Pipe();
        using var received = new MemoryStream();
        var reading = pipe.Reader.CopyToAsync(received);

        await Bucket.Download("pipe").ToPipeAsync(pipe.Writer);
        Assert.That(reading.IsCompleted, Is.False);
        await pipe.Writer.CompleteAsync();
        await reading;

        TestContent.AssertSame(received.ToArray(), TestContent.Bytes(200_000).Span);
    }

    [Test]
    public async Task ToFile_Range_HasJustTheseBytes()
    {
        await Bucket.PutAsync("piece", TestContent.Bytes(1000));
        using var folder = new TemporaryFolder();

        await Bucket.Download("piece").WithRange(100, 50).ToFileAsync(folder.PathOf("out.bin"));

        TestContent.AssertSame(await File.ReadAllBytesAsync(folder.PathOf("out.bin")), TestContent.Bytes(1000).Slice(100, 50).Span);
    }

    [Test]
    public async Task Open_ReadInPieces_GivesAllBytes()
    {
        await Bucket.PutAsync("pieces", TestContent.Bytes(100_000));
        await using var reader = await Bucket.Download("pieces").OpenAsync();
        var bytes = new byte[100_000];
        for (var i = 0; i < 10; i++) await reader.Content.ReadExactlyAsync(bytes.AsMemory(i * 10_000, 10_000));

        Assert.That(await reader.Content.ReadAsync(new byte[1]), Is.Zero);
        TestContent.AssertSame(bytes, TestContent.Bytes(100_000).Span);
    }

    [Test]
    public async Task Open_ReadWithoutAsync_GivesAllBytes()
    {
        await Bucket.PutAsync("synchronous", TestContent.Bytes(100_000));
        await using var reader = await Bucket.Download("synchronous").OpenAsync();
        using var target = new MemoryStream();

        reader.Content.CopyTo(target);

        TestContent.AssertSame(target.ToArray(), TestContent.Bytes(100_000).Span);
    }
}
