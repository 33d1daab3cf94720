namespace S3Toolkit.Conformance;

public abstract class ErrorBehaviours(Func<Task<IStoreUnderTest>> open) : StoreBehaviours(open)
{
    private static IEnumerable<TestCaseData> CallsOnABucket()
    {
        yield return Case("list", bucket => bucket.ListAsync().ToListAsync().AsTask());
        yield return Case("list versions", bucket => bucket.ListVersionsAsync().ToListAsync().AsTask());
        yield return Case("list uploads", bucket => bucket.ListUploadsAsync().ToListAsync().AsTask());
        yield return Case("put", bucket => bucket.PutAsync("k", TestContent.Bytes(1)));
        yield return Case(
            "put in parts",
            bucket => bucket.Upload("k").WithTransfers(new TransferOptions { MultipartThresholdBytes = 1 }).FromStreamAsync(
                new DribbleStream(TestContent.Bytes(9_000_000))));
        yield return Case("get", bucket => bucket.GetAsync("k"));
        yield return Case("delete", bucket => bucket.DeleteAsync("k"));
        yield return Case("tags", bucket => bucket.GetTagsAsync("k"));
        yield return Case("multipart", bucket => bucket.StartMultipartAsync("k"));

        static TestCaseData Case(string name, Func<IObjectStore, Task> call) => new TestCaseData(call).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(CallsOnABucket))]
    public void Bucket_Missing_IsNamedByEveryCall(Func<IObjectStore, Task> call)
    {
        var name = NewBucketName();

        Assert.That(
            async () => await call(Buckets.Bucket(name)),
            Throws.TypeOf<BucketNotFoundException>()
                .With.Property(nameof(S3ToolkitException.ErrorCode)).EqualTo(S3ErrorCode.NoSuchBucket)
                .And.Property(nameof(S3ToolkitException.BucketName)).EqualTo(name)
                .And.Message.Contains(name));
    }

    [Test]
    public async Task Bucket_MissingForABulkDelete_IsAnErrorNotASuccess()
    {
        var missing = Buckets.Bucket(NewBucketName());

        try
        {
            var results = await missing.DeleteManyAsync(["a", "b"]).ToListAsync();
            Assert.That(
                results.Select(result => result.Failure?.ErrorCode),
                Is.EqualTo(new S3ErrorCode?[] { S3ErrorCode.NoSuchBucket, S3ErrorCode.NoSuchBucket }));
        }
        catch (BucketNotFoundException error)
        {
            Assert.That(error.BucketName, Is.EqualTo(missing.BucketName));
        }
    }

    [Test]
    public async Task Bucket_MissingForACopy_IsNamed()
    {
        var name = NewBucketName();
        await Bucket.PutAsync("copied", TestContent.Bytes(1));

        Assert.That(
            async () => await Buckets.Bucket(name).CopyAsync(new ObjectAddress(Bucket.BucketName, "copied"), "copy"),
            Throws.TypeOf<BucketNotFoundException>().With.Message.Contains(name));
    }

    [Test]
    public void Bucket_MissingForSettings_IsNamed()
    {
        var name = NewBucketName();

        Assert.That(async () => await Buckets.GetVersioningAsync(name), Throws.TypeOf<BucketNotFoundException>());
        Assert.That(async () => await Buckets.GetTagsAsync(name), Throws.TypeOf<BucketNotFoundException>());
        Assert.That(
            async () => await Buckets.SetTagsAsync(name, new Dictionary<string, string> { ["a"] = "b" }),
            Throws.TypeOf<BucketNotFoundException>());
    }

    [Test]
    public async Task Object_Missing_TellsKeyRequestAndAttempts()
    {
        var error = (await Assert.CatchAsync<ObjectNotFoundException>(async () => await Bucket.ReadBytesAsync("no/such key")))!;

        Assert.That(error.ErrorCode, Is.EqualTo(S3ErrorCode.NoSuchKey));
        Assert.That(error.Key, Is.EqualTo("no/such key"));
        Assert.That(error.BucketName, Is.EqualTo(Bucket.BucketName));
        Assert.That(error.Operation, Is.EqualTo("GetObject"));
        Assert.That((int?)error.StatusCode, Is.EqualTo(404));
        Assert.That(error.RequestId, Is.Not.Empty);
        Assert.That(error.Attempts, Is.EqualTo(1), "what is not there now is not there a moment later");
        Assert.That(error.IsTransient, Is.False);
        Assert.That(error.Message, Does.Contain("no/such key").And.Contain(Bucket.BucketName).And.Contain(error.RequestId!));
    }

    [Test]
    public async Task Owner_Unexpected_IsRefused()
    {
        Need(Store.Capabilities.AnyKmsKey, "check of owners that can be relied on");
        await Bucket.PutAsync("owned", TestContent.Bytes(1));

        Assert.That(
            async () => await Bucket.GetAsync("owned", new GetObjectOptions { ExpectedBucketOwner = "999999999999" }),
            Throws.TypeOf<S3AccessDeniedException>().With.Property(nameof(S3ToolkitException.ErrorCode)).EqualTo(S3ErrorCode.AccessDenied));
    }

    [TestCase("")]
    [TestCase("ab")]
    [TestCase("a..b")]
    [TestCase("with space")]
    [TestCase("sla/sh")]
    [TestCase("ümlaut")]
    public void BucketName_ThatNoBucketCanHave_IsTheCallersMistake(string name)
    {
        Assert.That(() => Buckets.Bucket(name), Throws.ArgumentException);
        Assert.That(async () => await Buckets.FindAsync(name), Throws.ArgumentException);
    }

    [TestCase("Capital")]
    [TestCase("under_score")]
    [TestCase("-dash")]
    [TestCase("dash-")]
    [TestCase("192.168.0.1")]
    [TestCase("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void BucketName_ThatNoNewBucketCanHave_IsTheCallersMistake(string name) => Assert.That(
        async () => await Buckets.CreateAsync(name), Throws.ArgumentException.With.Message.Contains(name));

    private static IEnumerable<string> BadKeys() => ["", new string('k', 1025), new string('ü', 513), "half \ud83d pair", "\udc00"];

    [TestCaseSource(nameof(BadKeys))]
    public void Key_ThatNoObjectCanHave_IsTheCallersMistake(string key)
    {
        Assert.That(async () => await Bucket.PutAsync(key, TestContent.Bytes(1)), Throws.ArgumentException);
        Assert.That(async () => await Bucket.GetAsync(key), Throws.ArgumentException);
        Assert.That(async () => await Bucket.FindAsync(key), Throws.ArgumentException);
        Assert.That(async () => await Bucket.DeleteAsync(key), Throws.ArgumentException);
        Assert.That(async () => await Bucket.CopyAsync("source", key), Throws.ArgumentException);
        Assert.That(async () => await Bucket.PresignGetAsync(key, TimeSpan.FromMinutes(1)), Throws.ArgumentException);
        Assert.That(async () => await Bucket.StartMultipartAsync(key), Throws.ArgumentException);
    }

    [Test]
    public void Key_TooLong_IsNamedWithBucketAndLimit() => Assert.That(
        async () => await Bucket.PutAsync(new string('k', 1025), TestContent.Bytes(1)),
        Throws.ArgumentException.With.Message.Contains("1025").And.Message.Contains("1024").And.Message.Contains(Bucket.BucketName));

    [Test]
    public void Token_CancelledBefore_SendsNothing()
    {
        var cancelled = new CancellationToken(canceled: true);

        Assert.That(
            async () => await Bucket.PutAsync("cancelled", TestContent.Bytes(1), cancelled),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(async () => await Bucket.FindAsync("cancelled", cancelled), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(async () => await Bucket.ListAsync(cancelled).ToListAsync(cancelled), Throws.InstanceOf<OperationCanceledException>());
    }
}
