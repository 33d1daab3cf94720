namespace S3Toolkit.Conformance;

/// <summary>Pain 30: keys are what they say, in every call.</summary>
public abstract class KeyBehaviours(Func<Task<IStoreUnderTest>> open) : StoreBehaviours(open)
{
    private static IEnumerable<TestCaseData> AllKeys() =>
        Cases(TortureKeys.Plain, "plain").Concat(Cases(TortureKeys.Foldable, "foldable")).Concat(Cases(TortureKeys.NotInXml, "not in XML"));

    [TestCaseSource(nameof(AllKeys))]
    public async Task Key_InEveryCall_IsTheSameObject(string key)
    {
        var content = TestContent.Bytes(40);
        await Bucket.PutAsync(key, content);

        TestContent.AssertSame(await Bucket.ReadBytesAsync(key), content.Span);
        Assert.That((await Bucket.FindAsync(key))?.Key, Is.EqualTo(key));

        await Bucket.SetTagsAsync(key, new Dictionary<string, string> { ["tag"] = "value" });
        Assert.That(await Bucket.GetTagsAsync(key), Is.EquivalentTo(new Dictionary<string, string> { ["tag"] = "value" }));

        await Bucket.CopyAsync(key, "copy");
        TestContent.AssertSame(await Bucket.ReadBytesAsync("copy"), content.Span);
        await Bucket.CopyAsync("copy", key);

        await Bucket.DeleteAsync(key);
        Assert.That(await Bucket.ExistsAsync(key), Is.False);
    }

    [TestCaseSource(nameof(AllKeys))]
    public async Task Key_InAListing_IsUnchanged(string key)
    {
        var bucket = await NewBucketAsync();
        await bucket.PutAsync(key, TestContent.Bytes(1));

        Assert.That(await KeysAsync(bucket), Is.EqualTo([key]));
        Assert.That(await KeysAsync(bucket, key), Is.EqualTo([key]), "as a prefix");
        var after = await bucket.ListAsync(new ListObjectsOptions { StartAfter = key }).ToListAsync();
        Assert.That(after, Is.Empty, "as a start");
        if (Store.Capabilities.Versioning)
            Assert.That(await bucket.ListVersionsAsync().Select(version => version.Key).ToListAsync(), Is.EqualTo([key]), "with versions");
    }

    [TestCaseSource(nameof(AllKeys))]
    public async Task Key_InABulkDelete_IsDeletedAndReported(string key)
    {
        await Bucket.PutAsync(key, TestContent.Bytes(1));
        await Bucket.PutAsync("bulk companion", TestContent.Bytes(1));

        var results = await Bucket.DeleteManyAsync([key, "bulk companion"]).ToListAsync();

        Assert.That(results.Select(result => result.Failure), Is.All.Null);
        Assert.That(results.Select(result => result.Key), Is.EquivalentTo([key, "bulk companion"]));
        Assert.That(await Bucket.ExistsAsync(key), Is.False);
    }

    [TestCaseSource(nameof(AllKeys))]
    public async Task Key_InAPresignedRequest_IsReadAndWrittenWithoutCredentials(string key)
    {
        var put = await Bucket.PresignPutAsync(key, TimeSpan.FromMinutes(5));
        using var body = new ByteArrayContent(TestContent.Bytes(40).ToArray());
        using var written = await Store.Http.PutAsync(put.Uri, body);
        Assert.That((int)written.StatusCode, Is.EqualTo(200), await written.Content.ReadAsStringAsync());

        TestContent.AssertSame(await Bucket.ReadBytesAsync(key), TestContent.Bytes(40).Span);

        var get = await Bucket.PresignGetAsync(key, TimeSpan.FromMinutes(5));
        using var read = await Store.Http.GetAsync(get.Uri);
        Assert.That((int)read.StatusCode, Is.EqualTo(200));
        TestContent.AssertSame(await read.Content.ReadAsByteArrayAsync(), TestContent.Bytes(40).Span);
        await Bucket.DeleteAsync(key);
    }

    [TestCaseSource(nameof(AllKeys))]
    public async Task Key_OfAMultipartUpload_IsUnchanged(string key)
    {
        var session = await Bucket.StartMultipartAsync(key);
        var part = await session.UploadPartAsync(1, TestContent.Bytes(10));
        var uploads = await Bucket.ListUploadsAsync().Select(upload => upload.Key).ToListAsync();
        var info = await session.CompleteAsync([part]);

        Assert.That(uploads, Is.EqualTo([key]));
        Assert.That(info.Key, Is.EqualTo(key));
        Assert.That(await Bucket.ExistsAsync(key), Is.True);
        await Bucket.DeleteAsync(key);
    }

    [SetUp]
    public void SkipWhatTheEndpointFolds()
    {
        if (TestContext.CurrentContext.Test.Arguments is [string key, ..] && !TortureKeys.Plain.Contains(key))
            Need(Store.Capabilities.UnfoldedKeys, "keys of this kind");
    }

    private static IEnumerable<TestCaseData> Cases(IReadOnlyList<string> keys, string kind) =>
        keys.Select((key, index) => new TestCaseData(key).SetArgDisplayNames($"{kind} {index}: {Readable(key)}"));

    private static string Readable(string key) =>
        string.Concat((key.Length > 30 ? key[..30] + "..." : key).Select(
            c => c is > ' ' and <= '~' and not ('"' or '\\' or '(' or ')' or '<' or '&') ? $"{c}" : c == ' ' ? "_" : $"u{(int)c:X4}"));
}
