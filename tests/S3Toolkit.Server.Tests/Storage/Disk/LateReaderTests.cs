using Microsoft.Extensions.Time.Testing;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Storage.Disk;
using S3Toolkit.Server.Storage.Disk.Bodies;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Storage.Disk;

/// <summary>Who reads an object reads it to its end, whatever becomes of it meanwhile.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LateReaderTests
{
    private const string Bucket = "bucket";
    private const int PartBytes = 300_000;
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private DiskStorage _storage = null!;

    [SetUp]
    public async Task Open()
    {
        _storage = TestStorage.OpenDisk(_folder.Path, _time);
        await _storage.CreateBucketAsync(new BucketRecord(Bucket, "r", default), default);
    }

    [TearDown]
    public async Task Close()
    {
        await _storage.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task OpenAsync_PartsDeletedWhileRead_AreReadToTheEndThenTheFilesGo([Values] bool isOverwritten, [Values(2, 40)] int parts)
    {
        await PutPartsAsync("k", parts);
        IObjectBody body = await BodyAsync("k");
        await using Stream first = await body.OpenAsync(0, body.Length, default);
        await using Stream second = await body.OpenAsync(PartBytes, PartBytes, default);
        await first.ReadExactlyAsync(new byte[1000]);

        if (isOverwritten) await PutAsync("k", 10);
        else await _storage.DeleteAsync(Bucket, new("k", null, default, default), default);
        _time.Advance(BodyTrash.Grace);

        Assert.That(await LengthOfRestAsync(first), Is.EqualTo(((long)parts * PartBytes) - 1000));
        await first.DisposeAsync();
        Assert.That(BodyPaths(), Has.Length.EqualTo(1), "the part that is still being read");
        Assert.That(await LengthOfRestAsync(second), Is.EqualTo(PartBytes));
        await second.DisposeAsync();
        Assert.That(BodyPaths(), Is.Empty);
    }

    [Test]
    public async Task OpenAsync_DamagedFirstPart_KeepsNoFile()
    {
        await PutPartsAsync("k", 2);
        IObjectBody body = await BodyAsync("k");
        foreach (string path in BodyPaths()) await File.WriteAllBytesAsync(path, new byte[PartBytes]);

        Assert.That(() => body.ReadAllAsync(), Throws.TypeOf<StorageDamagedException>());
        await _storage.DeleteAsync(Bucket, new("k", null, default, default), default);
        _time.Advance(BodyTrash.Grace);

        Assert.That(BodyPaths(), Is.Empty);
    }

    [Test]
    public async Task MakeRoomAsync_BodyJustDeleted_WaitsForWhoHasJustFoundIt()
    {
        using TemporaryFolder temporary = new();
        using DataFolder folder = DataFolder.Open(temporary.Path, _time);
        BodyFiles files = new(folder, 1);
        using BodyTrash trash = new(files, _time);
        string path = files.PathOf(files.NewName());
        await File.WriteAllTextAsync(path, "x");
        Assert.That(await trash.MakeRoomAsync(default), Is.False, "there is nothing to delete");

        trash.Add([Path.GetFileName(path)]);
        ValueTask<bool> room = trash.MakeRoomAsync(default);

        Assert.That((room.IsCompleted, File.Exists(path)), Is.EqualTo((false, true)));
        _time.Advance(BodyTrash.ShortGrace);
        Assert.That(await room, Is.True);
        Assert.That(File.Exists(path), Is.False);
    }

    private async Task PutAsync(string key, int length)
    {
        await using StagedBody body = await _storage.StageBytesAsync(new byte[length]);
        await _storage.PutAsync(Bucket, Record(key), body, default, default);
    }

    private async Task PutPartsAsync(string key, int count)
    {
        await _storage.CreateUploadAsync(Bucket, new UploadRecord { Key = key, UploadId = "1", Initiated = default }, default);
        for (int number = 1; number <= count; number++)
        {
            await using StagedBody body = await _storage.StageBytesAsync([.. Enumerable.Repeat((byte)number, PartBytes)]);
            await _storage.PutPartAsync(Bucket, key, "1", new PartRecord(number, $"{number}", 0, default), body, default);
        }
        IReadOnlyList<PartRecord> parts = (await _storage.ListPartsAsync(Bucket, key, "1", default)).Value!;
        ObjectRecord record = Record(key) with { Parts = [.. parts.Select(part => part with { Body = null })] };
        await _storage.CompleteUploadAsync(Bucket, "1", record, parts, default, default);
    }

    private static ObjectRecord Record(string key) => new() { Key = key, ETag = "e", LastModified = default };

    private async Task<IObjectBody> BodyAsync(string key) => (await _storage.FindAsync(Bucket, key, null, default)).Value!.Body!;

    private static async Task<long> LengthOfRestAsync(Stream stream)
    {
        using MemoryStream rest = new();
        await stream.CopyToAsync(rest);
        return rest.Length;
    }

    private string[] BodyPaths() => Directory.GetFiles(Path.Combine(_folder.Path, "bodies"), "*", SearchOption.AllDirectories);
}
