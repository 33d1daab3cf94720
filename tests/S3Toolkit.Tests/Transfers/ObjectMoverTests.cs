using Moq;
using S3Toolkit.Server;
using S3Toolkit.Tests.Pains;

namespace S3Toolkit.Tests.Transfers;

[TestFixture]
internal sealed class ObjectMoverTests
{
    private const int MiB = 1024 * 1024;

    [Test]
    public async Task MoveAsync_Object_IsAtItsNewKeyWithAllThatItHas()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        var put = new PutObjectOptions
        {
            ContentType = "text/html",
            Metadata = new Dictionary<string, string> { ["by"] = "anna" },
            Tags = new Dictionary<string, string> { ["year"] = "2026" },
            StorageClass = StorageClass.StandardInfrequentAccess,
            WebsiteRedirectLocation = "/elsewhere",
        };
        await pain.Bucket.PutAsync("old", "content"u8.ToArray(), put);

        var moved = await pain.Bucket.MoveAsync("old", "new");

        Assert.That(await pain.Bucket.ExistsAsync("old"), Is.False);
        Assert.That(await pain.Bucket.ReadTextAsync("new"), Is.EqualTo("content"));
        var found = (await pain.Bucket.FindAsync("new"))!;
        Assert.That(
            (found.ContentType, found.Metadata["by"], found.StorageClass, found.WebsiteRedirectLocation),
            Is.EqualTo((put.ContentType, "anna", put.StorageClass.Value, put.WebsiteRedirectLocation)));
        Assert.That(await pain.Bucket.GetTagsAsync("new"), Is.EqualTo(put.Tags));
        Assert.That((moved.Key, moved.ETag), Is.EqualTo(("new", found.ETag)));
    }

    [Test]
    public async Task MoveAsync_AboveTheLimit_IsCopiedInParts()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        var content = TransferBench.Bytes(12 * MiB);
        await pain.Bucket.PutAsync("old", content);
        var transfers = new TransferOptions { CopyThresholdBytes = 5 * MiB, CopyPartSizeBytes = 5 * MiB };

        await pain.Bucket.MoveAsync("old", "new", new MoveObjectOptions { Transfers = transfers });

        Assert.That(pain.Count("UploadPartCopy"), Is.EqualTo(3));
        Assert.That(await pain.Bucket.ExistsAsync("old"), Is.False);
        Assert.That((await pain.Bucket.ReadBytesAsync("new")).AsSpan().SequenceEqual(content), Is.True);
    }

    [Test]
    public async Task MoveAsync_DestinationExists_LosesNeither()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        await pain.Bucket.PutAsync("old", "source"u8.ToArray());
        await pain.Bucket.PutAsync("new", "there"u8.ToArray());

        Assert.That(async () => await pain.Bucket.MoveAsync("old", "new"), Throws.TypeOf<PreconditionFailedException>());
        Assert.That(await pain.Bucket.ReadTextAsync("old"), Is.EqualTo("source"));
        Assert.That(await pain.Bucket.ReadTextAsync("new"), Is.EqualTo("there"));

        await pain.Bucket.MoveAsync("old", "new", new MoveObjectOptions { Overwrite = true });
        Assert.That(await pain.Bucket.ReadTextAsync("new"), Is.EqualTo("source"));
        Assert.That(await pain.Bucket.ExistsAsync("old"), Is.False);
    }

    [Test]
    public async Task MoveAsync_MissingOrOntoItself_IsRefused()
    {
        await using var pain = await EmbeddedPain.StartAsync();

        Assert.That(
            async () => await pain.Bucket.MoveAsync("none", "new"), Throws.TypeOf<ObjectNotFoundException>().With.Message.Contains("none"));
        Assert.That(async () => await pain.Bucket.MoveAsync("a", "a"), Throws.ArgumentException);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task MoveAsync_ProviderIgnoresConditions_IsRefusedBeforeAnyRequest(bool overwrite)
    {
        await using var pain = await EmbeddedPain.StartAsync(
            static options => options.Provider = S3ProviderProfiles.Generic with { Name = "old", SupportsConditionalWrites = false });

        Assert.That(
            async () => await pain.Bucket.MoveAsync("a", "b", new MoveObjectOptions { Overwrite = overwrite }),
            Throws.InstanceOf<NotSupportedException>().With.Message.Contains("'old' ignores conditions"));
        Assert.That(pain.Server.Requests, Is.Empty);
    }

    [TestCase(false, false)]
    [TestCase(false, true)]
    [TestCase(true, false)]
    [TestCase(true, true)]
    public async Task MoveAsync_ManyMovers_OneWinsAndNothingIsLost(bool sameDestination, bool versions)
    {
        await using var pain = await EmbeddedPain.StartAsync();
        if (versions) await pain.Buckets.SetVersioningAsync(EmbeddedPain.BucketName, BucketVersioningState.Enabled);
        for (var round = 0; round < 10; round++)
        {
            await pain.Bucket.PutAsync($"{round}/old", "content"u8.ToArray());

            var won = await Task.WhenAll(Enumerable.Range(0, 6).Select(
                mover => TryAsync(pain.Bucket, $"{round}/old", $"{round}/new{(sameDestination ? 0 : mover)}", overwrite: false)));

            Assert.That(won.Count(static key => key is not null), Is.EqualTo(1), $"round {round}");
            Assert.That(await pain.Bucket.ReadTextAsync(won.Single(static key => key is not null)!), Is.EqualTo("content"));
            Assert.That(await pain.Bucket.ExistsAsync($"{round}/old"), Is.False);
            if (versions) Assert.That(await pain.Bucket.ListObjectsAsync($"{round}/").CountAsync(), Is.EqualTo(1), "losers clear up");
        }
    }

    [Test]
    public async Task MoveAsync_MoversThatOverwrite_KeepTheContentAtTheDestination()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        for (var round = 0; round < 10; round++)
        {
            await pain.Bucket.PutAsync($"{round}/old", "content"u8.ToArray());

            var won = await Task.WhenAll(Enumerable.Range(0, 6).Select(
                mover => TryAsync(pain.Bucket, $"{round}/old", $"{round}/new", overwrite: mover % 2 == 0)));

            Assert.That(won.Count(static key => key is not null), Is.LessThanOrEqualTo(1), $"round {round}");
            Assert.That(await pain.Bucket.ReadTextAsync($"{round}/new"), Is.EqualTo("content"));
        }
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task MoveAsync_SourceChangesMeanwhile_StaysAsItIsNow(bool versions)
    {
        await using var pain = await EmbeddedPain.StartAsync();
        if (versions) await pain.Buckets.SetVersioningAsync(EmbeddedPain.BucketName, BucketVersioningState.Enabled);
        await pain.Bucket.PutAsync("old", "first"u8.ToArray());
        var change = new OnReport(() => pain.Bucket.PutAsync("old", "second"u8.ToArray()).GetAwaiter().GetResult());

        Assert.That(
            async () => await pain.Bucket.MoveAsync("old", "new", new MoveObjectOptions { Progress = change }),
            Throws.TypeOf<PreconditionFailedException>().With.Message.Contains("it changed meanwhile, and stays")
                .And.Message.Contains(versions ? "The copy was removed again" : "The copy is at s3://pains/new"));

        Assert.That(await pain.Bucket.ReadTextAsync("old"), Is.EqualTo("second"));
        Assert.That(await pain.Bucket.ExistsAsync("new"), Is.EqualTo(!versions));
    }

    [Test]
    public async Task MoveAsync_CopyIsOverwrittenMeanwhile_KeepsTheSource()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        await pain.Bucket.PutAsync("old", "first"u8.ToArray());
        var change = new OnReport(() => pain.Bucket.PutAsync("new", "other"u8.ToArray()).GetAwaiter().GetResult());

        Assert.That(
            async () => await pain.Bucket.MoveAsync("old", "new", new MoveObjectOptions { Progress = change }),
            Throws.TypeOf<PreconditionFailedException>().With.Message.Contains("overwritten or deleted"));

        Assert.That(await pain.Bucket.ReadTextAsync("old"), Is.EqualTo("first"));
        Assert.That(await pain.Bucket.ReadTextAsync("new"), Is.EqualTo("other"));
    }

    [Test]
    public async Task MoveAsync_AnswerToTheDeleteIsLost_HasMoved()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        await pain.Bucket.PutAsync("old", "content"u8.ToArray());
        pain.Strike("DeleteObject", S3Fault.ResetAfterCommit(), times: 1);

        await pain.Bucket.MoveAsync("old", "new");

        Assert.That(pain.Count("DeleteObject"), Is.EqualTo(2));
        Assert.That(await pain.Bucket.ExistsAsync("old"), Is.False);
        Assert.That(await pain.Bucket.ReadTextAsync("new"), Is.EqualTo("content"));
    }

    [Test]
    public void MoveAsync_CopyHasOtherBytes_KeepsTheSource()
    {
        var store = new Mock<IObjectStore>(MockBehavior.Strict);
        var source = new ObjectInfo { BucketName = "bucket", Key = "old", SizeBytes = 5, ETag = "e" };
        store.SetupGet(static mock => mock.BucketName).Returns("bucket");
        store.Setup(static mock => mock.FindAsync("old", It.IsAny<FindObjectOptions>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(source);
        store.Setup(static mock => mock.FindAsync("new", It.IsAny<FindObjectOptions>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(source with { Key = "new", SizeBytes = 4 });
        store.Setup(static mock => mock.CopyAsync(
                new ObjectAddress("bucket", "old", null), "new", It.IsAny<CopyObjectOptions>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(source with { Key = "new" });

        // The strict mock would not take a delete.
        Assert.That(
            async () => await store.Object.MoveAsync("old", "new"),
            Throws.TypeOf<ContentCorruptedException>().With.Message.Contains("4 bytes"));
    }

    private static async Task<string?> TryAsync(IObjectStore store, string key, string destinationKey, bool overwrite)
    {
        try
        {
            await store.MoveAsync(key, destinationKey, new MoveObjectOptions { Overwrite = overwrite });
            return destinationKey;
        }
        catch (S3ToolkitException error) when (error is PreconditionFailedException or ObjectNotFoundException)
        {
            return null;
        }
    }

    private sealed class OnReport(Action action) : IProgress<TransferProgress>
    {
        public void Report(TransferProgress value) => action();
    }
}
