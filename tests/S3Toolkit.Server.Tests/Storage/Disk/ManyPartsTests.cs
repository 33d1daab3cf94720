using Microsoft.Extensions.Time.Testing;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Storage.Disk;
using S3Toolkit.Server.Storage.Disk.Bodies;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Storage.Disk;

/// <summary>Objects of so many parts that their list is read only when somebody asks for it.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ManyPartsTests
{
    private const string Bucket = "bucket";
    private const int PartBytes = 7;
    private const int Parts = 100;
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private DiskStorage _storage = null!;

    [SetUp]
    public async Task Open()
    {
        _storage = TestStorage.OpenDisk(_folder.Path, _time);
        await _storage.CreateBucketAsync(new BucketRecord(Bucket, "r", default), default);
        await PutPartsAsync("k", "first", Parts);
    }

    [TearDown]
    public async Task Close()
    {
        await _storage.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task OpenAsync_RangesOverAllBorders_AreThoseBytes()
    {
        IObjectBody body = (await FindAsync("k")).Body!;
        byte[] whole = Bytes("first", Parts);

        Assert.That((body.Length, await body.ReadAllAsync()), Is.EqualTo((whole.Length, whole)));
        for (int offset = 0; offset < whole.Length; offset += 3)
        {
            int length = Math.Min(2 * PartBytes, whole.Length - offset);
            Assert.That(await body.ReadAllAsync(offset, length), Is.EqualTo(whole[offset..(offset + length)]));
        }
        Assert.That(await body.ReadAllAsync(whole.Length, 0), Is.Empty);
    }

    [Test]
    public async Task Parts_OfAFoundObject_AreAllOfThem()
    {
        IReadOnlyList<PartRecord> parts = (await FindAsync("k")).Parts;

        Assert.That(parts.Select(part => part.PartNumber), Is.EqualTo(Enumerable.Range(1, Parts)));
        Assert.That((parts.Count, parts[^1].Length), Is.EqualTo((Parts, PartBytes)));
    }

    [Test]
    public async Task FindAsync_TenTimesTheParts_AllocatesNoMore()
    {
        await PutPartsAsync("more", "more", 10 * Parts);
        long few = await AllocatedByFindingAsync("k");

        long many = await AllocatedByFindingAsync("more");

        Assert.That(many, Is.LessThan(few + 4096));
    }

    [Test]
    public async Task FindAsync_GoneBeforeItIsOpened_IsStillWhatWasFound([Values("deleted", "small", "parts", "bucket")] string becomes)
    {
        ObjectRecord found = await FindAsync("k"), alsoFound = await FindAsync("k");

        if (becomes == "small") await PutAsync("k", 10);
        else if (becomes == "parts") await PutPartsAsync("k", "second", Parts + 1);
        else await _storage.DeleteAsync(Bucket, new("k", null, default, default), default);
        if (becomes == "bucket") await _storage.DeleteBucketAsync(Bucket, default);

        Assert.That(await found.Body!.ReadAllAsync(), Is.EqualTo(Bytes("first", Parts)));
        Assert.That(await found.Body!.ReadAllAsync(PartBytes, 1), Is.EqualTo(Bytes("first", Parts)[PartBytes..(PartBytes + 1)]));
        Assert.That(found.Parts.Select(part => part.ETag).Distinct(), Is.EqualTo(new[] { "first" }));
        if (becomes == "parts") Assert.That(await (await FindAsync("k")).Body!.ReadAllAsync(), Is.EqualTo(Bytes("second", Parts + 1)));
        for (int i = 0; i < 4; i++) _time.Advance(BodyTrash.Grace);
        Assert.That(() => alsoFound.Parts.Count, Throws.TypeOf<StorageDamagedException>().With.Message.Contains("deleted or replaced"));
        Assert.That(() => alsoFound.Body!.ReadAllAsync(), Throws.TypeOf<StorageDamagedException>());
    }

    [Test]
    public async Task FindAsync_ChangedBeforeItIsOpened_IsTheSameBody()
    {
        ObjectRecord found = await FindAsync("k");

        await _storage.UpdateObjectAsync(Bucket, "k", null, record => record with { Tags = [new TagRecord("a", "b")] }, default);

        Assert.That(await found.Body!.ReadAllAsync(), Is.EqualTo(Bytes("first", Parts)));
        Assert.That(found.Parts, Has.Count.EqualTo(Parts));
    }

    [Test]
    public async Task PutAsync_OnePieceWithManyParts_FindsBoth()
    {
        // A replica in a bucket of the same server is one file, and has the parts of its source.
        byte[] bytes = new byte[BodyPlacement.MaxInlineBytes + 1];
        IReadOnlyList<PartRecord> parts = (await FindAsync("k")).Parts;
        await using (StagedBody body = await _storage.StageBytesAsync(bytes))
        {
            await _storage.PutAsync(Bucket, Record("replica") with { Parts = parts }, body, default, default);
        }

        ObjectRecord found = await FindAsync("replica");
        await _storage.DeleteAsync(Bucket, new("replica", null, default, default), default);

        Assert.That(await found.Body!.ReadAllAsync(), Is.EqualTo(bytes));
        Assert.That(found.Parts, Is.EqualTo(parts));
    }

    private async Task<long> AllocatedByFindingAsync(string key)
    {
        await FindAsync(key);
        long before = GC.GetAllocatedBytesForCurrentThread();
        ValueTask<StorageResult<ObjectRecord>> found = _storage.FindAsync(Bucket, key, null, default);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.That(found.IsCompletedSuccessfully);
        return allocated;
    }

    private async Task<ObjectRecord> FindAsync(string key) => (await _storage.FindAsync(Bucket, key, null, default)).Value!;

    private static ObjectRecord Record(string key) => new() { Key = key, ETag = "e", LastModified = default };

    private static byte[] Bytes(string id, int parts)
    {
        byte[] bytes = new byte[parts * PartBytes];
        for (int i = 0; i < bytes.Length; i++) bytes[i] = (byte)(i + id.Length);
        return bytes;
    }

    private async Task PutAsync(string key, int length)
    {
        await using StagedBody body = await _storage.StageBytesAsync(new byte[length]);
        await _storage.PutAsync(Bucket, Record(key), body, default, default);
    }

    private async Task PutPartsAsync(string key, string id, int count)
    {
        byte[] whole = Bytes(id, count);
        await _storage.CreateUploadAsync(Bucket, new UploadRecord { Key = key, UploadId = id, Initiated = default }, default);
        await Parallel.ForAsync(1, count + 1, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (number, _) =>
        {
            await using StagedBody body = await _storage.StageBytesAsync(whole[((number - 1) * PartBytes)..(number * PartBytes)]);
            await _storage.PutPartAsync(Bucket, key, id, new PartRecord(number, id, 0, default), body, default);
        });
        IReadOnlyList<PartRecord> parts = (await _storage.ListPartsAsync(Bucket, key, id, default)).Value!;
        ObjectRecord record = Record(key) with { Parts = [.. parts.Select(part => part with { Body = null })] };
        await _storage.CompleteUploadAsync(Bucket, id, record, parts, default, default);
    }
}
