using Moq;

namespace S3Toolkit.Tests.Pains;

/// <summary>Pain 24: all that users call can be mocked, the sugar included, since it ends at the interface.</summary>
[TestFixture]
internal sealed class MockingTests
{
    private static readonly ObjectInfo Info = new() { BucketName = "b", Key = "k", SizeBytes = 3, ETag = "e" };

    [Test]
    public async Task ObjectStore_Mocked_AnswersItsExtensionMembers()
    {
        var store = new Mock<IObjectStore>(MockBehavior.Strict);
        store.SetupGet(mock => mock.BucketName).Returns("b");
        store.Setup(mock => mock.FindAsync("k", null, It.IsAny<CancellationToken>())).ReturnsAsync(Info);
        store.Setup(mock => mock.FindAsync("no", null, It.IsAny<CancellationToken>())).ReturnsAsync((ObjectInfo?)null);
        store.Setup(mock => mock.GetAsync("k", null, It.IsAny<CancellationToken>()))
            .ReturnsAsync(() => new ObjectReader(Info, new MemoryStream("abc"u8.ToArray())));
        store.Setup(mock => mock.ListAsync(It.Is<ListObjectsOptions>(options => options.Prefix == "p/"), It.IsAny<CancellationToken>()))
            .Returns(
                new ObjectListing[] { new ListedPrefix("p/q/"), new ListedObject("p/k", 3, DateTimeOffset.UnixEpoch) }.ToAsyncEnumerable());
        store.Setup(mock => mock.CopyAsync(new ObjectAddress("b", "k"), "k2", null, It.IsAny<CancellationToken>())).ReturnsAsync(
            Info with { Key = "k2" });
        store.Setup(mock => mock.DeleteManyAsync(It.IsAny<IAsyncEnumerable<ObjectIdentifier>>(), null, It.IsAny<CancellationToken>()))
            .Returns((IAsyncEnumerable<ObjectIdentifier> keys, DeleteManyOptions? _, CancellationToken _) => keys.Select(
                key => new DeleteResult(key.Key)));

        Assert.That(await store.Object.ExistsAsync("k"), Is.True);
        Assert.That(await store.Object.ExistsAsync("no"), Is.False);
        Assert.That(await store.Object.ReadTextAsync("k"), Is.EqualTo("abc"));
        Assert.That(await store.Object.ReadBytesAsync("k"), Is.EqualTo("abc"u8.ToArray()));
        Assert.That(await store.Object.ListObjectsAsync("p/").Select(entry => entry.Key).ToListAsync(), Is.EqualTo(["p/k"]));
        Assert.That((await store.Object.CopyAsync("k", "k2")).Key, Is.EqualTo("k2"));
        Assert.That(await store.Object.DeleteManyAsync(["x", "y"]).Select(result => result.Key).ToListAsync(), Is.EqualTo(["x", "y"]));
        Assert.That(store.Object.TryGetClient(out _), Is.False);
    }

    [Test]
    public async Task ObjectStore_Mocked_AnswersTheFluentBuilders()
    {
        var store = new Mock<IObjectStore>(MockBehavior.Strict);
        PutObjectOptions? seen = null;
        byte[]? sent = null;
        store.Setup(mock => mock.PutAsync("k", It.IsAny<ObjectContent>(), It.IsAny<PutObjectOptions>(), It.IsAny<CancellationToken>()))
            .Returns(async (string _, ObjectContent content, PutObjectOptions? options, CancellationToken token) =>
            {
                seen = options;
                using var copy = new MemoryStream();
                await using var source = content.OpenRead();
                await source.CopyToAsync(copy, token);
                sent = copy.ToArray();
                return Info;
            });
        store.Setup(mock => mock.GetAsync(
            "k", It.Is<GetObjectOptions>(options => options.Range!.Value.ToHeader() == "bytes=0-2"), It.IsAny<CancellationToken>()))
            .ReturnsAsync(() => new ObjectReader(Info, new MemoryStream("abc"u8.ToArray()), new ContentRange(0, 2, 10)));
        using var folder = new PainFolder();

        await store.Object.Upload("k").WithContentType("text/x").WithMetadata("a", "b").OnlyIfAbsent().FromTextAsync("hello");
        await store.Object.Download("k").WithRange(0, 3).ToFileAsync(folder.PathOf("out"));

        Assert.That(sent, Is.EqualTo("hello"u8.ToArray()));
        Assert.That(seen!.ContentType, Is.EqualTo("text/x"));
        Assert.That(seen.Metadata, Is.EquivalentTo(new Dictionary<string, string> { ["a"] = "b" }));
        Assert.That(seen.OnlyIfAbsent, Is.True);
        Assert.That(await File.ReadAllTextAsync(folder.PathOf("out")), Is.EqualTo("abc"));
    }

    [Test]
    public async Task BucketStore_Mocked_AnswersItsExtensionMembers()
    {
        var objects = Mock.Of<IObjectStore>(mock => mock.BucketName == "b");
        var store = new Mock<IBucketStore>(MockBehavior.Strict);
        store.Setup(mock => mock.Bucket("b")).Returns(objects);
        store.Setup(mock => mock.FindAsync("b", It.IsAny<CancellationToken>())).ReturnsAsync(
            new BucketDetails("b") { Region = "eu-west-1" });
        store.Setup(mock => mock.CreateAsync(
            "b", It.Is<CreateBucketOptions>(options => options.Region == "eu-west-1"), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new BucketDetails("b") { Region = "eu-west-1" });

        Assert.That(store.Object.Bucket("b").BucketName, Is.EqualTo("b"));
        Assert.That(await store.Object.ExistsAsync("b"), Is.True);
        Assert.That((await store.Object.CreateAsync("b", "eu-west-1")).Region, Is.EqualTo("eu-west-1"));
    }

    [Test]
    public void Results_AreMadeByTheirPublicConstructors()
    {
        Assert.That(
            new ListedVersion("k", "v", IsLatest: true, IsDeleteMarker: false, DateTimeOffset.UnixEpoch).Identifier,
            Is.EqualTo(new ObjectIdentifier("k", "v")));
        Assert.That(new DeleteResult("k") { Failure = new DeleteFailure("SlowDown", "later", IsTransient: true) }.IsSuccess, Is.False);
        Assert.That(new UploadedPart(1, "e", 10).ETag.Value, Is.EqualTo("e"));
        Assert.That(ObjectReader.NotModified(Info).IsNotModified, Is.True);
    }
}
