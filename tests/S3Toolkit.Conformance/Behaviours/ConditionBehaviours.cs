namespace S3Toolkit.Conformance;

public abstract class ConditionBehaviours(Func<Task<IStoreUnderTest>> open) : StoreBehaviours(open)
{
    [Test]
    public async Task OnlyIfAbsent_SecondWriter_FailsAndChangesNothing()
    {
        Need(Store.Capabilities.ConditionalWrites, "conditional writes");
        await Bucket.Upload("once").OnlyIfAbsent().FromMemoryAsync(TestContent.Bytes(10));

        Assert.That(
            async () => await Bucket.Upload("once").OnlyIfAbsent().FromMemoryAsync(TestContent.OtherBytes(20)),
            Throws.TypeOf<PreconditionFailedException>().With.Property(nameof(S3ToolkitException.Key)).EqualTo("once"));
        TestContent.AssertSame(await Bucket.ReadBytesAsync("once"), TestContent.Bytes(10).Span);
    }

    [Test]
    public async Task OnlyIfAbsent_ManyAtOnce_OneWins()
    {
        Need(Store.Capabilities.ConditionalWrites, "conditional writes");
        var wins = await Task.WhenAll(Enumerable.Range(0, 16).Select(async i =>
        {
            try
            {
                await Bucket.PutAsync("race", TestContent.Bytes(100 + i), new PutObjectOptions { OnlyIfAbsent = true });
                return i;
            }
            catch (PreconditionFailedException)
            {
                return -1;
            }
        }));

        var winner = wins.Where(i => i >= 0).ToList();
        Assert.That(winner, Has.Count.EqualTo(1));
        Assert.That((await Bucket.FindAsync("race"))!.SizeBytes, Is.EqualTo(100 + winner[0]));
    }

    [Test]
    public async Task OnlyIfAbsent_OfALargeBody_IsCheckedToo()
    {
        Need(Store.Capabilities.ConditionalWrites, "conditional writes");
        await Bucket.PutAsync("large once", TestContent.Bytes(10));
        var small = new TransferOptions { PartSizeBytes = TransferOptions.MinPartSizeBytes, MultipartThresholdBytes = 1 };

        Assert.That(
            async () => await Bucket.Upload("large once").OnlyIfAbsent().WithTransfers(small).FromMemoryAsync(TestContent.Bytes(6_000_000)),
            Throws.TypeOf<PreconditionFailedException>());
        Assert.That((await Bucket.FindAsync("large once"))!.SizeBytes, Is.EqualTo(10));
        Assert.That(await Bucket.ListUploadsAsync().ToListAsync(), Is.Empty, "no parts stay behind");
    }

    [Test]
    public async Task OnlyIfMatch_RightETag_Replaces()
    {
        Need(Store.Capabilities.ConditionalWrites, "conditional writes");
        var first = await Bucket.PutAsync("swap", TestContent.Bytes(10));

        await Bucket.Upload("swap").OnlyIfMatch(first.ETag!.Value).FromMemoryAsync(TestContent.OtherBytes(11));

        Assert.That(
            async () => await Bucket.Upload("swap").OnlyIfMatch(first.ETag!.Value).FromMemoryAsync(TestContent.Bytes(12)),
            Throws.TypeOf<PreconditionFailedException>());
        TestContent.AssertSame(await Bucket.ReadBytesAsync("swap"), TestContent.OtherBytes(11).Span);
    }

    [Test]
    public async Task OnlyIfMatch_MissingObject_CreatesNothing()
    {
        Need(Store.Capabilities.ConditionalWrites, "conditional writes");
        Assert.That(
            async () => await Bucket.Upload("not there").OnlyIfMatch("d41d8cd98f00b204e9800998ecf8427e").FromMemoryAsync(
                TestContent.Bytes(1)),
            Throws.TypeOf<ObjectNotFoundException>().Or.TypeOf<PreconditionFailedException>());
        Assert.That(await Bucket.ExistsAsync("not there"), Is.False);
    }

    [Test]
    public void OnlyIfAbsentAndOnlyIfMatch_Together_AreTheCallersMistake() => Assert.That(
        async () => await Bucket.Upload("both").OnlyIfAbsent().OnlyIfMatch("x").FromMemoryAsync(TestContent.Bytes(1)),
        Throws.ArgumentException);

