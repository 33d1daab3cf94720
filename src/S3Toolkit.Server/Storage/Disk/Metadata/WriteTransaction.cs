using S3Toolkit.Server.Storage.Disk.Bodies;

namespace S3Toolkit.Server.Storage.Disk.Metadata;

/// <summary>What a write works with.</summary>
internal sealed class WriteTransaction(SqliteSession session, BucketCache buckets)
{
    private Dictionary<string, StoredBucket?> _changedBuckets = [];

    public SqliteSession Session { get; } = session;

    /// <summary>Files that nothing points at once this is committed.</summary>
    public List<string> FreedFiles { get; } = [];

    /// <summary>The bodies of many files among them.</summary>
    public List<FreedBody> FreedBodies { get; } = [];

    /// <summary>The buckets that become so once this is committed; null for one that is deleted.</summary>
    public IReadOnlyDictionary<string, StoredBucket?> ChangedBuckets => _changedBuckets;

    /// <summary>As this transaction sees it.</summary>
    public StoredBucket? FindBucket(string bucketName) =>
        _changedBuckets.TryGetValue(bucketName, out StoredBucket? changed) ? changed : buckets.Find(bucketName);

    public void ChangeBucket(string bucketName, StoredBucket? bucket) => _changedBuckets[bucketName] = bucket;

    /// <summary>Applies one write of several: when it throws, nothing of it is left, and the others stay.</summary>
    /// <returns>What it threw; null when it went well.</returns>
    public Exception? TryApply(PendingWrite write)
    {
        (int freed, int freedBodies) = (FreedFiles.Count, FreedBodies.Count);
        Dictionary<string, StoredBucket?> changed = new(_changedBuckets);
        Session.Execute("SAVEPOINT one_write");
        try
        {
            write.Apply(this);
            Session.Execute("RELEASE one_write");
            return null;
        }
#pragma warning disable CA1031 // Whatever it threw belongs to the one who asked for it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            int systemError = Session.SystemError;
            // These throw when the database has given up the whole transaction: then all writes of it fail.
            Session.Execute("ROLLBACK TO one_write");
            Session.Execute("RELEASE one_write");
            FreedFiles.RemoveRange(freed, FreedFiles.Count - freed);
            FreedBodies.RemoveRange(freedBodies, FreedBodies.Count - freedBodies);
            _changedBuckets = changed;
            return DiskFailure.IsKnown(exception) ? DiskFailure.Of(exception, systemError) : exception;
        }
    }
}
