namespace S3Toolkit.Server.Storage.Memory;

/// <summary>One bucket: every method is one step under its lock, and none of them waits for anything.</summary>
internal sealed partial class MemoryBucket(BucketRecord record, MemoryBudget budget)
{
    private readonly Lock _gate = new();
    private SortedKeyMap<ObjectVersions> _objects = new();
    private BucketRecord _record = record;
    private bool _isDeleted;

    /// <summary>What the bucket has of the budget: the bytes of its versions and parts.</summary>
    private long _bytes;

    public BucketRecord Record
    {
        get
        {
            lock (_gate) return _record;
        }
    }

    public StorageStatus Update(Func<BucketRecord, BucketRecord> change)
    {
        lock (_gate)
        {
            if (_isDeleted) return StorageStatus.NoSuchBucket;
            _record = change(_record);
            return StorageStatus.Done;
        }
    }

    /// <summary>From here on every call answers NoSuchBucket, so that nothing is written into a bucket that is going.</summary>
    public StorageStatus Delete()
    {
        lock (_gate)
        {
            if (_isDeleted) return StorageStatus.NoSuchBucket;
            if (_objects.Count > 0) return StorageStatus.NotEmpty;
            _isDeleted = true;
            Lose_NeedsLock(_bytes); // of unfinished uploads
            return StorageStatus.Done;
        }
    }

    public StorageResult<ObjectRecord> Put(ObjectRecord record, WriteCondition condition)
    {
        lock (_gate) return Put_NeedsLock(record, condition);
    }

    public StorageResult<ObjectRecord> Find(string key, string? versionId)
    {
        lock (_gate) return Find_NeedsLock(key, versionId, out _);
    }

    public StorageResult<ObjectRecord> Update(
        string key, string? versionId, Func<ObjectRecord, ObjectRecord> change, bool takesMarkers = false)
    {
        lock (_gate)
        {
            StorageResult<ObjectRecord> found = Find_NeedsLock(key, versionId, out ObjectVersions? versions);
            if (found.Value is not { } old) return found;
            // A marker has nothing that a request could change; it may have come since the object was found.
            if (old.IsDeleteMarker && !takesMarkers) return StorageStatus.NoSuchKey;
            ObjectRecord changed = change(old);
            versions!.Replace(old, changed);
            return StorageResult<ObjectRecord>.Done(changed);
        }
    }

    public StorageResult<DeletionRecord> Delete(DeletionRequest request)
    {
        lock (_gate)
        {
            if (_isDeleted) return StorageStatus.NoSuchBucket;
            _objects.TryGetValue(request.Key, out ObjectVersions? versions);
            ObjectRecord? target = request.VersionId is null ? versions?.Latest : versions?.Find(request.VersionId);
            StorageStatus status = request.Check(target);
            if (status != StorageStatus.Done) return status;
            if (request.MarkerVersionId is { } id && versions?.Find(id) is not null) return StorageStatus.AlreadyExists;
            return StorageResult<DeletionRecord>.Done(request.VersionId is null
                ? DeleteCurrent_NeedsLock(request, versions)
                : DeleteVersion_NeedsLock(request.Key, request.VersionId, versions, target));
        }
    }

    private StorageResult<ObjectRecord> Put_NeedsLock(ObjectRecord record, WriteCondition condition)
    {
        if (_isDeleted) return StorageStatus.NoSuchBucket;
        _objects.TryGetValue(record.Key, out ObjectVersions? versions);
        StorageStatus status = condition.Check(versions?.Latest);
        if (status != StorageStatus.Done) return status;
        bool isReplica = record.VersionId != ObjectRecord.NullVersion && _record.Versioning == BucketVersioning.Enabled;
        if (isReplica && versions?.Find(record.VersionId) is not null) return StorageStatus.AlreadyExists;
        ObjectRecord written = isReplica ? record : record with { VersionId = VersionIds.Next(_record) };
        Add_NeedsLock(written, versions);
        return StorageResult<ObjectRecord>.Done(written);
    }

    private void Add_NeedsLock(ObjectRecord written, ObjectVersions? versions)
    {
        if (versions is null) _objects.Set(written.Key, versions = new ObjectVersions());
        _bytes += written.Length;
        Lose_NeedsLock(versions.Add(written)?.Length ?? 0);
    }

    private void Lose_NeedsLock(long bytes)
    {
        _bytes -= bytes;
        budget.Give(bytes);
    }

    private StorageResult<ObjectRecord> Find_NeedsLock(string key, string? versionId, out ObjectVersions? versions)
    {
        versions = null;
        if (_isDeleted) return StorageStatus.NoSuchBucket;
        if (!_objects.TryGetValue(key, out versions)) return versionId is null ? StorageStatus.NoSuchKey : StorageStatus.NoSuchVersion;
        return versions.Find(versionId) is { } found ? StorageResult<ObjectRecord>.Done(found) : StorageStatus.NoSuchVersion;
    }

    private DeletionRecord DeleteCurrent_NeedsLock(DeletionRequest request, ObjectVersions? versions)
    {
        if (_record.Versioning == BucketVersioning.None)
        {
            if (_objects.Remove(request.Key)) Lose_NeedsLock(versions!.Bytes);
            return new DeletionRecord(false, null);
        }
        ObjectRecord marker = new()
        {
            Key = request.Key,
            IsDeleteMarker = true,
            LastModified = request.Now,
            OwnerId = request.OwnerId,
            Replication = request.MarkerReplication,
            VersionId = request.MarkerVersionId ?? VersionIds.Next(_record),
        };
        Add_NeedsLock(marker, versions);
        return new DeletionRecord(true, marker.VersionId);
    }

    private DeletionRecord DeleteVersion_NeedsLock(string key, string versionId, ObjectVersions? versions, ObjectRecord? target)
    {
        if (versions?.Remove(versionId) is { } removed)
        {
            Lose_NeedsLock(removed.Length);
            if (versions.Count == 0) _objects.Remove(key);
        }
        return new DeletionRecord(target?.IsDeleteMarker ?? false, versionId);
    }
}
