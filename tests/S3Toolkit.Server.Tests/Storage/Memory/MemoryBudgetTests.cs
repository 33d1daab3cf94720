using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Storage.Memory;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Storage.Memory;

public sealed class MemoryBudgetTests
{
    private const string Bucket = "bucket";
    private const int Limit = 1000;

    [Test]
    public async Task PutAsync_BeyondTheLimit_IsRefusedAndTakesNothing()
    {
        MemoryStorage storage = await OpenAsync();
        await PutAsync(storage, "k", 600);

        Assert.That(() => PutAsync(storage, "more", 401), Throws.TypeOf<StorageFullException>());

        Assert.That(storage.UsedBytes, Is.EqualTo(600));
        Assert.That((await storage.FindAsync(Bucket, "more", null, default)).Status, Is.EqualTo(StorageStatus.NoSuchKey));
        await PutAsync(storage, "more", 400);
        await storage.DeleteAsync(Bucket, new("k", null, default, default), default);
        Assert.That(storage.UsedBytes, Is.EqualTo(400));
        await PutAsync(storage, "again", 600);
    }

    [Test]
    public async Task StageAsync_ManyBodiesOnTheirWayIn_CountUntilTheyAreGone()
    {
        MemoryStorage storage = await OpenAsync();
        StagedBody first = await storage.StageBytesAsync(new byte[Limit]);

        Assert.That(() => storage.StageBytesAsync(new byte[1]), Throws.TypeOf<StorageFullException>());
        await first.DisposeAsync();
        await first.DisposeAsync();

        Assert.That(storage.UsedBytes, Is.Zero);
    }

    [Test]
    public async Task PutAsync_ConditionFailsOrBucketIsGone_GivesItsBytesBack()
    {
        MemoryStorage storage = await OpenAsync();
        await PutAsync(storage, "k", 100);

        await PutAsync(storage, "k", 300, condition: new(IfAbsent: true));
        await PutAsync(storage, "k", 300, bucketName: "none");

        Assert.That(storage.UsedBytes, Is.EqualTo(100));
    }

    [Test]
    public async Task UsedBytes_ReplacedVersionsAndMarkers_AreThoseThatAreKept()
    {
        MemoryStorage storage = await OpenAsync();
        await PutAsync(storage, "k", 100);
        await PutAsync(storage, "k", 50);
        Assert.That(storage.UsedBytes, Is.EqualTo(50), "overwritten");
        await storage.UpdateBucketAsync(Bucket, bucket => bucket with { Versioning = BucketVersioning.Enabled }, default);
        await PutAsync(storage, "k", 30);
        await storage.DeleteAsync(Bucket, new("k", null, default, default), default);
        Assert.That(storage.UsedBytes, Is.EqualTo(80), "versions stay");

        VersionPage page = (await storage.ListVersionsAsync(Bucket, new VersionQuery("", "", "", "", 100), default)).Value!;
        foreach (ListedVersionRecord version in page.Versions)
            await storage.DeleteAsync(Bucket, new("k", version.Record.VersionId, default, default), default);

        Assert.That(storage.UsedBytes, Is.Zero);
    }

    [Test]
    public async Task UsedBytes_Uploads_AreTheirPartsThenTheObject()
    {
        MemoryStorage storage = await OpenAsync();
        await UploadAsync(storage, "done", (1, 100), (2, 200), (1, 10), (3, 50));
        Assert.That(storage.UsedBytes, Is.EqualTo(260), "a part was replaced");
        IReadOnlyList<PartRecord> parts = (await storage.ListPartsAsync(Bucket, "done", "done", default)).Value!;
        await storage.CompleteUploadAsync(Bucket, "done", Record("done"), [parts[0], parts[1]], default, default);
        Assert.That(storage.UsedBytes, Is.EqualTo(210), "a part was left out");

        await UploadAsync(storage, "aborted", (1, 100));
        await storage.AbortUploadAsync(Bucket, "aborted", "aborted", default);
        Assert.That(storage.UsedBytes, Is.EqualTo(210));
        await UploadAsync(storage, "left", (1, 100));
        await storage.DeleteAsync(Bucket, new("done", null, default, default), default);
        await storage.DeleteBucketAsync(Bucket, default);

        Assert.That(storage.UsedBytes, Is.Zero);
    }

