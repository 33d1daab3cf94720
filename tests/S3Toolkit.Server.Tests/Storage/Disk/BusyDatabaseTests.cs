using Microsoft.Data.Sqlite;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Storage.Disk;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Storage.Disk;

/// <summary>A tool that looks into the metadata and holds them.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BusyDatabaseTests
{
    private const string Bucket = "bucket";

    [Test]
    public async Task PutAsync_DatabaseHeldByAnother_SaysSoOnceForAllAndLeavesNoFile()
    {
        using TemporaryFolder folder = new();
        await using DiskStorage storage = TestStorage.OpenDisk(folder.Path);
        await storage.CreateBucketAsync(new BucketRecord(Bucket, "r", default), default);
        using SqliteConnection other = new($"Data Source={Path.Combine(folder.Path, "metadata.db")};Pooling=False");
        other.Open();
        Execute(other, "BEGIN IMMEDIATE");
        long start = TimeProvider.System.GetTimestamp();

        Task<StorageResult<ObjectRecord>>[] puts = [.. Enumerable.Range(0, 10).Select(i => PutAsync(storage, $"k{i}", 600_000))];

        foreach (Task put in puts) Assert.That(async () => await put, Throws.TypeOf<StorageBusyException>());
        // Two seconds a transaction: the first write's, and that of all the others.
        Assert.That(TimeProvider.System.GetElapsedTime(start), Is.LessThan(TimeSpan.FromSeconds(15)));
        string bodies = Path.Combine(folder.Path, "bodies");
        Assert.That(Directory.GetFiles(bodies, "*", SearchOption.AllDirectories), Is.Empty);
        Execute(other, "ROLLBACK");
        Assert.That((await PutAsync(storage, "k", 10)).Status, Is.EqualTo(StorageStatus.Done));
    }

    private static async Task<StorageResult<ObjectRecord>> PutAsync(DiskStorage storage, string key, int length)
    {
        await using StagedBody body = await storage.StageBytesAsync(new byte[length]);
        return await storage.PutAsync(Bucket, new ObjectRecord { Key = key, ETag = "e", LastModified = default }, body, default, default);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
