namespace S3Toolkit.Server.Storage.Disk.Metadata;

/// <summary>What a write works with.</summary>
internal sealed class WriteTransaction(SqliteSession session, BucketCache buckets)
{
    private readonly Dictionary<string, StoredBucket?> _changedBuckets = [];

    public SqliteSession Session { get; } = session;

    /// <summary>Files that nothing points at once this is committed.</summary>
    public List<string> FreedFiles { get; } = [];

    /// <summary>The buckets that become so once this is committed; null for one that is deleted.</summary>
    public IReadOnlyDictionary<string, StoredBucket?> ChangedBuckets => _changedBuckets;

    /// <summary>As this transaction sees it.</summary>
    public StoredBucket? FindBucket(string bucketName) =>
        _changedBuckets.TryGetValue(bucketName, out StoredBucket? changed) ? changed : buckets.Find(bucketName);

    public void ChangeBucket(string bucketName, StoredBucket? bucket) => _changedBuckets[bucketName] = bucket;
}
