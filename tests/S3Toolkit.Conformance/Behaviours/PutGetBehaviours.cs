using System.Security.Cryptography;

namespace S3Toolkit.Conformance;

public abstract class PutGetBehaviours(Func<Task<IStoreUnderTest>> open) : StoreBehaviours(open)
{
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(1000)]
    [TestCase((64 * 1024) - 1)]
    [TestCase(64 * 1024)]
    [TestCase((64 * 1024) + 1)]
    [TestCase(1_000_000)]
    public async Task Put_AnySize_ReadsBackTheSameBytes(int size)
    {
        var key = $"size/{size}";
        var content = TestContent.Bytes(size);

        var put = await Bucket.PutAsync(key, content);
        var found = await Bucket.FindAsync(key);
        await using var reader = await Bucket.GetAsync(key);
        var bytes = await reader.ReadAllBytesAsync();

        TestContent.AssertSame(bytes, content.Span);
        var md5 = Convert.ToHexStringLower(MD5.HashData(content.Span));
        Assert.That(put.ETag?.Value, Is.EqualTo(md5));
        Assert.That(put.SizeBytes, Is.EqualTo(size));
        Assert.That(put.BucketName, Is.EqualTo(Bucket.BucketName));
        Assert.That(put.Key, Is.EqualTo(key));
        Assert.That(found!.ETag, Is.EqualTo(put.ETag));
        Assert.That(found.SizeBytes, Is.EqualTo(size));
        Assert.That(found.LastModified, Is.Not.Null);
        Assert.That(reader.Info.ETag, Is.EqualTo(put.ETag));
        Assert.That(reader.Info.SizeBytes, Is.EqualTo(size));
        Assert.That(reader.ContentLengthBytes, Is.EqualTo(size));
        Assert.That(reader.Range, Is.Null);
    }

    [Test]
    public async Task Get_ReadToItsEnd_IsVerified()
    {
        await Bucket.PutAsync("verified", TestContent.Bytes(5000));

        await using var reader = await Bucket.GetAsync("verified");
        Assert.That(reader.Verification, Is.EqualTo(ContentVerification.Pending));
        await reader.ReadAllBytesAsync();

        Assert.That(reader.Verification, Is.EqualTo(ContentVerification.FullObject).Or.EqualTo(ContentVerification.ETagMd5));
    }

    [Test]
    public async Task Get_WithRequiredVerification_ReadsAWholeObject()
    {
        await Bucket.PutAsync("required", TestContent.Bytes(5000));

        var bytes = await Bucket.Download("required").RequireVerification().ToArrayAsync();

        TestContent.AssertSame(bytes, TestContent.Bytes(5000).Span);
    }

    [Test]
    public async Task Put_Again_Replaces()
    {
        var first = await Bucket.PutAsync("replaced", TestContent.Bytes(100));
        var second = await Bucket.PutAsync("replaced", TestContent.OtherBytes(50));

        TestContent.AssertSame(await Bucket.ReadBytesAsync("replaced"), TestContent.OtherBytes(50).Span);
        Assert.That(second.ETag, Is.Not.EqualTo(first.ETag));
    }

    [Test]
    public async Task Put_ByManyAtOnce_KeepsEachObject()
    {
        await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Bucket.PutAsync($"many/{i}", TestContent.Bytes(100 + i))));

        var read = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Bucket.ReadBytesAsync($"many/{i}")));

        Assert.That(read.Select(bytes => bytes.Length), Is.EqualTo(Enumerable.Range(100, 64)));
    }

    [Test]
    public async Task Text_UnicodeOfAllPlanes_ReadsBack()
    {
        const string Text = "naïve café ☕ \U0001F600\n日本語";

        await Bucket.PutAsync("text", ObjectContent.FromText(Text));

        Assert.That(await Bucket.ReadTextAsync("text"), Is.EqualTo(Text));
        Assert.That(await Bucket.Download("text").ToTextAsync(), Is.EqualTo(Text));
    }

    [TestCase("photo.JPG", "image/jpeg")]
    [TestCase("a/b.json", "application/json")]
    [TestCase("no-extension", "application/octet-stream")]
    [TestCase("unknown.qqq", "application/octet-stream")]
    public async Task Put_WithoutContentType_TakesItFromTheKey(string key, string expected)
    {
        await Bucket.PutAsync(key, TestContent.Bytes(1));

        Assert.That((await Bucket.FindAsync(key))!.ContentType, Is.EqualTo(expected));
    }

    [TestCase(0, 1, 0, 1)]
    [TestCase(0, 1000, 0, 1000)]
    [TestCase(10, 20, 10, 20)]
    [TestCase(999, 1, 999, 1)]
    [TestCase(990, 1000, 990, 10)]
    public async Task Get_Range_HasJustTheseBytes(long offset, long length, int expectedOffset, int expectedLength)
    {
        await Bucket.PutAsync("range", TestContent.Bytes(1000));

        await using var reader = await Bucket.GetAsync("range", new GetObjectOptions { Range = ObjectRange.Of(offset, length) });
        var bytes = await reader.ReadAllBytesAsync();

        TestContent.AssertSame(bytes, TestContent.Bytes(1000).Slice(expectedOffset, expectedLength).Span);
        Assert.That(reader.Range, Is.EqualTo(new ContentRange(expectedOffset, expectedOffset + expectedLength - 1, 1000)));
        Assert.That(reader.Info.SizeBytes, Is.EqualTo(1000), "the size of the object, not of the range");
        Assert.That(reader.ContentLengthBytes, Is.EqualTo(expectedLength));
    }

    [Test]
    public async Task Get_FromAnOffsetOrTheLastBytes_HasTheEnd()
    {
        await Bucket.PutAsync("tail", TestContent.Bytes(1000));

        var from = await Bucket.Download("tail").WithRange(ObjectRange.From(900)).ToArrayAsync();
        var last = await Bucket.Download("tail").WithRange(ObjectRange.Last(100)).ToArrayAsync();
        var more = await Bucket.Download("tail").WithRange(ObjectRange.Last(5000)).ToArrayAsync();

        TestContent.AssertSame(from, TestContent.Bytes(1000)[900..].Span);
        TestContent.AssertSame(last, from);
        TestContent.AssertSame(more, TestContent.Bytes(1000).Span);
    }

    [Test]
    public async Task Get_RangeBehindTheEnd_SaysSo()
    {
        await Bucket.PutAsync("short", TestContent.Bytes(10));

        Assert.That(
            async () => await Bucket.GetAsync("short", new GetObjectOptions { Range = ObjectRange.Of(10, 5) }),
            Throws.TypeOf<S3ToolkitException>().With.Property(nameof(S3ToolkitException.ErrorCode)).EqualTo(S3ErrorCode.InvalidRange));
    }

    [Test]
    public async Task Missing_Object_IsNullFalseOrAnException()
    {
        Assert.That(await Bucket.FindAsync("nowhere"), Is.Null);
        Assert.That(await Bucket.ExistsAsync("nowhere"), Is.False);
        Assert.That(
            async () => await Bucket.GetAsync("nowhere"),
            Throws.TypeOf<ObjectNotFoundException>()
                .With.Property(nameof(S3ToolkitException.Key)).EqualTo("nowhere")
                .And.Property(nameof(S3ToolkitException.BucketName)).EqualTo(Bucket.BucketName));
    }

    [Test]
    public async Task Get_ReaderLeftUnread_DoesNotDisturbOthers()
    {
        await Bucket.PutAsync("unread", TestContent.Bytes(300_000));

        await using (var reader = await Bucket.GetAsync("unread"))
        {
            var some = new byte[10];
            await reader.Content.ReadExactlyAsync(some);
        }

        TestContent.AssertSame(await Bucket.ReadBytesAsync("unread"), TestContent.Bytes(300_000).Span);
    }
}
