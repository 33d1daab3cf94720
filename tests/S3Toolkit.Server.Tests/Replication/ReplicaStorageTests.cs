using Microsoft.Data.Sqlite;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Storage.Disk;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Replication;

public sealed class ReplicaStorageTests
{
    private const string Id = "abcdefghijklmnopqrstuvwxyz012345";

    [TestCase(StorageKind.Memory)]
    [TestCase(StorageKind.Disk)]
    public async Task Put_WithAVersionIdOfItsOwn_KeepsItOnce(StorageKind kind)
    {
        await using TestStorage test = TestStorage.Open(kind);
        await CreateBucketAsync(test.Storage, "one", BucketVersioning.Enabled);
        await CreateBucketAsync(test.Storage, "two", BucketVersioning.Enabled);

        StorageResult<ObjectRecord> first = await PutAsync(test.Storage, "one");
        StorageResult<ObjectRecord> again = await PutAsync(test.Storage, "one");
        StorageResult<ObjectRecord> elsewhere = await PutAsync(test.Storage, "two");

        Assert.That((first.Value!.VersionId, elsewhere.Value!.VersionId), Is.EqualTo((Id, Id)));
        Assert.That(again.Status, Is.EqualTo(StorageStatus.AlreadyExists));
        Assert.That((await test.Storage.FindAsync("two", "k", Id, default)).Status, Is.EqualTo(StorageStatus.Done));
    }

    [TestCase(StorageKind.Memory)]
    [TestCase(StorageKind.Disk)]
    public async Task Put_IntoABucketWithoutVersions_IsTheNullVersion(StorageKind kind)
    {
        await using TestStorage test = TestStorage.Open(kind);
        await CreateBucketAsync(test.Storage, "one", BucketVersioning.None);

        Assert.That((await PutAsync(test.Storage, "one")).Value!.VersionId, Is.EqualTo(ObjectRecord.NullVersion));
    }

    [TestCase(StorageKind.Memory)]
    [TestCase(StorageKind.Disk)]
    public async Task Delete_WithAMarkerIdOfItsOwn_KeepsItOnce(StorageKind kind)
    {
        await using TestStorage test = TestStorage.Open(kind);
        await CreateBucketAsync(test.Storage, "one", BucketVersioning.Enabled);
        DeletionRequest request = new("k", null, WriteCondition.None, default) { MarkerVersionId = Id };

        StorageResult<DeletionRecord> first = await test.Storage.DeleteAsync("one", request, default);
        StorageResult<DeletionRecord> again = await test.Storage.DeleteAsync("one", request, default);

        Assert.That((first.Value!.VersionId, again.Status), Is.EqualTo((Id, StorageStatus.AlreadyExists)));
    }

    [Test]
    public async Task Open_FolderOfTheFirstSchema_TakesReplicas()
    {
        using TemporaryFolder folder = new();
        await using (DiskStorage storage = TestStorage.OpenDisk(folder.Path))
        {
            await CreateBucketAsync(storage, "one", BucketVersioning.Enabled);
            await CreateBucketAsync(storage, "two", BucketVersioning.Enabled);
            await PutAsync(storage, "one");
        }
        await using (SqliteConnection database = new($"Data Source={Path.Combine(folder.Path, "metadata.db")};Pooling=False"))
        {
            await database.OpenAsync();
            await using SqliteCommand command = database.CreateCommand();
            command.CommandText = "DROP INDEX objects_by_version;"
                + "CREATE UNIQUE INDEX objects_by_version ON objects(version_id) WHERE version_id <> 'null'; PRAGMA user_version = 1";
            await command.ExecuteNonQueryAsync();
        }

        await using DiskStorage opened = TestStorage.OpenDisk(folder.Path);

        Assert.That((await opened.FindAsync("one", "k", Id, default)).Status, Is.EqualTo(StorageStatus.Done));
        Assert.That((await PutAsync(opened, "two")).Value!.VersionId, Is.EqualTo(Id));
    }

    private static ValueTask<StorageResult<BucketRecord>> CreateBucketAsync(IS3Storage storage, string name, BucketVersioning versioning) =>
        storage.CreateBucketAsync(new BucketRecord(name, "us-east-1", default) { Versioning = versioning }, default);

    private static async Task<StorageResult<ObjectRecord>> PutAsync(IS3Storage storage, string bucketName)
    {
        await using StagedBody body = await storage.StageBytesAsync([1]);
        ObjectRecord record = new() { Key = "k", VersionId = Id, LastModified = default, ETag = "e" };
        return await storage.PutAsync(bucketName, record, body, WriteCondition.None, default);
    }
}
