using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace S3Toolkit.Server.Storage.Disk.Metadata;

/// <summary>
/// The buckets as they are committed: every request asks for one, few change one. Only the commit loop writes here, after the commit and
/// before anybody is told of it.
/// </summary>
internal sealed class BucketCache
{
    private readonly ConcurrentDictionary<string, StoredBucket> _byName = new(StringComparer.Ordinal);

    public static BucketCache Load(SqliteSession session)
    {
        BucketCache cache = new();
        using SqliteDataReader reader = session.Query("SELECT id, record FROM buckets");
        while (reader.Read())
        {
            BucketRecord record = RecordJson.Read<BucketRecord>(reader.GetFieldValue<byte[]>(1));
            cache._byName[record.Name] = new StoredBucket(reader.GetInt64(0), record);
        }
        return cache;
    }

    public StoredBucket? Find(string bucketName) => _byName.GetValueOrDefault(bucketName);

    /// <summary>What a transaction made of buckets; null for one that it deleted.</summary>
    public void Publish(IReadOnlyDictionary<string, StoredBucket?> changes)
    {
        foreach ((string name, StoredBucket? bucket) in changes)
        {
            if (bucket is null) _byName.TryRemove(name, out _);
            else _byName[name] = bucket;
        }
    }
}
