using Amazon;

namespace S3Toolkit.Tests.Pains;

/// <summary>Pains 22 and 23: null collections, quoted ETags.</summary>
[TestFixture]
internal sealed class NullAndQuoteTests
{
    // Pain 22: v4 of the SDK gives null for every empty list.
    [Test]
    public async Task Collections_OfEmptyAnswers_AreEmptyAndTheSdksSettingIsLeftAlone()
    {
        var before = AWSConfigs.InitializeCollections;
        await using var pain = await EmbeddedPain.StartAsync();
        await pain.Bucket.PutAsync("k", PainContent.Bytes(1));

        Assert.That((await pain.Bucket.FindAsync("k"))!.Metadata, Is.Not.Null.And.Empty);
        Assert.That(await pain.Bucket.GetTagsAsync("k"), Is.Not.Null.And.Empty);
        Assert.That(await pain.Buckets.GetTagsAsync(EmbeddedPain.BucketName), Is.Not.Null.And.Empty);
        Assert.That(await pain.Bucket.ListAsync(new ListObjectsOptions { Prefix = "none" }).ToListAsync(), Is.Empty);
        Assert.That(await pain.Bucket.ListVersionsAsync(new ListVersionsOptions { Prefix = "none" }).ToListAsync(), Is.Empty);
        Assert.That(await pain.Bucket.ListUploadsAsync().ToListAsync(), Is.Empty);
        Assert.That(await (await pain.Bucket.StartMultipartAsync("m")).ListPartsAsync().ToListAsync(), Is.Empty);
        Assert.That(await pain.Buckets.ListAsync(new ListBucketsOptions { Prefix = "none" }).ToListAsync(), Is.Empty);
        Assert.That((await pain.Bucket.PresignGetAsync("k", TimeSpan.FromMinutes(1))).RequiredHeaders, Is.Not.Null.And.Empty);
        Assert.That(new PutObjectOptions().Metadata, Is.Empty);
        Assert.That(AWSConfigs.InitializeCollections, Is.EqualTo(before));
    }

    // Pain 23: the same object has the same ETag whichever call tells it, and it can be sent back as it is.
    [Test]
    public async Task ETag_FromEveryCall_IsUnquotedAndEqual()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        var put = (await pain.Bucket.PutAsync("k", PainContent.Bytes(9))).ETag!.Value;
        var found = (await pain.Bucket.FindAsync("k"))!.ETag!.Value;
        var listed = (await pain.Bucket.ListObjectsAsync().SingleAsync()).ETag!.Value;
        var copied = (await pain.Bucket.CopyAsync("k", "copy")).ETag!.Value;
        await using var reader = await pain.Bucket.GetAsync("k");

        Assert.That(new[] { found, listed, copied, reader.Info.ETag!.Value }, Is.All.EqualTo(put));
        Assert.That(put.Value, Does.Match("^[0-9a-f]{32}$"));
        Assert.That(put.ToHeader(), Is.EqualTo($"\"{put.Value}\""));
        Assert.That(new ETag($"\"{put.Value}\""), Is.EqualTo(put));
        await pain.Bucket.Upload("k").OnlyIfMatch(put).FromTextAsync("changed");
    }
}