    [Test]
    public async Task UsedBytes_CopiesAndSnapshots_CountAsTheirSources()
    {
        MemoryStorage storage = await OpenAsync();
        await PutAsync(storage, "k", 400);
        IObjectBody body = (await storage.FindAsync(Bucket, "k", null, default)).Value!.Body!;
        await using (StagedBody shared = (await storage.TryShareAsync(body, default))!)
        {
            await storage.PutAsync(Bucket, Record("copy"), shared, default, default);
        }
        Assert.That(async () => await storage.TryShareAsync(body, default), Throws.TypeOf<StorageFullException>());
        MemoryImage image = storage.Capture();
        await PutAsync(storage, "k", 10);

        storage.Restore(image);
        MemoryStorage fork = new(image, maxBytes: 100);

        Assert.That((storage.UsedBytes, fork.UsedBytes), Is.EqualTo((800, 800)));
        foreach (string key in new[] { "k", "copy" }) await fork.DeleteAsync(Bucket, new(key, null, default, default), default);
        Assert.That((storage.UsedBytes, fork.UsedBytes), Is.EqualTo((800, 0)));
    }

    [Test]
    public async Task PutObject_BeyondMaxMemoryBytes_Is507AndDeletesMakeRoom()
    {
        await using S3Server server = S3Server.CreateInMemory(new S3ServerOptions { MaxMemoryBytes = Limit });
        using AmazonS3Client client = new(new BasicAWSCredentials(server.AccessKeyId, server.SecretAccessKey), new AmazonS3Config
        {
            ServiceURL = server.Endpoint.AbsoluteUri, ForcePathStyle = true, AuthenticationRegion = server.Region, MaxErrorRetry = 0,
            HttpClientFactory = new SdkHttpClientFactory(server),
        });
        await client.PutBucketAsync(Bucket);
        await PutAsync("kept", 700);

        AmazonS3Exception refusal = (await Assert.ThrowsAsync<AmazonS3Exception>(() => PutAsync("refused", 700)))!;

        Assert.That(((int)refusal.StatusCode, refusal.ErrorCode), Is.EqualTo((507, "InsufficientStorage")));
        ListObjectsV2Response listed = await client.ListObjectsV2Async(new() { BucketName = Bucket });
        Assert.That(listed.S3Objects.Select(item => item.Key), Is.EqualTo(new[] { "kept" }));
        await client.DeleteObjectAsync(Bucket, "kept");
        await PutAsync("refused", 700);

        Task PutAsync(string key, int length) =>
            client.PutObjectAsync(new() { BucketName = Bucket, Key = key, InputStream = new MemoryStream(new byte[length]) });
    }

    [Test]
    public void CreateInMemory_MaxMemoryBytesOfZero_IsRefused() =>
        Assert.That(() => S3Server.CreateInMemory(new S3ServerOptions { MaxMemoryBytes = 0 }), Throws.InstanceOf<ArgumentException>());

    private static async Task<MemoryStorage> OpenAsync()
    {
        MemoryStorage storage = new(maxBytes: Limit);
        await storage.CreateBucketAsync(new BucketRecord(Bucket, "r", default), default);
        return storage;
    }

    private static ObjectRecord Record(string key) => new() { Key = key, ETag = "e", LastModified = default };

    private static async Task PutAsync(
        MemoryStorage storage, string key, int length, WriteCondition condition = default, string bucketName = Bucket)
    {
        await using StagedBody body = await storage.StageBytesAsync(new byte[length]);
        await storage.PutAsync(bucketName, Record(key), body, condition, default);
    }

    private static async Task UploadAsync(MemoryStorage storage, string key, params (int Number, int Length)[] parts)
    {
        await storage.CreateUploadAsync(Bucket, new UploadRecord { Key = key, UploadId = key, Initiated = default }, default);
        foreach ((int number, int length) in parts)
        {
            await using StagedBody body = await storage.StageBytesAsync(new byte[length]);
            await storage.PutPartAsync(Bucket, key, key, new PartRecord(number, "e", 0, default), body, default);
        }
    }
}
