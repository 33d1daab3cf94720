using S3Toolkit.Server.Replication;

namespace S3Toolkit.Server.Storage.Memory;

/// <summary>Everything in memory, gone with the process. Finds the bucket; the bucket does the work.</summary>
internal sealed partial class MemoryStorage : IS3Storage
{
    private readonly Lock _gate = new();
    private readonly MemoryBudget _budget;
    private SortedKeyMap<MemoryBucket> _buckets = new();

    /// <summary>The bytes of all bodies, those on their way in included.</summary>
    public long UsedBytes => _budget.Used;

    public ValueTask<StorageResult<BucketRecord>> CreateBucketAsync(BucketRecord bucket, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_buckets.TryGetValue(bucket.Name, out MemoryBucket? existing))
                return new(new StorageResult<BucketRecord>(StorageStatus.AlreadyExists, existing.Record));
            _buckets.Set(bucket.Name, new MemoryBucket(bucket, _budget));
            return new(StorageResult<BucketRecord>.Done(bucket));
        }
    }

    public ValueTask<BucketRecord?> FindBucketAsync(string bucketName, CancellationToken cancellationToken) =>
        new(Bucket(bucketName)?.Record);

    public ValueTask<StorageStatus> UpdateBucketAsync(
        string bucketName, Func<BucketRecord, BucketRecord> change, CancellationToken cancellationToken) =>
        new(Bucket(bucketName)?.Update(change) ?? StorageStatus.NoSuchBucket);

    public ValueTask<StorageStatus> DeleteBucketAsync(string bucketName, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_buckets.TryGetValue(bucketName, out MemoryBucket? bucket)) return new(StorageStatus.NoSuchBucket);
            StorageStatus status = bucket.Delete();
            if (status == StorageStatus.Done) _buckets.Remove(bucketName);
            return new(status);
        }
    }

    public ValueTask<BucketPage> ListBucketsAsync(BucketQuery query, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            List<BucketRecord> found = [];
            SortedKeyMap<MemoryBucket>.Cursor cursor = _buckets.From(PageStart.Of(query.Prefix, "", query.After));
            for (; !cursor.IsAtEnd && cursor.Key.StartsWith(query.Prefix, StringComparison.Ordinal); cursor.MoveNext())
            {
                BucketRecord record = cursor.Value.Record;
                if (!query.Includes(record)) continue;
                if (found.Count == query.Limit) return new(new BucketPage(found, true));
                found.Add(record);
            }
            return new(new BucketPage(found, false));
        }
    }

    public ValueTask<StagedBody> StageAsync(long? expectedBytes, CancellationToken cancellationToken) =>
        new(new MemoryStagedBody(_budget, expectedBytes));

    public ValueTask<StagedBody?> TryShareAsync(IObjectBody body, CancellationToken cancellationToken) =>
        new(new MemoryStagedBody(_budget, (MemoryBody)body));

    public ValueTask<StorageResult<ObjectRecord>> PutAsync(
        string bucketName, ObjectRecord record, StagedBody body, WriteCondition condition, CancellationToken cancellationToken)
    {
        MemoryStagedBody staged = (MemoryStagedBody)body;
        MemoryBody stored = staged.ToBody();
        StorageResult<ObjectRecord> written =
            Bucket(bucketName)?.Put(record with { Body = stored, Length = stored.Length }, condition) ?? StorageStatus.NoSuchBucket;
        if (written.Status == StorageStatus.Done) staged.Keep();
        return new(written);
    }

    public ValueTask<StorageResult<ObjectRecord>> FindAsync(
        string bucketName, string key, string? versionId, CancellationToken cancellationToken) =>
        new(Bucket(bucketName)?.Find(key, versionId) ?? StorageStatus.NoSuchBucket);

    public ValueTask<StorageResult<DeletionRecord>> DeleteAsync(
        string bucketName, DeletionRequest request, CancellationToken cancellationToken) =>
        new(Bucket(bucketName)?.Delete(request) ?? StorageStatus.NoSuchBucket);

    public ValueTask<StorageResult<ObjectRecord>> UpdateObjectAsync(
        string bucketName, string key, string? versionId, Func<ObjectRecord, ObjectRecord> change, CancellationToken cancellationToken) =>
        new(Bucket(bucketName)?.Update(key, versionId, change) ?? StorageStatus.NoSuchBucket);

    public ValueTask<StorageStatus> UpdateReplicationAsync(
        string bucketName, string key, string versionId, Func<ObjectRecord, ReplicationStatus?> judge,
        CancellationToken cancellationToken) =>
        new(Bucket(bucketName)?.Update(key, versionId, record => record with { Replication = judge(record) }, takesMarkers: true).Status
            ?? StorageStatus.NoSuchBucket);

    public ValueTask<StorageResult<ObjectPage>> ListAsync(string bucketName, ObjectQuery query, CancellationToken cancellationToken) =>
        new(Bucket(bucketName)?.List(query) ?? StorageStatus.NoSuchBucket);

    public ValueTask<StorageResult<VersionPage>> ListVersionsAsync(
        string bucketName, VersionQuery query, CancellationToken cancellationToken) =>
        new(Bucket(bucketName)?.ListVersions(query) ?? StorageStatus.NoSuchBucket);

    public ValueTask<StorageStatus> CreateUploadAsync(string bucketName, UploadRecord upload, CancellationToken cancellationToken) =>
        new(Bucket(bucketName)?.CreateUpload(upload) ?? StorageStatus.NoSuchBucket);

    public ValueTask<StorageResult<UploadRecord>> FindUploadAsync(
        string bucketName, string key, string uploadId, CancellationToken cancellationToken) =>
        new(Bucket(bucketName)?.FindUpload(key, uploadId) ?? StorageStatus.NoSuchBucket);

    public ValueTask<StorageStatus> PutPartAsync(
        string bucketName, string key, string uploadId, PartRecord part, StagedBody body, CancellationToken cancellationToken)
    {
        MemoryStagedBody staged = (MemoryStagedBody)body;
        MemoryBody stored = staged.ToBody();
        PartRecord complete = part with { Body = stored, Length = stored.Length };
        StorageStatus status = Bucket(bucketName)?.PutPart(key, uploadId, complete) ?? StorageStatus.NoSuchBucket;
        if (status == StorageStatus.Done) staged.Keep();
        return new(status);
    }

    public ValueTask<StorageResult<IReadOnlyList<PartRecord>>> ListPartsAsync(
        string bucketName, string key, string uploadId, CancellationToken cancellationToken) =>
        new(Bucket(bucketName)?.ListParts(key, uploadId) ?? StorageStatus.NoSuchBucket);

    public ValueTask<StorageResult<UploadPage>> ListUploadsAsync(
        string bucketName, UploadQuery query, CancellationToken cancellationToken) =>
        new(Bucket(bucketName)?.ListUploads(query) ?? StorageStatus.NoSuchBucket);

    public ValueTask<StorageStatus> AbortUploadAsync(
        string bucketName, string key, string uploadId, CancellationToken cancellationToken) =>
        new(Bucket(bucketName)?.AbortUpload(key, uploadId) ?? StorageStatus.NoSuchBucket);

    public ValueTask<StorageResult<ObjectRecord>> CompleteUploadAsync(
        string bucketName, string uploadId, ObjectRecord record, IReadOnlyList<PartRecord> parts, WriteCondition condition,
        CancellationToken cancellationToken) =>
        new(Bucket(bucketName)?.CompleteUpload(uploadId, record, parts, condition) ?? StorageStatus.NoSuchBucket);

    public ValueTask DisposeAsync() => default;

    private MemoryBucket? Bucket(string bucketName)
    {
        lock (_gate) return _buckets.TryGetValue(bucketName, out MemoryBucket? bucket) ? bucket : null;
    }
}
