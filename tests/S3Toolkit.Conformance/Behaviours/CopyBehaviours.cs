namespace S3Toolkit.Conformance;

public abstract class CopyBehaviours(Func<Task<IStoreUnderTest>> open) : StoreBehaviours(open)
{
    private static readonly TransferOptions InParts =
        new() { CopyThresholdBytes = 1, CopyPartSizeBytes = TransferOptions.MinPartSizeBytes };

    [TestCase(0)]
    [TestCase(1000)]
    public async Task Copy_WithoutOptions_KeepsEverything(int size)
    {
        await SourceAsync("full", size);

        var copy = await Bucket.CopyAsync("full", "full copy");

        await AssertKeptAsync("full copy", size);
        Assert.That(copy.Key, Is.EqualTo("full copy"));
        Assert.That(copy.ETag, Is.EqualTo((await Bucket.FindAsync("full"))!.ETag));
    }

    [Test]
    public async Task Copy_InParts_KeepsEverythingToo()
    {
        const int Size = 11 * 1024 * 1024;
        await SourceAsync("large", Size);
        var progress = new RecordingProgress();

        var copy = await Bucket.CopyAsync(
            new ObjectAddress(Bucket.BucketName, "large"),
            "large copy",
            new CopyObjectOptions { Transfers = InParts, Progress = progress });

        await AssertKeptAsync("large copy", Size);
        Assert.That(copy.ETag?.PartCount, Is.EqualTo(3));
        Assert.That(progress.Reports[^1], Is.EqualTo(new TransferProgress(Size, Size)));
        Assert.That(progress.Reports.Select(report => report.TransferredBytes), Is.Ordered);
    }

    [Test]
    public async Task Copy_WithMetadata_ReplacesIt()
    {
        await SourceAsync("old", 10);

        await Bucket.CopyAsync(new ObjectAddress(Bucket.BucketName, "old"), "new", new CopyObjectOptions
        {
            ContentType = "text/new",
            Metadata = new Dictionary<string, string> { ["fresh"] = "yes" },
        });

        var info = (await Bucket.FindAsync("new"))!;
        Assert.That(info.ContentType, Is.EqualTo("text/new"));
        Assert.That(info.Metadata, Is.EquivalentTo(new Dictionary<string, string> { ["fresh"] = "yes" }));
        Assert.That(info.CacheControl, Is.EqualTo("max-age=1"), "headers that are not set are kept");
        Assert.That(
            await Bucket.GetTagsAsync("new"),
            Is.EquivalentTo(new Dictionary<string, string> { ["source"] = "tag" }),
            "tags are kept");
    }

    [Test]
    public async Task Copy_WithTags_ReplacesThemOnly()
    {
        await SourceAsync("tagged", 10);

        await Bucket.CopyAsync(new ObjectAddress(Bucket.BucketName, "tagged"), "retagged", new CopyObjectOptions
        {
            Tags = new Dictionary<string, string> { ["fresh"] = "a=b +c" },
        });

        Assert.That(await Bucket.GetTagsAsync("retagged"), Is.EquivalentTo(new Dictionary<string, string> { ["fresh"] = "a=b +c" }));
        Assert.That(
            (await Bucket.FindAsync("retagged"))!.Metadata,
            Is.EquivalentTo(new Dictionary<string, string> { ["source"] = "metadata" }));
    }

    [Test]
    public async Task Copy_OntoItself_ChangesMetadata()
    {
        await SourceAsync("self", 10);

        await Bucket.CopyAsync(
            new ObjectAddress(Bucket.BucketName, "self"), "self", new CopyObjectOptions { ContentType = "text/changed" });

        Assert.That((await Bucket.FindAsync("self"))!.ContentType, Is.EqualTo("text/changed"));
        TestContent.AssertSame(await Bucket.ReadBytesAsync("self"), TestContent.Bytes(10).Span);
    }

    [Test]
    public async Task Copy_OntoItselfUnchanged_IsRefused()
    {
        await SourceAsync("same", 10);

        Assert.That(
            async () => await Bucket.CopyAsync("same", "same"),
            Throws.TypeOf<S3ToolkitException>().With.Property(nameof(S3ToolkitException.ErrorCode)).EqualTo(
                new S3ErrorCode("InvalidRequest")));
    }

    [Test]
    public async Task Copy_FromAnotherBucket_Works()
    {
        var other = await NewBucketAsync();
        await other.PutAsync("dir/a b+c.txt", TestContent.Bytes(77));

        await Bucket.CopyAsync(new ObjectAddress(other.BucketName, "dir/a b+c.txt"), "from elsewhere");

        TestContent.AssertSame(await Bucket.ReadBytesAsync("from elsewhere"), TestContent.Bytes(77).Span);
    }

    [Test]
    public void Copy_MissingSource_SaysSo() => Assert.That(
        async () => await Bucket.CopyAsync("no such source", "copy of nothing"),
        Throws.TypeOf<ObjectNotFoundException>());

    [Test]
    public async Task Copy_OnlyIfSourceMatch_RefusesAnotherContent([Values] bool inParts)
    {
        await SourceAsync("source if", 6_000_000);
        var options = new CopyObjectOptions { OnlyIfSourceMatch = "0123", Transfers = inParts ? InParts : null };

        Assert.That(
            async () => await Bucket.CopyAsync(new ObjectAddress(Bucket.BucketName, "source if"), "copy if", options),
            Throws.TypeOf<PreconditionFailedException>());
        Assert.That(await Bucket.ExistsAsync("copy if"), Is.False);
        Assert.That(await Bucket.ListUploadsAsync().ToListAsync(), Is.Empty);
    }

    [Test]
    public async Task Copy_OfAVersion_HasItsContent()
    {
        var bucket = await NewVersionedBucketAsync();
        var first = await bucket.PutAsync("v", TestContent.Bytes(10));
        await bucket.PutAsync("v", TestContent.OtherBytes(20));

        await bucket.CopyAsync(new ObjectAddress(bucket.BucketName, "v", first.VersionId), "restored");

        TestContent.AssertSame(await bucket.ReadBytesAsync("restored"), TestContent.Bytes(10).Span);
    }

    private Task<ObjectInfo> SourceAsync(string key, int size) => Bucket.PutAsync(key, TestContent.Bytes(size), new PutObjectOptions
    {
        ContentType = "text/source",
        CacheControl = "max-age=1",
        ContentLanguage = "en",
        Metadata = new Dictionary<string, string> { ["source"] = "metadata" },
        Tags = new Dictionary<string, string> { ["source"] = "tag" },
    });

    private async Task AssertKeptAsync(string key, int size)
    {
        var info = (await Bucket.FindAsync(key))!;
        TestContent.AssertSame(await Bucket.ReadBytesAsync(key), TestContent.Bytes(size).Span);
        Assert.That(info.ContentType, Is.EqualTo("text/source"));
        Assert.That(info.CacheControl, Is.EqualTo("max-age=1"));
        Assert.That(info.ContentLanguage, Is.EqualTo("en"));
        Assert.That(info.Metadata, Is.EquivalentTo(new Dictionary<string, string> { ["source"] = "metadata" }));
        Assert.That(await Bucket.GetTagsAsync(key), Is.EquivalentTo(new Dictionary<string, string> { ["source"] = "tag" }));
    }
}
