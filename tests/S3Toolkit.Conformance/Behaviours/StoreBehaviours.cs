namespace S3Toolkit.Conformance;

/// <summary>
/// A group of behaviours that every store must show. A fixture gets a store and a bucket; what it creates is removed again, pass or fail.
/// </summary>
public abstract class StoreBehaviours(Func<Task<IStoreUnderTest>> open)
{
    private readonly List<string> _bucketsOfTest = [];
    private IStoreUnderTest? _store;
    private IObjectStore? _bucket;

    /// <summary>The store.</summary>
    protected IStoreUnderTest Store => _store!;

    /// <summary>The store's buckets.</summary>
    protected IBucketStore Buckets => Store.Buckets;

    /// <summary>A bucket that all tests of the fixture share: each uses keys of its own.</summary>
    protected IObjectStore Bucket => _bucket!;

    [OneTimeSetUp]
    public async Task OpenStoreAsync()
    {
        _store = await open();
        _bucket = await CreateBucketAsync();
    }

    [TearDown]
    public async Task RemoveBucketsOfTestAsync()
    {
        string[] names = [.. _bucketsOfTest];
        _bucketsOfTest.Clear();
        await Task.WhenAll(names.Select(RemoveAsync));
    }

    [OneTimeTearDown]
    public async Task CloseStoreAsync()
    {
        if (_store is null) return;
        await using var store = _store;
        if (_bucket is not null) await RemoveAsync(_bucket.BucketName);
    }

    /// <summary>A bucket for this test alone.</summary>
    protected async Task<IObjectStore> NewBucketAsync(CreateBucketOptions? options = null)
    {
        var bucket = await CreateBucketAsync(options);
        _bucketsOfTest.Add(bucket.BucketName);
        return bucket;
    }

    /// <summary>A bucket of this test alone that keeps versions.</summary>
    protected async Task<IObjectStore> NewVersionedBucketAsync()
    {
        Need(Store.Capabilities.Versioning, "versioning");
        var bucket = await NewBucketAsync();
        await Buckets.SetVersioningAsync(bucket.BucketName, BucketVersioningState.Enabled);
        return bucket;
    }

    /// <summary>A name that no bucket has; the bucket is removed after the test, should the test create it.</summary>
    protected string NewBucketName()
    {
        var name = RandomBucketName();
        _bucketsOfTest.Add(name);
        return name;
    }

    /// <summary>Skips the test where the endpoint cannot do what it needs.</summary>
    protected static void Need(bool capability, string what)
    {
        if (!capability) Assert.Ignore($"This endpoint has no {what}.");
    }

    /// <summary>All keys of a bucket, in the order of the listing.</summary>
    protected static async Task<List<string>> KeysAsync(IObjectStore bucket, string prefix = "") =>
        await bucket.ListObjectsAsync(prefix).Select(static entry => entry.Key).ToListAsync();

    private static string RandomBucketName() => $"s3toolkit-test-{Guid.NewGuid():N}"[..40];

    private async Task<IObjectStore> CreateBucketAsync(CreateBucketOptions? options = null)
    {
        var name = RandomBucketName();
        await Buckets.CreateAsync(name, options);
        return Buckets.Bucket(name);
    }

    private Task RemoveAsync(string bucketName) => Buckets.DeleteAsync(bucketName, new DeleteBucketOptions { Force = true });
}
