using CsCheck;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Storage;

/// <summary>What every storage does. In memory and on disk must be the same to whoever asks.</summary>
[TestFixture(StorageKind.Memory)]
[TestFixture(StorageKind.Disk)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class StorageTests(StorageKind kind)
{
    private const string Bucket = "bucket";
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly List<TestStorage> _opened = [];

    [TearDown]
    public async Task Close()
    {
        foreach (TestStorage storage in _opened) await storage.DisposeAsync();
    }

    [Test]
    public void ListAsync_AnyKeysPagedWithDelimiter_EqualsTheNaiveListing()
    {
        Gen<string> key = Pick.From("a", "b", "/", "//", "a/b/", "😀", "\uE000", "é").Array[1, 4].Select(string.Concat);
        // One storage for all samples, a bucket each: opening one on disk costs more than filling it.
        IS3Storage storage = Create(BucketVersioning.None);
        int samples = 0;
        Gen.Select(key.Array[0, 25], Pick.From("", "a", "a/", "/"), Pick.From("", "/", "b/"), Gen.Int[1, 4]).Sample(
            (keys, prefix, delimiter, limit) =>
            {
                string bucket = $"sample-{Interlocked.Increment(ref samples)}";
                storage.CreateBucketAsync(new BucketRecord(bucket, "us-east-1", Now), default).AsTask().Wait();
                Task.WhenAll(keys.Select(item => PutAsync(storage, item, bucket: bucket))).Wait();
                return ListAll(storage, bucket, prefix, delimiter, limit).SequenceEqual(Naive(keys, prefix, delimiter));
            },
            iter: kind == StorageKind.Memory ? 400 : 40);
    }

    [Test]
    public async Task PutAsync_VersioningEnabled_KeepsOldVersions()
    {
        IS3Storage storage = Create(BucketVersioning.Enabled);
        ObjectRecord first = await PutAsync(storage, "k", "1");
        ObjectRecord second = await PutAsync(storage, "k", "2");

        Assert.That((await FindAsync(storage, "k")).Value!.VersionId, Is.EqualTo(second.VersionId));
        Assert.That((await FindAsync(storage, "k", first.VersionId)).Value!.ETag, Is.EqualTo("1"));
        Assert.That((await FindAsync(storage, "k", first.VersionId)).Value!.LastModified, Is.EqualTo(Now));
    }

    [Test]
    public async Task DeleteAsync_VersioningEnabled_AddsAMarkerThatCanBeRemoved()
    {
        IS3Storage storage = Create(BucketVersioning.Enabled);
        await PutAsync(storage, "k", "1");

        DeletionRecord deletion = (await storage.DeleteAsync(Bucket, new("k", null, default, Now), default)).Value!;

        Assert.That(deletion.IsDeleteMarker, Is.True);
        Assert.That((await FindAsync(storage, "k")).Value!.IsDeleteMarker, Is.True);
        await storage.DeleteAsync(Bucket, new("k", deletion.VersionId, default, Now), default);
        Assert.That((await FindAsync(storage, "k")).Value!.ETag, Is.EqualTo("1"));
    }

    [Test]
    public async Task PutAsync_VersioningSuspended_ReplacesOnlyTheNullVersion()
    {
        IS3Storage storage = Create(BucketVersioning.None);
        await PutAsync(storage, "k", "before");
        await storage.UpdateBucketAsync(Bucket, bucket => bucket with { Versioning = BucketVersioning.Enabled }, default);
        ObjectRecord kept = await PutAsync(storage, "k", "enabled");
        await storage.UpdateBucketAsync(Bucket, bucket => bucket with { Versioning = BucketVersioning.Suspended }, default);

        await PutAsync(storage, "k", "suspended");

        VersionPage page = (await storage.ListVersionsAsync(Bucket, new("", "", "", "", 10), default)).Value!;
        Assert.That(page.Versions.Select(version => version.Record.ETag), Is.EqualTo(new[] { "suspended", "enabled" }));
        Assert.That(page.Versions.Select(version => version.Record.VersionId), Is.EqualTo(new[] { "null", kept.VersionId }));
    }

    [Test]
    public async Task ListVersionsAsync_PagedWhileEachPageIsDeleted_SeesEveryVersion()
    {
        IS3Storage storage = Create(BucketVersioning.Enabled);
        for (int i = 0; i < 7; i++) await PutAsync(storage, "a");
        await PutAsync(storage, "b");

        int seen = 0;
        VersionPage page;
        VersionQuery query = new("", "", "", "", 3);
        do
        {
            page = (await storage.ListVersionsAsync(Bucket, query, default)).Value!;
            seen += page.Versions.Count;
            foreach (ListedVersionRecord version in page.Versions)
                await storage.DeleteAsync(Bucket, new(version.Record.Key, version.Record.VersionId, default, Now), default);
            query = query with { AfterKey = page.LastKey, AfterVersion = page.LastVersion };
        }
        while (page.IsTruncated);

        Assert.That(seen, Is.EqualTo(8));
        Assert.That(await storage.DeleteBucketAsync(Bucket, default), Is.EqualTo(StorageStatus.Done));
    }

    [Test]
    public async Task PutAsync_ManyIfAbsentAtOnce_ExactlyOneWins()
    {
        IS3Storage storage = Create(BucketVersioning.None);

        StorageStatus[] results = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(async () =>
        {
            StagedBody body = await storage.StageAsync(0, default);
            return (await storage.PutAsync(Bucket, Record("k", $"{i}"), body, new WriteCondition(true), default)).Status;
        })));

        Assert.That(results.Count(status => status == StorageStatus.Done), Is.EqualTo(1));
        Assert.That(results.Count(status => status == StorageStatus.IfNoneMatchFailed), Is.EqualTo(63));
    }

    [Test]
    public async Task PutAsync_ConcurrentCompareAndSwapLoops_LoseNoUpdate()
    {
        int writers = 8, increments = kind == StorageKind.Memory ? 50 : 10;
        IS3Storage storage = Create(BucketVersioning.None);
        await PutAsync(storage, "counter", "0");

        await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(async () =>
        {
            for (int done = 0; done < increments;)
            {
                string current = (await FindAsync(storage, "counter")).Value!.ETag;
                WriteCondition condition = new(false, current);
                StagedBody body = await storage.StageAsync(0, default);
                string next = (int.Parse(current) + 1).ToString();
                StorageResult<ObjectRecord> result = await storage.PutAsync(Bucket, Record("counter", next), body, condition, default);
                if (result.Status == StorageStatus.Done) done++;
            }
        })));

        Assert.That((await FindAsync(storage, "counter")).Value!.ETag, Is.EqualTo($"{writers * increments}"));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(16_384)]
    [TestCase(16_385)]
    [TestCase(65_535)]
    [TestCase(65_536)]
    [TestCase(200_001)]
    [TestCase(262_144)]
    [TestCase(700_003)]
    public async Task OpenAsync_AnyRange_GivesTheBytesThatWereStaged(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        IS3Storage storage = Create(BucketVersioning.None);
        ObjectRecord written = await PutAsync(storage, "k", "e", bytes);

        foreach ((int offset, int count) in new[] { (0, length), (length / 3, length / 3), (Math.Max(0, length - 1), Math.Min(1, length)) })
        {
            byte[] expected = bytes.AsSpan(offset, count).ToArray();
            Assert.That((await written.Body!.ReadAllAsync(offset, count)).SequenceEqual(expected));
            IObjectBody found = (await FindAsync(storage, "k")).Value!.Body!;
            Assert.That((await found.ReadAllAsync(offset, count)).SequenceEqual(expected));
        }
    }

    [Test]
    public async Task UpdateObjectAsync_MarkerCameMeanwhile_IsNoSuchKey()
    {
        IS3Storage storage = Create(BucketVersioning.Suspended);
        ObjectRecord found = await PutAsync(storage, "k");
        await storage.DeleteAsync(Bucket, new("k", null, default, Now), default);

        StorageResult<ObjectRecord> result = await storage.UpdateObjectAsync(
            Bucket, "k", found.VersionId, old => old with { Tags = [new("a", "b")] }, default);

        Assert.That(result.Status, Is.EqualTo(StorageStatus.NoSuchKey));
    }

    [Test]
    public async Task ListUploadsAsync_IdsThatDoNotRise_ArePagedWithoutLoss()
    {
        IS3Storage storage = Create(BucketVersioning.None);
        string[] ids = ["c", "a", "d", "b"];
        foreach (string id in ids)
            await storage.CreateUploadAsync(Bucket, new UploadRecord { Key = "k", UploadId = id, Initiated = Now }, default);

        List<string> seen = [];
        UploadQuery query = new("", "", "", "", 1);
        UploadPage page;
        do
        {
            page = (await storage.ListUploadsAsync(Bucket, query, default)).Value!;
            seen.AddRange(page.Uploads.Select(upload => upload.UploadId));
            query = query with { AfterKey = page.LastKey, AfterUploadId = page.LastUploadId };
        }
        while (page.IsTruncated);

        Assert.That(seen, Is.EqualTo(ids.Order()));
    }

    [Test]
    public async Task TryShareAsync_StoredBody_IsTheSameBodyInTwoObjects()
    {
        IS3Storage storage = Create(BucketVersioning.None);
        ObjectRecord first = await PutAsync(storage, "k", "e", [1, 2, 3]);

        StagedBody? shared = await storage.TryShareAsync(first.Body!, default);
        if (kind == StorageKind.Disk)
        {
            Assert.That(shared, Is.Null, "a file has one owner: on disk the bytes are copied");
            return;
        }
        ObjectRecord second = (await storage.PutAsync(Bucket, Record("copy", "e"), shared!, default, default)).Value!;

        Assert.That(second.Body, Is.SameAs(first.Body));
        Assert.That((shared!.Length, second.Length), Is.EqualTo((3L, 3L)));
    }

    [Test]
    public async Task DeleteBucketAsync_BucketGone_RefusesLateWrites()
    {
        IS3Storage storage = Create(BucketVersioning.None);
        StagedBody body = await storage.StageAsync(0, default);
        await storage.DeleteBucketAsync(Bucket, default);

        StorageResult<ObjectRecord> result = await storage.PutAsync(Bucket, Record("k", "e"), body, default, default);

        Assert.That(result.Status, Is.EqualTo(StorageStatus.NoSuchBucket));
    }

    private IS3Storage Create(BucketVersioning versioning)
    {
        TestStorage opened = TestStorage.Open(kind);
        _opened.Add(opened);
        IS3Storage storage = opened.Storage;
        storage.CreateBucketAsync(new BucketRecord(Bucket, "us-east-1", Now) { Versioning = versioning }, default).AsTask().Wait();
        return storage;
    }

    private static ObjectRecord Record(string key, string eTag) => new() { Key = key, ETag = eTag, LastModified = Now };

    private static async Task<ObjectRecord> PutAsync(
        IS3Storage storage, string key, string eTag = "e", byte[]? bytes = null, string bucket = Bucket)
    {
        StagedBody body = await storage.StageBytesAsync(bytes ?? []);
        ObjectRecord written = (await storage.PutAsync(bucket, Record(key, eTag), body, default, default)).Value!;
        await body.DisposeAsync();
        return written;
    }

    private static ValueTask<StorageResult<ObjectRecord>> FindAsync(IS3Storage storage, string key, string? versionId = null) =>
        storage.FindAsync(Bucket, key, versionId, default);

    private static List<string> ListAll(IS3Storage storage, string bucket, string prefix, string delimiter, int limit)
    {
        List<string> all = [];
        ObjectPage page;
        string after = "";
        do
        {
            page = storage.ListAsync(bucket, new ObjectQuery(prefix, delimiter, after, limit), default).AsTask().Result.Value!;
            all.AddRange(page.Objects.Select(item => item.Key).Concat(page.CommonPrefixes.Select(item => "P:" + item)));
            after = page.Last;
        }
        while (page.IsTruncated);
        return [.. all.Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Naive(string[] keys, string prefix, string delimiter) => keys.Distinct()
        .Where(key => key.StartsWith(prefix, StringComparison.Ordinal))
        .Select(key => delimiter.Length > 0 && key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal) is var at && at >= 0
            ? "P:" + key[..(at + delimiter.Length)]
            : key)
        .Distinct()
        .Order(StringComparer.Ordinal);
}
