namespace S3Toolkit.Conformance;

public abstract class StreamBehaviours(Func<Task<IStoreUnderTest>> open) : StoreBehaviours(open)
{
    private const int MiB = 1024 * 1024;

    [Test]
    public async Task Open_SeeksAndReads_GivesTheBytesOfEachPlace()
    {
        await Bucket.PutAsync("seek", TestContent.Bytes(3 * MiB));

        await using var stream = await Bucket.OpenAsync("seek");
        var read = new byte[1000];
        foreach (var position in (int[])[0, 2 * MiB, MiB, (3 * MiB) - 1000])
        {
            stream.Position = position;
            await stream.ReadExactlyAsync(read);
            TestContent.AssertSame(read, TestContent.Bytes(3 * MiB).Span.Slice(position, read.Length));
        }

        Assert.That(stream.Length, Is.EqualTo(3 * MiB));
        Assert.That(await stream.ReadAsync(read), Is.Zero);
    }

    [Test]
    public async Task Open_ObjectIsOverwritten_IsAFailedPrecondition()
    {
        await Bucket.PutAsync("changes", TestContent.Bytes(100));
        await using var stream = await Bucket.OpenAsync("changes");
        await Bucket.PutAsync("changes", TestContent.OtherBytes(100));

        Assert.That(async () => await stream.ReadAsync(new byte[10]), Throws.TypeOf<PreconditionFailedException>());
        Assert.That(async () => await Bucket.OpenAsync("missing"), Throws.TypeOf<ObjectNotFoundException>());
    }

    [Test]
    public async Task ReadRanges_Several_AreInTheOrderAsked()
    {
        await Bucket.PutAsync("ranges", TestContent.Bytes(MiB));

        using var read = await Bucket.ReadRangesAsync(
            "ranges",
            [ObjectRange.Of(500_000, 10), ObjectRange.Of(0, 20), ObjectRange.Last(5)],
            new ReadRangesOptions { MaxGapBytes = 1000 });

        TestContent.AssertSame(read[0].Span, TestContent.Bytes(MiB).Span.Slice(500_000, 10));
        TestContent.AssertSame(read[1].Span, TestContent.Bytes(MiB).Span[..20]);
        TestContent.AssertSame(read[2].Span, TestContent.Bytes(MiB).Span[^5..]);
    }

    [TestCase(0)]
    [TestCase(1000)]
    [TestCase(18 * MiB)]
    public async Task OpenWrite_Committed_IsAnObject(int length)
    {
        await using var writer = await Bucket.OpenWriteAsync($"written-{length}");
        await writer.WriteAsync(TestContent.Bytes(length));
        var info = await writer.CommitAsync();

        Assert.That(info.SizeBytes, Is.EqualTo(length));
        TestContent.AssertSame(await Bucket.ReadBytesAsync($"written-{length}"), TestContent.Bytes(length).Span);
    }

    [Test]
    public async Task OpenWrite_NotCommitted_LeavesNothing()
    {
        var bucket = await NewBucketAsync();
        await using (var writer = await bucket.OpenWriteAsync("none")) await writer.WriteAsync(TestContent.Bytes(18 * MiB));

        Assert.That(await bucket.ExistsAsync("none"), Is.False);
        Assert.That(await bucket.ListUploadsAsync().CountAsync(), Is.Zero);
    }

    [Test]
    public async Task Move_Object_IsAtItsNewKeyOnly()
    {
        Need(Store.Capabilities.ConditionalWrites, "conditional writes");
        await Bucket.Upload("move-from").WithMetadata("by", "anna").FromMemoryAsync(TestContent.Bytes(100));

        await Bucket.MoveAsync("move-from", "move-to");

        Assert.That(await Bucket.ExistsAsync("move-from"), Is.False);
        TestContent.AssertSame(await Bucket.ReadBytesAsync("move-to"), TestContent.Bytes(100).Span);
        Assert.That((await Bucket.FindAsync("move-to"))!.Metadata["by"], Is.EqualTo("anna"));
    }

    [Test]
    public async Task Move_DestinationExists_ChangesNothing()
    {
        Need(Store.Capabilities.ConditionalWrites, "conditional writes");
        await Bucket.PutAsync("stays-from", TestContent.Bytes(100));
        await Bucket.PutAsync("stays-to", TestContent.OtherBytes(50));

        Assert.That(async () => await Bucket.MoveAsync("stays-from", "stays-to"), Throws.TypeOf<PreconditionFailedException>());

        TestContent.AssertSame(await Bucket.ReadBytesAsync("stays-from"), TestContent.Bytes(100).Span);
        TestContent.AssertSame(await Bucket.ReadBytesAsync("stays-to"), TestContent.OtherBytes(50).Span);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task List_BySeveralRequests_GivesEachKeyOnce(bool inAnyOrder)
    {
        var bucket = await NewBucketAsync();
        var keys = Enumerable.Range(0, 120).Select(static number => $"k/{number:D4}").ToList();
        await Task.WhenAll(keys.Select(key => bucket.PutAsync(key, TestContent.Bytes(1))));

        var listed = await bucket.ListAsync(new ListObjectsOptions { MaxConcurrency = 4, PageSize = 5, InAnyOrder = inAnyOrder })
            .Select(static entry => entry.Name).ToListAsync();

        Assert.That(listed, inAnyOrder ? Is.EquivalentTo(keys) : Is.EqualTo(keys));
    }
}
