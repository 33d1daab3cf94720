using Microsoft.Data.Sqlite;

namespace S3Toolkit.Server.Storage.Disk.Metadata;

/// <summary>A bucket and its place in the database.</summary>
internal sealed record StoredBucket(long Id, BucketRecord Record);

internal static class BucketTable
{
    public static StorageResult<BucketRecord> Create(WriteTransaction transaction, BucketRecord bucket)
    {
        if (transaction.FindBucket(bucket.Name) is { } existing) return new(StorageStatus.AlreadyExists, existing.Record);
        SqliteSession session = transaction.Session;
        session.Execute("INSERT INTO buckets(name, record) VALUES(?1, ?2)", KeyBytes.Of(bucket.Name), RecordJson.Write(bucket));
        transaction.ChangeBucket(bucket.Name, new StoredBucket(session.LastInsertId, bucket));
        return StorageResult<BucketRecord>.Done(bucket);
    }

    public static StorageStatus Update(WriteTransaction transaction, string bucketName, Func<BucketRecord, BucketRecord> change)
    {
        if (transaction.FindBucket(bucketName) is not { } found) return StorageStatus.NoSuchBucket;
        StoredBucket changed = found with { Record = change(found.Record) };
        transaction.Session.Execute("UPDATE buckets SET record = ?2 WHERE id = ?1", found.Id, RecordJson.Write(changed.Record));
        transaction.ChangeBucket(bucketName, changed);
        return StorageStatus.Done;
    }

    public static StorageStatus Delete(WriteTransaction transaction, string bucketName)
    {
        SqliteSession session = transaction.Session;
        if (transaction.FindBucket(bucketName) is not { } found) return StorageStatus.NoSuchBucket;
        if (session.Scalar("SELECT EXISTS(SELECT 1 FROM objects WHERE bucket_id = ?1)", found.Id) != 0) return StorageStatus.NotEmpty;
        UploadTable.DeleteAll(transaction, found.Id);
        session.Execute("DELETE FROM buckets WHERE id = ?1", found.Id);
        transaction.ChangeBucket(bucketName, null);
        return StorageStatus.Done;
    }

    public static BucketPage List(SqliteSession session, BucketQuery query)
    {
        List<BucketRecord> found = [];
        using SqliteDataReader reader = session.Query(
            "SELECT record FROM buckets WHERE name >= ?1 AND name < ?2 ORDER BY name",
            KeyBytes.Of(PageStart.Of(query.Prefix, "", query.After)), KeyBytes.AfterPrefix(query.Prefix));
        while (reader.Read())
        {
            BucketRecord record = RecordJson.Read<BucketRecord>(reader.GetFieldValue<byte[]>(0));
            if (!query.Includes(record)) continue;
            if (found.Count == query.Limit) return new BucketPage(found, true);
            found.Add(record);
        }
        return new BucketPage(found, false);
    }
}
