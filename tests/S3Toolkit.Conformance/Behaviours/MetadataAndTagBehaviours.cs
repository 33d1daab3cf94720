namespace S3Toolkit.Conformance;

public abstract class MetadataAndTagBehaviours(Func<Task<IStoreUnderTest>> open) : StoreBehaviours(open)
{
    [Test]
    public async Task Headers_AllOfThem_AreKept()
    {
        var expires = new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
        await Bucket.Upload("headers")
            .WithContentType("text/plain; charset=utf-8")
            .WithCacheControl("public, max-age=3600")
            .WithContentDisposition("attachment; filename=\"a b.txt\"")
            .WithContentEncoding("identity")
            .WithContentLanguage("de-AT")
            .WithExpires(expires)
            .With(options => options with { WebsiteRedirectLocation = "/elsewhere" })
            .FromMemoryAsync(TestContent.Bytes(5));

        var info = (await Bucket.FindAsync("headers"))!;

        Assert.That(info.ContentType, Is.EqualTo("text/plain; charset=utf-8"));
        Assert.That(info.CacheControl, Is.EqualTo("public, max-age=3600"));
        Assert.That(info.ContentDisposition, Is.EqualTo("attachment; filename=\"a b.txt\""));
        Assert.That(info.ContentEncoding, Is.EqualTo("identity"));
        Assert.That(info.ContentLanguage, Is.EqualTo("de-AT"));
        Assert.That(info.Expires, Is.EqualTo("Wed, 02 Jan 2030 03:04:05 GMT"));
        Assert.That(info.WebsiteRedirectLocation, Is.EqualTo("/elsewhere"));
    }

    [Test]
    public async Task Headers_NoneGiven_AreNullOrEmptyNotMissing()
    {
        await Bucket.PutAsync("bare", TestContent.Bytes(5));

        var info = (await Bucket.FindAsync("bare"))!;

        Assert.That(info.Metadata, Is.Not.Null.And.Empty);
        Assert.That(info.CacheControl, Is.Null);
        Assert.That(info.ContentDisposition, Is.Null);
        Assert.That(info.ContentEncoding, Is.Null);
        Assert.That(info.ContentLanguage, Is.Null);
        Assert.That(info.Expires, Is.Null);
        Assert.That(info.WebsiteRedirectLocation, Is.Null);
        Assert.That(info.VersionId, Is.Null);
        Assert.That(info.StorageClass, Is.EqualTo(StorageClass.Standard));
    }

    [Test]
    public async Task Metadata_NamesAndValues_AreReadWhateverTheCase()
    {
        await Bucket.Upload("metadata")
            .WithMetadata("Author-Name", "Ada L.")
            .WithMetadata("empty", "")
            .WithMetadata("spaces", "a  b")
            .FromTextAsync("x");

        var metadata = (await Bucket.FindAsync("metadata"))!.Metadata;
        await using var reader = await Bucket.GetAsync("metadata");

        Assert.That(metadata, Has.Count.EqualTo(3));
        Assert.That(metadata["author-name"], Is.EqualTo("Ada L."));
        Assert.That(metadata["AUTHOR-NAME"], Is.EqualTo("Ada L."));
        Assert.That(metadata["empty"], Is.Empty);
        Assert.That(metadata["spaces"], Is.EqualTo("a  b"));
        Assert.That(reader.Info.Metadata, Is.EquivalentTo(metadata));
    }

    [Test]
    public async Task Metadata_TooMuch_IsRefused()
    {
        Assert.That(
            async () => await Bucket.Upload("fat").WithMetadata("fat", new string('x', 2100)).FromTextAsync("x"),
            Throws.TypeOf<S3ToolkitException>().With.Property(nameof(S3ToolkitException.ErrorCode)).EqualTo(
                new S3ErrorCode("MetadataTooLarge")));
        Assert.That(await Bucket.ExistsAsync("fat"), Is.False);
    }

    [Test]
    public async Task StorageClass_IsKeptAndListed()
    {
        await Bucket.Upload("class").WithStorageClass(StorageClass.StandardInfrequentAccess).FromTextAsync("x");

        Assert.That((await Bucket.FindAsync("class"))!.StorageClass, Is.EqualTo(StorageClass.StandardInfrequentAccess));
        Assert.That((await Bucket.ListObjectsAsync("class").SingleAsync()).StorageClass, Is.EqualTo(StorageClass.StandardInfrequentAccess));
    }

    [Test]
    public async Task Tags_WithTheObject_AreReadAndCounted()
    {
        var tags = new Dictionary<string, string>
        {
            ["a b"] = "c d",
            ["plus+eq="] = "x=y+z",
            ["empty"] = "",
            ["größe"] = "naïve",
            ["colon:at@"] = "/path",
        };
        await Bucket.PutAsync("tagged", TestContent.Bytes(1), new PutObjectOptions { Tags = tags });

        Assert.That(await Bucket.GetTagsAsync("tagged"), Is.EquivalentTo(tags));
        await using var reader = await Bucket.GetAsync("tagged");
        Assert.That(reader.Info.TagCount, Is.EqualTo(5));
    }

    [Test]
    public async Task Tags_SetReplacedAndRemoved_AreRead()
    {
        await Bucket.PutAsync("retag", TestContent.Bytes(1));
        Assert.That(await Bucket.GetTagsAsync("retag"), Is.Empty);

        await Bucket.SetTagsAsync("retag", new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" });
        await Bucket.SetTagsAsync("retag", new Dictionary<string, string> { ["c"] = "a=b +c" });
        Assert.That(await Bucket.GetTagsAsync("retag"), Is.EquivalentTo(new Dictionary<string, string> { ["c"] = "a=b +c" }));

        await Bucket.SetTagsAsync("retag", new Dictionary<string, string>());
        Assert.That(await Bucket.GetTagsAsync("retag"), Is.Empty);
    }

    [Test]
    public async Task Tags_MoreThanTen_AreRefused()
    {
        await Bucket.PutAsync("crowded", TestContent.Bytes(1));
        var tags = Enumerable.Range(0, 11).ToDictionary(i => $"tag{i}", i => $"{i}");

        Assert.That(
            async () => await Bucket.SetTagsAsync("crowded", tags),
            Throws.InstanceOf<S3ToolkitException>().Or.InstanceOf<ArgumentException>());
        Assert.That(await Bucket.GetTagsAsync("crowded"), Is.Empty);
    }

    [Test]
    public void Tags_OfAMissingObject_SaySo()
    {
        Assert.That(async () => await Bucket.GetTagsAsync("gone"), Throws.TypeOf<ObjectNotFoundException>());
        Assert.That(
            async () => await Bucket.SetTagsAsync("gone", new Dictionary<string, string> { ["a"] = "b" }),
            Throws.TypeOf<ObjectNotFoundException>());
    }

    [Test]
    public async Task Checksum_OfWhatWasPut_IsKnown()
    {
        var put = await Bucket.PutAsync("sum", ObjectContent.FromText("hello"));

        // CRC-64/NVME or CRC-32, as the SDK chose; what matters is that both sides say the same.
        Assert.That(put.Checksum, Is.Not.Null);
        Need(Store.Capabilities.ReadChecksums, "checksums in answers, by its profile");
        await using var reader = await Bucket.GetAsync("sum");
        Assert.That(reader.Info.Checksum, Is.EqualTo(put.Checksum));
    }
}
