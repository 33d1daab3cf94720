using S3Toolkit.Server;
using S3Toolkit.Tests.Pains;

namespace S3Toolkit.Tests.Transfers;

[TestFixture]
internal sealed class StoreToStoreCopyTests
{
    private const int MiB = 1024 * 1024;

    private static readonly byte[] Content = TransferBench.Bytes(17 * MiB);

    private EmbeddedPain _source = null!;
    private EmbeddedPain _destination = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _source = await EmbeddedPain.StartAsync();
        _destination = await EmbeddedPain.StartAsync(static options => options.MaxBufferBytes = 32 * MiB);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _source.DisposeAsync();
        await _destination.DisposeAsync();
    }

    [TestCase(0)]
    [TestCase(1000)]
    [TestCase(17 * MiB)]
    public async Task CopyToAsync_Object_IsTheSameThere(int length)
    {
        var put = new PutObjectOptions
        {
            ContentType = "text/html",
            CacheControl = "no-cache",
            ContentLanguage = "en",
            Metadata = new Dictionary<string, string> { ["by"] = "ànna" },
            Tags = new Dictionary<string, string> { ["year"] = "2026" },
        };
        await _source.Bucket.PutAsync("key", Content.AsMemory(0, length), put);

        var copy = await _source.Bucket.CopyToAsync("key", _destination.Bucket, "copy");

        var found = (await _destination.Bucket.FindAsync("copy"))!;
        Assert.That((await _destination.Bucket.ReadBytesAsync("copy")).AsSpan().SequenceEqual(Content.AsSpan(0, length)), Is.True);
        Assert.That((found.ContentType, found.CacheControl, found.ContentLanguage), Is.EqualTo(("text/html", "no-cache", "en")));
        Assert.That(found.Metadata, Is.EqualTo(put.Metadata));
        Assert.That(await _destination.Bucket.GetTagsAsync("copy"), Is.EqualTo(put.Tags));
        Assert.That((copy.Key, copy.ETag, copy.SizeBytes), Is.EqualTo(("copy", found.ETag, (long)length)));
    }

    [Test]
    public async Task CopyToAsync_OptionsOfTheDestination_WinOverTheSource()
    {
        var put = new PutObjectOptions { ContentType = "text/html", Tags = new Dictionary<string, string> { ["a"] = "1" } };
        await _source.Bucket.PutAsync("key", new byte[10], put);

        await _source.Bucket.CopyToAsync(
            "key",
            _destination.Bucket,
            options: new CopyToOptions { KeepTags = false, Destination = new PutObjectOptions { ContentType = "text/plain" } });

        Assert.That((await _destination.Bucket.FindAsync("key"))!.ContentType, Is.EqualTo("text/plain"));
        Assert.That(await _destination.Bucket.GetTagsAsync("key"), Is.Empty);
        Assert.That(_source.Count("GetObjectTagging"), Is.Zero);
    }

    [Test]
    public async Task CopyToAsync_Conditions_AreThoseOfBothSides()
    {
        var source = await _source.Bucket.PutAsync("key", new byte[10]);
        var options = new CopyToOptions { OnlyIfMatch = source.ETag, Destination = new PutObjectOptions { OnlyIfAbsent = true } };

        await _source.Bucket.CopyToAsync("key", _destination.Bucket, options: options);

        Assert.That(
            async () => await _source.Bucket.CopyToAsync("key", _destination.Bucket, options: options),
            Throws.TypeOf<PreconditionFailedException>());
        Assert.That(
            async () => await _source.Bucket.CopyToAsync("key", _destination.Bucket, options: options with { OnlyIfMatch = "other" }),
            Throws.TypeOf<PreconditionFailedException>());
        Assert.That(
            async () => await _source.Bucket.CopyToAsync("none", _destination.Bucket), Throws.TypeOf<ObjectNotFoundException>());
    }

    [TestCase(1000)]
    [TestCase(17 * MiB)]
    public async Task CopyToAsync_CorruptOnTheWay_NeverBecomesAnObject(int length)
    {
        var whole = new PutObjectOptions { Transfers = new TransferOptions { MultipartThresholdBytes = 100 * MiB } };
        await _source.Bucket.PutAsync("key", Content.AsMemory(0, length), whole);
        _source.Strike("GetObject", S3Fault.FlipByte(500));

        Assert.That(
            async () => await _source.Bucket.CopyToAsync("key", _destination.Bucket), Throws.TypeOf<ContentCorruptedException>());

        Assert.That(await _destination.Bucket.ExistsAsync("key"), Is.False);
        Assert.That(await _destination.Server.UnfinishedUploadsAsync(), Is.Empty);
    }

    [Test]
    public async Task CopyToAsync_VerificationRequiredOfAnObjectInParts_IsRefused()
    {
        await _source.Bucket.PutAsync("key", Content);

        Assert.That(
            async () => await _source.Bucket.CopyToAsync(
                "key", _destination.Bucket, options: new CopyToOptions { RequireVerification = true }),
            Throws.InstanceOf<S3ToolkitException>().With.Message.Contains("RequireVerification"));
        Assert.That(_destination.Server.Requests, Is.Empty);
    }

    [Test]
    public async Task CopyToAsync_ConnectionsBreak_GoesOnWhereItWas()
    {
        await _source.Bucket.PutAsync("key", Content);
        _source.Strike("GetObject", S3Fault.TruncateBody(7 * MiB), times: 1);
        _destination.Strike("UploadPart", S3Fault.ResetBeforeRead(), times: 1);

        await _source.Bucket.CopyToAsync("key", _destination.Bucket);

        Assert.That(_source.Count("GetObject"), Is.EqualTo(2));
        Assert.That((await _destination.Bucket.ReadBytesAsync("key")).AsSpan().SequenceEqual(Content), Is.True);
    }
}