    [Test]
    public async Task Get_OnlyIfMatch_RefusesAnotherContent()
    {
        var put = await Bucket.PutAsync("read if", TestContent.Bytes(10));

        TestContent.AssertSame(await Bucket.Download("read if").OnlyIfMatch(put.ETag!.Value).ToArrayAsync(), TestContent.Bytes(10).Span);
        Assert.That(
            async () => await Bucket.Download("read if").OnlyIfMatch("0123").ToArrayAsync(),
            Throws.TypeOf<PreconditionFailedException>());
        Assert.That(
            async () => await Bucket.FindAsync("read if", new FindObjectOptions { OnlyIfMatch = "0123" }),
            Throws.TypeOf<PreconditionFailedException>());
    }

    [Test]
    public async Task Get_OnlyIfNoneMatch_SaysNotModified()
    {
        var put = await Bucket.PutAsync("cached", TestContent.Bytes(10));

        await using var same = await Bucket.GetAsync("cached", new GetObjectOptions { OnlyIfNoneMatch = put.ETag });
        await using var other = await Bucket.GetAsync("cached", new GetObjectOptions { OnlyIfNoneMatch = "0123" });

        Assert.That(same.IsNotModified, Is.True);
        Assert.That(await same.ReadAllBytesAsync(), Is.Empty);
        Assert.That(other.IsNotModified, Is.False);
        TestContent.AssertSame(await other.ReadAllBytesAsync(), TestContent.Bytes(10).Span);
        Assert.That(await Bucket.FindAsync("cached", new FindObjectOptions { OnlyIfNoneMatch = put.ETag }), Is.Null);
    }

    [Test]
    public async Task Get_ByTime_IsModifiedOrNot()
    {
        await Bucket.PutAsync("timed", TestContent.Bytes(10));
        var changed = (await Bucket.FindAsync("timed"))!.LastModified!.Value;

        await using var since = await Bucket.GetAsync("timed", new GetObjectOptions { OnlyIfModifiedSince = changed });
        await using var before = await Bucket.GetAsync("timed", new GetObjectOptions { OnlyIfModifiedSince = changed.AddHours(-1) });

        Assert.That(since.IsNotModified, Is.True);
        Assert.That(before.IsNotModified, Is.False);
        Assert.That(
            async () => await Bucket.GetAsync("timed", new GetObjectOptions { OnlyIfUnmodifiedSince = changed.AddHours(-1) }),
            Throws.TypeOf<PreconditionFailedException>());
    }

    [Test]
    public async Task Delete_OnlyIfMatch_KeepsAnotherContent()
    {
        Need(Store.Capabilities.ConditionalWrites, "conditional writes");
        var put = await Bucket.PutAsync("delete if", TestContent.Bytes(10));

        Assert.That(
            async () => await Bucket.DeleteAsync("delete if", new DeleteObjectOptions { OnlyIfMatch = "0123" }),
            Throws.TypeOf<PreconditionFailedException>());
        Assert.That(await Bucket.ExistsAsync("delete if"), Is.True);

        await Bucket.DeleteAsync("delete if", new DeleteObjectOptions { OnlyIfMatch = put.ETag });
        Assert.That(await Bucket.ExistsAsync("delete if"), Is.False);
    }

    [Test]
    public async Task DeleteMany_WithETags_ReportsTheOneThatChanged()
    {
        Need(Store.Capabilities.ConditionalWrites, "conditional writes");
        var kept = await Bucket.PutAsync("etag/kept", TestContent.Bytes(1));
        var gone = await Bucket.PutAsync("etag/gone", TestContent.Bytes(2));

        var results = await Bucket.DeleteManyAsync(
            [new ObjectIdentifier("etag/kept", ETag: gone.ETag), new ObjectIdentifier("etag/gone", ETag: gone.ETag)]).ToListAsync();

        Assert.That(kept.ETag, Is.Not.EqualTo(gone.ETag));
        Assert.That(results.Single(result => result.Key == "etag/kept").Failure?.ErrorCode, Is.EqualTo(S3ErrorCode.PreconditionFailed));
        Assert.That(results.Single(result => result.Key == "etag/gone").IsSuccess, Is.True);
        Assert.That(await KeysAsync(Bucket, "etag/"), Is.EqualTo(["etag/kept"]));
    }
}
