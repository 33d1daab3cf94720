using S3Toolkit.Server.Lifecycle;
using S3Toolkit.Server.Notifications;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Lifecycle;

public sealed class LifecycleRunnerTests
{
    private const string Bucket = "bucket";

    [TestCase(StorageKind.Memory)]
    [TestCase(StorageKind.Disk)]
    public async Task Run_VersionsOverManyPages_LeavesWhatTheRuleKeeps(StorageKind kind)
    {
        await using TestStorage test = TestStorage.Open(kind);
        S3ServerClock clock = new(TimeProvider.System);
        LifecycleRuleRecord rule = new() { Id = "r", IsEnabled = true, NoncurrentExpiration = new(1, KeptVersions: 3), AbortAfterDays = 1 };
        await CreateBucketAsync(test.Storage, clock, rule);
        foreach (string key in (string[])["a", "b", "c"])
        {
            for (int i = 0; i < 9; i++) await PutAsync(test.Storage, key, clock.GetUtcNow());
            await test.Storage.CreateUploadAsync(
                Bucket, new UploadRecord { Key = key, UploadId = "id", Initiated = clock.GetUtcNow() }, default);
        }
        clock.Advance(TimeSpan.FromDays(3));

        // A page of two ends within each key, mostly at a version that goes: the key then begins again.
        LifecycleTally tally = new();
        await RunnerOf(test.Storage, clock).RunAsync(tally, default);
        S3LifecycleRun run = tally.Take();
        VersionPage left = (await test.Storage.ListVersionsAsync(Bucket, new VersionQuery("", "", "", "", 100), default)).Value!;

        Assert.That((run.Removed, run.AbortedUploads), Is.EqualTo((15, 3)));
        Assert.That(left.Versions.GroupBy(item => item.Record.Key).Select(group => group.Count()), Is.EqualTo(new[] { 4, 4, 4 }));
    }

    [TestCase(StorageKind.Memory)]
    [TestCase(StorageKind.Disk)]
    public async Task Run_KeysWithoutVersions_RemovesThemAll(StorageKind kind)
    {
        await using TestStorage test = TestStorage.Open(kind);
        S3ServerClock clock = new(TimeProvider.System);
        await CreateBucketAsync(
            test.Storage, clock, new() { Id = "r", IsEnabled = true, Expiration = new(Days: 1) }, BucketVersioning.None);
        for (int i = 0; i < 9; i++) await PutAsync(test.Storage, "k" + i, clock.GetUtcNow());
        clock.Advance(TimeSpan.FromDays(3));

        LifecycleTally tally = new();
        bool hasRules = await RunnerOf(test.Storage, clock).RunAsync(tally, default);

        Assert.That((hasRules, tally.Take().Removed, tally.Take().Removed), Is.EqualTo((true, 9, 0)));
        Assert.That((await test.Storage.ListAsync(Bucket, new ObjectQuery("", "", "", 100), default)).Value!.Objects, Is.Empty);
    }

    [Test]
    public async Task HasRules_DisabledRule_HasNone()
    {
        await using TestStorage test = TestStorage.Open(StorageKind.Memory);
        S3ServerClock clock = new(TimeProvider.System);
        await CreateBucketAsync(test.Storage, clock, new() { Id = "r", Expiration = new(Days: 1) });

        Assert.That(await RunnerOf(test.Storage, clock).HasRulesAsync(default), Is.False);
    }

    private static LifecycleRunner RunnerOf(IS3Storage storage, S3ServerClock clock) =>
        new(storage, new EventHub(new S3ServerEvents(), null, clock, "owner"), clock, LifecycleCalendar.Aws, pageSize: 2);

    private static ValueTask<StorageResult<BucketRecord>> CreateBucketAsync(
        IS3Storage storage, S3ServerClock clock, LifecycleRuleRecord rule, BucketVersioning versioning = BucketVersioning.Enabled) =>
        storage.CreateBucketAsync(
            new BucketRecord(Bucket, "us-east-1", clock.GetUtcNow())
            {
                Versioning = versioning, Lifecycle = new LifecycleRecord { Rules = [rule] },
            },
            default);

    private static async Task PutAsync(IS3Storage storage, string key, DateTimeOffset now)
    {
        await using StagedBody body = await storage.StageBytesAsync([1]);
        ObjectRecord record = new() { Key = key, LastModified = now, ETag = "e" };
        await storage.PutAsync(Bucket, record, body, WriteCondition.None, default);
    }
}
