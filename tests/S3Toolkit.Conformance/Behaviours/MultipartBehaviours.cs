namespace S3Toolkit.Conformance;

public abstract class MultipartBehaviours(Func<Task<IStoreUnderTest>> open) : StoreBehaviours(open)
{
    private const int PartSize = (int)TransferOptions.MinPartSizeBytes;

    private static ReadOnlyMemory<byte> All => TestContent.Bytes((2 * PartSize) + 123);

    [Test]
    public async Task Parts_InAnyOrder_MakeOneObject()
    {
        var session = await Bucket.StartMultipartAsync("ordered", new StartMultipartOptions
        {
            ContentType = "text/parts",
            Metadata = new Dictionary<string, string> { ["kept"] = "yes" },
            Tags = new Dictionary<string, string> { ["tag"] = "value" },
        });
        var third = await session.UploadPartAsync(3, All[(2 * PartSize)..]);
        var first = await session.UploadPartAsync(1, All[..PartSize]);
        var second = await session.UploadPartAsync(2, ObjectContent.FromStream(new DribbleStream(All.Slice(PartSize, PartSize))));
        Assert.That(await Bucket.ExistsAsync("ordered"), Is.False);

        var info = await session.CompleteAsync([third, first, second]);

        Assert.That(info.ETag?.PartCount, Is.EqualTo(3));
        var found = (await Bucket.FindAsync("ordered"))!;
        Assert.That(found.ETag, Is.EqualTo(info.ETag));
        Assert.That(found.ContentType, Is.EqualTo("text/parts"));
        Assert.That(found.Metadata, Is.EquivalentTo(new Dictionary<string, string> { ["kept"] = "yes" }));
        Assert.That(await Bucket.GetTagsAsync("ordered"), Is.EquivalentTo(new Dictionary<string, string> { ["tag"] = "value" }));
        TestContent.AssertSame(await Bucket.ReadBytesAsync("ordered"), All.Span);
    }

    [Test]
    public async Task Complete_WithoutParts_TakesThoseOfTheServer()
    {
        var session = await Bucket.StartMultipartAsync("listed");
        await session.UploadPartAsync(2, TestContent.Bytes(10));
        await session.UploadPartAsync(1, TestContent.OtherBytes(PartSize));

        var parts = await session.ListPartsAsync().ToListAsync();
        await session.CompleteAsync();

        Assert.That(parts.Select(part => (part.PartNumber, part.SizeBytes)), Is.EqualTo([(1, (long)PartSize), (2, 10L)]));
        Assert.That((await Bucket.FindAsync("listed"))!.SizeBytes, Is.EqualTo(PartSize + 10));
    }

    [Test]
    public async Task Part_SentAgain_ReplacesTheFirst()
    {
        var session = await Bucket.StartMultipartAsync("again");
        await session.UploadPartAsync(1, TestContent.Bytes(100));
        var part = await session.UploadPartAsync(1, TestContent.OtherBytes(50));
        await session.CompleteAsync([part]);

        TestContent.AssertSame(await Bucket.ReadBytesAsync("again"), TestContent.OtherBytes(50).Span);
    }

    [Test]
    public async Task Resume_FromTheUploadId_GoesOn()
    {
        var started = await Bucket.StartMultipartAsync("resumed");
        await started.UploadPartAsync(1, All[..PartSize]);

        var resumed = Bucket.ResumeMultipart("resumed", started.UploadId);
        await resumed.UploadPartAsync(2, All.Slice(PartSize, 77));
        await resumed.CompleteAsync();

        Assert.That(resumed.UploadId, Is.EqualTo(started.UploadId));
        TestContent.AssertSame(await Bucket.ReadBytesAsync("resumed"), All[..(PartSize + 77)].Span);
    }

