using S3Toolkit.Server.Replication;

namespace S3Toolkit.Server.Storage;

/// <summary>
/// Buckets, object versions and unfinished uploads. Knows neither HTTP nor XML. Each call is one atomic step: concurrent calls on a key
/// take effect one after the other, and a condition is judged in the same step as the write that it guards.
/// </summary>
internal interface IS3Storage : IAsyncDisposable
{
    /// <summary>AlreadyExists carries the bucket that is there.</summary>
    ValueTask<StorageResult<BucketRecord>> CreateBucketAsync(BucketRecord bucket, CancellationToken cancellationToken);

    ValueTask<BucketRecord?> FindBucketAsync(string bucketName, CancellationToken cancellationToken);

    ValueTask<StorageStatus> UpdateBucketAsync(
        string bucketName, Func<BucketRecord, BucketRecord> change, CancellationToken cancellationToken);

    /// <summary>NotEmpty while it holds a version or a delete marker. Unfinished uploads go with it, as on S3.</summary>
    ValueTask<StorageStatus> DeleteBucketAsync(string bucketName, CancellationToken cancellationToken);

    ValueTask<BucketPage> ListBucketsAsync(BucketQuery query, CancellationToken cancellationToken);

    /// <summary>Makes room for a body. The expected length, when known, is a hint and no limit.</summary>
    ValueTask<StagedBody> StageAsync(long? expectedBytes, CancellationToken cancellationToken);

    /// <summary>Stages a stored body once more without a copy of its bytes; null when this storage has to copy them.</summary>
    ValueTask<StagedBody?> TryShareAsync(IObjectBody body, CancellationToken cancellationToken) => default;

    /// <summary>Makes a staged body visible as the newest version of a key.</summary>
    ValueTask<StorageResult<ObjectRecord>> PutAsync(
        string bucketName, ObjectRecord record, StagedBody body, WriteCondition condition, CancellationToken cancellationToken);

    /// <summary>The newest version, a delete marker included, or the named one.</summary>
    ValueTask<StorageResult<ObjectRecord>> FindAsync(
        string bucketName, string key, string? versionId, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes as the bucket's versioning says: removes, or adds a delete marker; with a version id removes that version for good.
    /// </summary>
    ValueTask<StorageResult<DeletionRecord>> DeleteAsync(
        string bucketName, DeletionRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Changes what is kept beside the bytes of a version, in one step; a delete marker has nothing to change. What the change throws is
    /// thrown, and nothing is changed.
    /// </summary>
    ValueTask<StorageResult<ObjectRecord>> UpdateObjectAsync(
        string bucketName, string key, string? versionId, Func<ObjectRecord, ObjectRecord> change, CancellationToken cancellationToken);

    /// <summary>Notes how far the replication of a version is, a delete marker too: what <paramref name="judge"/> gives for it.</summary>
    ValueTask<StorageStatus> UpdateReplicationAsync(
        string bucketName, string key, string versionId, Func<ObjectRecord, ReplicationStatus?> judge,
        CancellationToken cancellationToken);

    ValueTask<StorageResult<ObjectPage>> ListAsync(string bucketName, ObjectQuery query, CancellationToken cancellationToken);

    ValueTask<StorageResult<VersionPage>> ListVersionsAsync(string bucketName, VersionQuery query, CancellationToken cancellationToken);

    ValueTask<StorageStatus> CreateUploadAsync(string bucketName, UploadRecord upload, CancellationToken cancellationToken);

    /// <summary>An upload under way, or a completed one that is still remembered (<see cref="UploadRecord.Completed"/> is set).</summary>
    ValueTask<StorageResult<UploadRecord>> FindUploadAsync(
        string bucketName, string key, string uploadId, CancellationToken cancellationToken);

    ValueTask<StorageStatus> PutPartAsync(
        string bucketName, string key, string uploadId, PartRecord part, StagedBody body, CancellationToken cancellationToken);

    /// <summary>All parts in the order of their numbers.</summary>
    ValueTask<StorageResult<IReadOnlyList<PartRecord>>> ListPartsAsync(
        string bucketName, string key, string uploadId, CancellationToken cancellationToken);

    ValueTask<StorageResult<UploadPage>> ListUploadsAsync(string bucketName, UploadQuery query, CancellationToken cancellationToken);

    ValueTask<StorageStatus> AbortUploadAsync(string bucketName, string key, string uploadId, CancellationToken cancellationToken);

    /// <summary>
    /// Makes the chosen parts visible as one object and forgets the others. NoSuchPart when one of them was replaced since it was listed.
    /// </summary>
    ValueTask<StorageResult<ObjectRecord>> CompleteUploadAsync(
        string bucketName, string uploadId, ObjectRecord record, IReadOnlyList<PartRecord> parts, WriteCondition condition,
        CancellationToken cancellationToken);
}
