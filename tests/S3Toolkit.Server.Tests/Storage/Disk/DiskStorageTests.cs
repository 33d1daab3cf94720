using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Storage.Disk;
using S3Toolkit.Server.Storage.Disk.Bodies;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Storage.Disk;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DiskStorageTests
{
    private const string Bucket = "bucket";
    private const int LargeBytes = 600_000;
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
    public void Open_FolderInUse_SaysSo()
    {
        IOException exception = Assert.Throws<IOException>(() => TestStorage.OpenDisk(_folder.Path))!;

        Assert.That(exception.Message, Does.Contain(_folder.Path).And.Contain("in use by another S3 server"));
    }

    [Test]
    public async Task Open_SchemaOfALaterVersion_SaysSo()
    {
        await _storage.DisposeAsync();
        Alter("PRAGMA user_version = 99");

        IOException exception = Assert.Throws<IOException>(() => TestStorage.OpenDisk(_folder.Path))!;

        Assert.That(exception.Message, Does.Contain("later version").And.Contain("schema 99"));
        Alter("PRAGMA user_version = 3");
        _storage = TestStorage.OpenDisk(_folder.Path); // a refused start gives the folder back
    }

    [TestCase(1, "version_id")]
    [TestCase(2, "version_id, bucket_id")]
    public async Task Open_SchemaOfAnEarlierVersion_IsBroughtUpToDate(int version, string columns)
    {
        await PutAsync("kept", LargeBytes);
        await _storage.DisposeAsync();
        Alter("DROP INDEX objects_by_version; "
            + $"CREATE UNIQUE INDEX objects_by_version ON objects({columns}) WHERE version_id <> 'null'; PRAGMA user_version = {version}");

        _storage = TestStorage.OpenDisk(_folder.Path, _time);

        Assert.That(await ReadAsync("kept"), Has.Length.EqualTo(LargeBytes));
        foreach (string bucket in new[] { "one", "two" })
        {
            BucketRecord versioned = new(bucket, "r", default) { Versioning = BucketVersioning.Enabled };
            await _storage.CreateBucketAsync(versioned, default);
            foreach (string key in new[] { "a", "b" })
            {
                await using StagedBody body = await _storage.StageBytesAsync(new byte[10]);
                StorageResult<ObjectRecord> put = await _storage.PutAsync(
                    bucket, Record(key) with { VersionId = "replica" }, body, default, default);
                Assert.That(put.Status, Is.EqualTo(StorageStatus.Done));
            }
        }
    }

    [Test]
    public void Open_LockCannotBeMade_SaysWhy()
    {
        string path = Path.Combine(_folder.Path, "other");
        Directory.CreateDirectory(Path.Combine(path, "lock"));

        IOException exception = Assert.Throws<IOException>(() => TestStorage.OpenDisk(path))!;

        Assert.That(exception.Message, Does.Contain("cannot be written to").And.Not.Contain("another S3 server"));
    }

    [Test]
    public async Task Open_DatabaseOfSomethingElse_SaysSo()
    {
        await _storage.DisposeAsync();
        Alter("PRAGMA application_id = 7");

        Assert.That(() => TestStorage.OpenDisk(_folder.Path), Throws.InstanceOf<IOException>().With.Message.Contains("something else"));
    }

    [Test]
    public async Task Open_MetadataIsNoDatabase_SaysSo()
    {
        await _storage.DisposeAsync();
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "metadata.db"), new string('x', 5000));

        Assert.That(() => TestStorage.OpenDisk(_folder.Path), Throws.InstanceOf<IOException>().With.Message.Contains("metadata.db"));
    }

    [Test]
    public async Task Open_LeftOversOfAKilledProcess_AreSweptAndNothingElse()
    {
        await PutAsync("kept", LargeBytes);
        string kept = BodyPaths().Single();
        await _storage.DisposeAsync();
        string orphan = Path.Combine(_folder.Path, "bodies", "ab", "ab" + new string('0', 30) + "-1");
        string foreign = Path.Combine(_folder.Path, "bodies", "ab", "notes.txt");
        string half = Path.Combine(_folder.Path, "temporary", "half");
        foreach (string path in new[] { orphan, foreign, half }) await File.WriteAllTextAsync(path, "x");

        _storage = TestStorage.OpenDisk(_folder.Path, _time);
        await _storage.Swept;

        Assert.That(BodyPaths(), Is.EquivalentTo(new[] { kept, foreign }));
        Assert.That(File.Exists(half), Is.False);
        Assert.That(await ReadAsync("kept"), Has.Length.EqualTo(LargeBytes));
    }

    [Test]
    public async Task StageAsync_NotCommitted_LeavesNoFile()
    {
        await using (StagedBody body = await _storage.StageBytesAsync(new byte[LargeBytes]))
        {
            Assert.That(Directory.GetFiles(Path.Combine(_folder.Path, "temporary")), Has.Length.EqualTo(1));
        }

        Assert.That(Directory.GetFiles(_folder.Path, "*-*", SearchOption.AllDirectories).Where(IsBody), Is.Empty);
    }

    [Test]
    public async Task PutAsync_ConditionFails_LeavesNoFile()
    {
        await PutAsync("k", 10);
        await using (StagedBody body = await _storage.StageBytesAsync(new byte[LargeBytes]))
        {
            StorageResult<ObjectRecord> result = await _storage.PutAsync(Bucket, Record("k"), body, new(IfAbsent: true), default);
            Assert.That(result.Status, Is.EqualTo(StorageStatus.IfNoneMatchFailed));
        }

        Assert.That(BodyPaths(), Is.Empty);
    }

    [Test]
    public async Task PutAsync_LongerThanExpected_IsStoredWhole()
    {
        byte[] bytes = new byte[LargeBytes];
        new Random(1).NextBytes(bytes);
        await using StagedBody body = await _storage.StageBytesAsync(bytes, expectedBytes: 5);

        await _storage.PutAsync(Bucket, Record("k"), body, default, default);

        Assert.That((await ReadAsync("k")).SequenceEqual(bytes));
    }

    [Test]
    public async Task DeleteAsync_LargeBody_LateReaderStillOpensItThenTheFileGoes()
    {
        await PutAsync("k", LargeBytes);
        IObjectBody body = (await _storage.FindAsync(Bucket, "k", null, default)).Value!.Body!;

        await _storage.DeleteAsync(Bucket, new("k", null, default, default), default);
        await using (Stream open = await body.OpenAsync(0, LargeBytes, default))
        {
            Assert.That(BodyPaths(), Has.Length.EqualTo(1), "within the grace");
            _time.Advance(BodyTrash.Grace);
            using MemoryStream copy = new();
            await open.CopyToAsync(copy);
            Assert.That(copy.Length, Is.EqualTo(LargeBytes), "who has it open reads on");
        }

        Assert.That(BodyPaths(), Is.Empty);
    }

    [TestCase(0)]
    [TestCase(LargeBytes - 1)]
    public async Task OpenAsync_FlippedBit_IsNeverServed(int at)
    {
        await PutAsync("k", LargeBytes);
        Flip(BodyPaths().Single(), at);
        IObjectBody body = (await _storage.FindAsync(Bucket, "k", null, default)).Value!.Body!;

        Assert.That(() => body.ReadAllAsync(), Throws.TypeOf<StorageDamagedException>().With.Message.Contains("bucket/k"));
        Assert.That(() => body.ReadAllAsync(at, 1), Throws.TypeOf<StorageDamagedException>(), "a range over the damage");
        Assert.That(await body.ReadAllAsync(300_000, 1), Has.Length.EqualTo(1), "a range beside the damage");
    }

    [Test]
    public async Task OpenAsync_FileCutOrGone_IsNeverServed()
    {
        await PutAsync("cut", LargeBytes);
        using (FileStream file = new(BodyPaths().Single(), FileMode.Open)) file.SetLength(LargeBytes - 1);
        Assert.That(() => ReadAsync("cut"), Throws.TypeOf<StorageDamagedException>().With.Message.Contains("599999 bytes"));

        File.Delete(BodyPaths().Single());
        Assert.That(() => ReadAsync("cut"), Throws.TypeOf<StorageDamagedException>());
    }

    [Test]
    public async Task OpenAsync_SmallBodyChangedInTheDatabase_IsNeverServed()
    {
        await PutAsync("k", 100);
        await _storage.DisposeAsync();
        Alter("UPDATE inline_bodies SET bytes = randomblob(100)");
        _storage = TestStorage.OpenDisk(_folder.Path, _time);

        Assert.That(() => ReadAsync("k"), Throws.TypeOf<StorageDamagedException>());
    }

    [Test]
    public async Task CompleteUploadAsync_Parts_BecomeTheObjectWithoutACopy()
    {
        UploadRecord upload = new() { Key = "k", UploadId = "1", Initiated = default };
        await _storage.CreateUploadAsync(Bucket, upload, default);
        foreach (int number in new[] { 1, 2, 3 })
        {
            await using StagedBody body = await _storage.StageBytesAsync([.. Enumerable.Repeat((byte)number, LargeBytes)]);
            await _storage.PutPartAsync(Bucket, "k", "1", new PartRecord(number, $"{number}", 0, default), body, default);
        }
        string[] before = BodyPaths();
        IReadOnlyList<PartRecord> parts = (await _storage.ListPartsAsync(Bucket, "k", "1", default)).Value!;

        await _storage.CompleteUploadAsync(Bucket, "1", Record("k"), [parts[0], parts[2]], default, default);
        _time.Advance(BodyTrash.Grace);

        Assert.That(BodyPaths(), Has.Length.EqualTo(2).And.SubsetOf(before));
        byte[] bytes = await ReadAsync("k");
        Assert.That(bytes, Has.Length.EqualTo(2 * LargeBytes));
        Assert.That((bytes[LargeBytes - 1], bytes[LargeBytes]), Is.EqualTo(((byte)1, (byte)3)));
    }

    [Test]
    public async Task DisposeAsync_WithBodiesToDelete_DeletesThemAndFreesTheFolder()
    {
        await PutAsync("k", LargeBytes);
        await PutAsync("k", LargeBytes);

        await _storage.DisposeAsync();

        Assert.That(BodyPaths(), Has.Length.EqualTo(1));
        Assert.That(() => _storage.DeleteBucketAsync(Bucket, default), Throws.TypeOf<ObjectDisposedException>());
        _storage = TestStorage.OpenDisk(_folder.Path, _time);
        Assert.That(await ReadAsync("k"), Has.Length.EqualTo(LargeBytes));
    }

    private static ObjectRecord Record(string key) => new() { Key = key, ETag = "e", LastModified = default };

    private async Task PutAsync(string key, int length)
    {
        await using StagedBody body = await _storage.StageBytesAsync(new byte[length]);
        await _storage.PutAsync(Bucket, Record(key), body, default, default);
    }

    private async Task<byte[]> ReadAsync(string key) =>
        await (await _storage.FindAsync(Bucket, key, null, default)).Value!.Body!.ReadAllAsync();

    private string[] BodyPaths() => Directory.GetFiles(Path.Combine(_folder.Path, "bodies"), "*", SearchOption.AllDirectories);

    private static bool IsBody(string path) => !Path.GetFileName(path).StartsWith("metadata", StringComparison.Ordinal);

    private static void Flip(string path, int at)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite);
        file.Position = at;
        int value = file.ReadByte();
        file.Position = at;
        file.WriteByte((byte)(value ^ 1));
    }

    private void Alter(string sql)
    {
        using SqliteConnection connection = new($"Data Source={Path.Combine(_folder.Path, "metadata.db")};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