    [Test]
    public async Task CopyPart_WithARange_TakesJustThose()
    {
        await Bucket.PutAsync("source", All);
        var session = await Bucket.StartMultipartAsync("assembled");
        var source = new ObjectAddress(Bucket.BucketName, "source");
        var first = await session.CopyPartAsync(1, source, ObjectRange.Of(100, PartSize));
        var second = await session.UploadPartAsync(2, TestContent.OtherBytes(9));
        await session.CompleteAsync([first, second]);

        var bytes = await Bucket.ReadBytesAsync("assembled");
        TestContent.AssertSame(bytes.AsSpan(0, PartSize), All.Slice(100, PartSize).Span);
        TestContent.AssertSame(bytes.AsSpan(PartSize), TestContent.OtherBytes(9).Span);
    }

    [Test]
    public async Task Abort_LeavesNothing()
    {
        var session = await Bucket.StartMultipartAsync("aborted");
        await session.UploadPartAsync(1, TestContent.Bytes(100));

        await session.AbortAsync();

        Assert.That(await Bucket.ExistsAsync("aborted"), Is.False);
        Assert.That(await UploadsAsync("aborted"), Is.Empty);
        Assert.That(
            async () => await session.UploadPartAsync(2, TestContent.Bytes(1)),
            Throws.InstanceOf<S3ToolkitException>().With.Property(nameof(S3ToolkitException.ErrorCode)).EqualTo(S3ErrorCode.NoSuchUpload));
        await session.AbortAsync();
    }

    [Test]
    public async Task Complete_WithASmallPartInTheMiddle_SaysThatPartsAreTooSmall()
    {
        var session = await Bucket.StartMultipartAsync("too small");
        var first = await session.UploadPartAsync(1, TestContent.Bytes(100));
        var second = await session.UploadPartAsync(2, TestContent.Bytes(100));

        Assert.That(
            async () => await session.CompleteAsync([first, second]),
            Throws.TypeOf<S3ToolkitException>()
                .With.Property(nameof(S3ToolkitException.ErrorCode)).EqualTo(new S3ErrorCode("EntityTooSmall"))
                .And.Message.Contains("5 MiB"));
        await session.AbortAsync();
    }

    [TestCase(0)]
    [TestCase(10_001)]
    public async Task Part_NumberOutOfRange_IsTheCallersMistake(int number)
    {
        var session = await Bucket.StartMultipartAsync("numbers");

        Assert.That(async () => await session.UploadPartAsync(number, TestContent.Bytes(1)), Throws.InstanceOf<ArgumentException>());
        await session.AbortAsync();
    }

    [Test]
    public async Task ListUploads_InSmallPages_HasEachOnce()
    {
        var bucket = await NewBucketAsync();
        var sessions = new List<MultipartSession>();
        foreach (var key in new[] { "a", "a", "b", "c" }) sessions.Add(await bucket.StartMultipartAsync(key));

        var uploads = await bucket.ListUploadsAsync(new ListUploadsOptions { PageSize = 1 }).ToListAsync();
        var prefixed = await bucket.ListUploadsAsync(new ListUploadsOptions { Prefix = "a" }).ToListAsync();

        Assert.That(uploads.Select(upload => upload.Key), Is.EqualTo(["a", "a", "b", "c"]));
        Assert.That(uploads.Select(upload => upload.UploadId), Is.EquivalentTo(sessions.Select(session => session.UploadId)));
        Assert.That(prefixed, Has.Count.EqualTo(2));
    }

    // Pain 15.
    [Test]
    public async Task AbortStaleUploads_OlderThanAnHour_SparesTheYoung()
    {
        var bucket = await NewBucketAsync();
        var session = await bucket.StartMultipartAsync("a");

        Assert.That(await bucket.AbortStaleUploadsAsync(TimeSpan.FromHours(1)), Is.Empty);

        var later = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TimeProvider.System.GetUtcNow().AddHours(2));
        var aborted = await bucket.AbortStaleUploadsAsync(TimeSpan.FromHours(1), timeProvider: later);
        Assert.That(aborted.Select(upload => upload.UploadId), Is.EqualTo([session.UploadId]));
        Assert.That(await bucket.ListUploadsAsync().ToListAsync(), Is.Empty);
    }

    private async Task<List<string>> UploadsAsync(string key) =>
        await Bucket.ListUploadsAsync(new ListUploadsOptions { Prefix = key }).Select(upload => upload.UploadId).ToListAsync();
}
