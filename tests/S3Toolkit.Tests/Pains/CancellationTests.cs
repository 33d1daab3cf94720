using S3Toolkit.Server;

namespace S3Toolkit.Tests.Pains;

/// <summary>Bad input: cancelled at each stage. Always <see cref="OperationCanceledException"/>, and nothing stays behind.</summary>
[TestFixture]
internal sealed class CancellationTests
{
    private const int Size = (3 * PainContent.PartSize) + 1;

    /// <summary>The request at which the caller gives up.</summary>
    public enum Stage
    {
        Create,
        FirstPart,
        LastPart,
        Complete,
    }

    [Test]
    public async Task Upload_CancelledBefore_SendsNothing()
    {
        await using var pain = await EmbeddedPain.StartAsync();

        Assert.That(
            async () => await pain.Bucket.PutAsync("k", PainContent.Bytes(Size), new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(pain.Server.Requests, Is.Empty);
    }

    [Test]
    public async Task Upload_CancelledAsARequestGoesOut_LeavesNothing([Values] Stage stage, [Values] bool fromStream)
    {
        await using var pain = await EmbeddedPain.StartAsync(options => options.Transfers.MaxConcurrency = 2);
        using var cancel = new CancellationTokenSource();
        pain.Wire!.BeforeSend = request => CancelAt(stage, request, cancel);

        Assert.That(async () => await Upload(pain, fromStream, cancel.Token), Throws.InstanceOf<OperationCanceledException>());

        pain.Wire.BeforeSend = null;
        Assert.That(cancel.IsCancellationRequested, Is.True);
        await UploadStreamTests.AssertNothingStaysAsync(pain);
    }

    [Test]
    public async Task Upload_CancelledAsAnAnswerComes_LeavesNothing(
        [Values(Stage.Create, Stage.FirstPart, Stage.LastPart)] Stage stage, [Values] bool fromStream)
    {
        await using var pain = await EmbeddedPain.StartAsync(options => options.Transfers.MaxConcurrency = 2);
        using var cancel = new CancellationTokenSource();
        pain.Wire!.AfterAnswer = request => CancelAt(stage, request, cancel);

        Assert.That(async () => await Upload(pain, fromStream, cancel.Token), Throws.InstanceOf<OperationCanceledException>());

        pain.Wire.AfterAnswer = null;
        await UploadStreamTests.AssertNothingStaysAsync(pain);
    }

    // What is complete is complete: all of it or nothing, never parts.
    [Test]
    public async Task Upload_CancelledAsTheCompletionIsAnswered_IsWholeOrAbsent()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        using var cancel = new CancellationTokenSource();
        pain.Wire!.AfterAnswer = request => CancelAt(Stage.Complete, request, cancel);

        try
        {
            await Upload(pain, fromStream: false, cancel.Token);
        }
        catch (OperationCanceledException)
        {
        }

        pain.Wire.AfterAnswer = null;
        Assert.That(await pain.Bucket.ListUploadsAsync().ToListAsync(), Is.Empty);
        if (await pain.Bucket.FindAsync("k") is not null) PainContent.AssertSame(
            await pain.Bucket.ReadBytesAsync("k"), PainContent.Bytes(Size).Span);
    }

    [Test]
    public async Task Upload_SmallCancelledAsItGoesOut_IsCancelled()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        using var cancel = new CancellationTokenSource();
        pain.Wire!.BeforeSend = _ => cancel.Cancel();

        Assert.That(
            async () => await pain.Bucket.PutAsync("k", PainContent.Bytes(10), cancel.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(pain.Wire.Requests, Has.Count.EqualTo(1), "and not tried again");
    }

    [Test]
    public async Task Wait_BeforeARetry_CanBeCancelled()
    {
        await using var pain = await EmbeddedPain.StartAsync(options => options.Resilience.RetryDelay = TimeSpan.FromHours(10));
        using var rule = pain.Strike("HeadObject", S3Fault.InternalError());
        using var cancel = new CancellationTokenSource();
        pain.Wire!.AfterAnswer = _ => cancel.CancelAfter(TimeSpan.FromMilliseconds(20));

        Assert.That(async () => await pain.Bucket.FindAsync("k", cancel.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Download_Cancelled_LeavesNoFileAndTheOldOneAsItWas()
    {
        await using var pain = await EmbeddedPain.StartAsync(options => options.Resilience.MaxOpenCalls = 1);
        await pain.Bucket.PutAsync("k", PainContent.Bytes(4_000_000));
        using var folder = new PainFolder();
        var old = folder.File("old", PainContent.OtherBytes(5).Span);
        foreach (var name in new[] { "new", "old" })
        {
            using var cancel = new CancellationTokenSource();
            var progress = new CancelOnProgress(cancel);

            Assert.That(
                async () => await pain.Bucket.Download("k").WithProgress(progress).ToFileAsync(folder.PathOf(name), cancel.Token),
                Throws.InstanceOf<OperationCanceledException>());
        }

        Assert.That(folder.Names(), Is.EqualTo(["old"]));
        PainContent.AssertSame(await File.ReadAllBytesAsync(old), PainContent.OtherBytes(5).Span);
        Assert.That(await pain.Bucket.ExistsAsync("k"), Is.True, "the connection was given back");
    }

    [Test]
    public async Task Download_CancelledWhileTheBodyStalls_Ends()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        await pain.Bucket.PutAsync("k", PainContent.Bytes(4_000_000));
        using var rule = pain.Strike("GetObject", S3Fault.StallBody(100_000));
        using var cancel = new CancellationTokenSource();
        await using var reader = await pain.Bucket.GetAsync("k", cancel.Token);
        await reader.Content.ReadExactlyAsync(new byte[100_000]);

        var stalled = reader.Content.ReadAsync(new byte[1], cancel.Token).AsTask();
        Assert.That(stalled.IsCompleted, Is.False);
        await cancel.CancelAsync();

        Assert.That(async () => await stalled, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task List_CancelledBetweenPages_Ends()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        for (var i = 0; i < 5; i++) await pain.Bucket.PutAsync($"k{i}", PainContent.Bytes(1));
        using var cancel = new CancellationTokenSource();
        var seen = 0;

        Assert.That(
            async () =>
            {
                await foreach (var entry in pain.Bucket.ListAsync(new ListObjectsOptions { PageSize = 2 }, cancel.Token))
                {
                    if (++seen == 2) await cancel.CancelAsync();
                }
            },
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(seen, Is.EqualTo(2));
    }

    [Test]
    public async Task Copy_InPartsCancelled_LeavesNothing()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        await pain.Bucket.PutAsync("source", PainContent.Bytes(Size));
        using var cancel = new CancellationTokenSource();
        pain.Wire!.AfterAnswer = request => CancelAt(Stage.FirstPart, request, cancel);
        var inParts = new TransferOptions { CopyThresholdBytes = 1, CopyPartSizeBytes = PainContent.PartSize };
        var options = new CopyObjectOptions { Transfers = inParts };

        Assert.That(
            async () => await pain.Bucket.CopyAsync(new ObjectAddress(EmbeddedPain.BucketName, "source"), "copy", options, cancel.Token),
            Throws.InstanceOf<OperationCanceledException>());

        pain.Wire.AfterAnswer = null;
        Assert.That(await pain.Bucket.ListUploadsAsync().ToListAsync(), Is.Empty);
        Assert.That(await pain.Bucket.ExistsAsync("copy"), Is.False);
    }

    private static Task<ObjectInfo> Upload(EmbeddedPain pain, bool fromStream, CancellationToken cancellationToken)
    {
        ObjectContent content = fromStream ? ObjectContent.FromStream(new SourceStream(PainContent.Bytes(Size))) : PainContent.Bytes(Size);
        return pain.Bucket.Upload("k").FromContentAsync(content, cancellationToken);
    }

    private static void CancelAt(Stage stage, WireRequest request, CancellationTokenSource cancel)
    {
        var isStage = stage switch
        {
            Stage.Create => request.Method == "POST" && request.HasQuery("uploads"),
            Stage.FirstPart => request.HasQuery("partNumber=1&"),
            Stage.LastPart => request.HasQuery("partNumber=4&"),
            _ => request.Method == "POST" && request.HasQuery("uploadId"),
        };
        if (isStage) cancel.Cancel();
    }

    private sealed class CancelOnProgress(CancellationTokenSource cancel) : IProgress<TransferProgress>
    {
        public void Report(TransferProgress value) => cancel.Cancel();
    }
}
