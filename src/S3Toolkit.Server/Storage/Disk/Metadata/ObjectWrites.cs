using S3Toolkit.Server.Storage.Disk.Bodies;

namespace S3Toolkit.Server.Storage.Disk.Metadata;

/// <summary>The writes of objects, each one step of a transaction: the condition is judged where the write happens.</summary>
internal static class ObjectWrites
{
    /// <summary>Adds the record, whose body is placed already, as the newest version of its key.</summary>
    public static StorageResult<ObjectRecord> Put(
        WriteTransaction transaction, string bucketName, ObjectRecord record, BodyPlacement placement, WriteCondition condition)
    {
        return transaction.FindBucket(bucketName) is { } bucket
            ? Put(transaction, bucket, record, placement, condition)
            : StorageStatus.NoSuchBucket;
    }

    public static StorageResult<DeletionRecord> Delete(WriteTransaction transaction, string bucketName, DeletionRequest request)
    {
        SqliteSession session = transaction.Session;
        if (transaction.FindBucket(bucketName) is not { } bucket) return StorageStatus.NoSuchBucket;
        byte[] key = KeyBytes.Of(request.Key);
        StoredObject? target = ObjectTable.Find(session, bucket.Id, key, request.VersionId);
        StorageStatus status = request.Check(target?.Record);
        if (status != StorageStatus.Done) return status;
        if (request.VersionId is not null)
        {
            if (target is not null) ObjectTable.Remove(transaction, bucket.Id, key, target);
            return StorageResult<DeletionRecord>.Done(new(target?.IsDeleteMarker ?? false, request.VersionId));
        }
        if (bucket.Record.Versioning == BucketVersioning.None)
        {
            if (target is not null) ObjectTable.Remove(transaction, bucket.Id, key, target);
            return StorageResult<DeletionRecord>.Done(new(false, null));
        }
        ObjectRecord marker = new()
        {
            Key = request.Key,
            IsDeleteMarker = true,
            LastModified = request.Now,
            OwnerId = request.OwnerId,
            Replication = request.MarkerReplication,
            VersionId = request.MarkerVersionId ?? VersionIds.Next(bucket.Record),
        };
        if (request.MarkerVersionId is { } id && ObjectTable.Find(session, bucket.Id, key, id) is not null)
            return StorageStatus.AlreadyExists;
        ObjectTable.Add(transaction, bucket.Id, key, marker, BodyPlacement.Inline.Empty, target);
        return StorageResult<DeletionRecord>.Done(new(true, marker.VersionId));
    }

    public static StorageResult<ObjectRecord> Update(
        WriteTransaction transaction, string bucketName, string key, string? versionId, Func<ObjectRecord, ObjectRecord> change,
        bool takesMarkers = false)
    {
        if (transaction.FindBucket(bucketName) is not { } bucket) return StorageStatus.NoSuchBucket;
        SqliteSession session = transaction.Session;
        StoredObject? found = ObjectTable.Find(session, bucket.Id, KeyBytes.Of(key), versionId);
        if (found is null) return versionId is null ? StorageStatus.NoSuchKey : StorageStatus.NoSuchVersion;
        // A marker has nothing that a request could change; it may have come since the object was found.
        if (found.IsDeleteMarker && !takesMarkers) return StorageStatus.NoSuchKey;
        ObjectRecord changed = change(found.Record);
        ObjectTable.Update(session, found.Id, changed);
        return StorageResult<ObjectRecord>.Done(changed);
    }

    /// <summary>The files of the parts become those of the object: no byte is copied.</summary>
    public static StorageResult<ObjectRecord> Complete(
        WriteTransaction transaction, string bucketName, string uploadId, ObjectRecord record, IReadOnlyList<PartRecord> chosen,
        WriteCondition condition)
    {
        SqliteSession session = transaction.Session;
        if (transaction.FindBucket(bucketName) is not { } bucket) return StorageStatus.NoSuchBucket;
        if (UploadTable.FindUnderWay(session, bucket.Id, record.Key, uploadId) is not { } upload) return StorageStatus.NoSuchUpload;
        Dictionary<int, StoredFile> stored = UploadTable.Parts(session, upload.Id)
            .ToDictionary(item => item.Part.PartNumber, item => item.File);
        List<StoredFile> files = [];
        foreach (PartRecord part in chosen)
        {
            // A part's file has a name of its own: another name is another upload of the part.
            bool isSame = stored.TryGetValue(part.PartNumber, out StoredFile? file)
                && part.Body is FileBody body && body.Files[0].Name == file.Name;
            if (!isSame) return StorageStatus.NoSuchPart;
            files.Add(file!);
        }
        BodyPlacement.InFiles placement = new(files);
        StorageResult<ObjectRecord> written = Put(transaction, bucket, record with { Length = placement.Length }, placement, condition);
        if (written.Status != StorageStatus.Done) return written;
        UploadTable.Complete(transaction, bucket.Id, upload, written.Value!, files.Select(file => file.Name).ToHashSet());
        return written;
    }

    private static StorageResult<ObjectRecord> Put(
        WriteTransaction transaction, StoredBucket bucket, ObjectRecord record, BodyPlacement placement, WriteCondition condition)
    {
        byte[] key = KeyBytes.Of(record.Key);
        StoredObject? latest = ObjectTable.Latest(transaction.Session, bucket.Id, key);
        StorageStatus status = condition == WriteCondition.None ? StorageStatus.Done : condition.Check(latest?.Record);
        if (status != StorageStatus.Done) return status;
        bool isReplica = record.VersionId != ObjectRecord.NullVersion && bucket.Record.Versioning == BucketVersioning.Enabled;
        if (isReplica && ObjectTable.Find(transaction.Session, bucket.Id, key, record.VersionId) is not null)
            return StorageStatus.AlreadyExists;
        ObjectRecord written = isReplica ? record : record with { VersionId = VersionIds.Next(bucket.Record) };
        ObjectTable.Add(transaction, bucket.Id, key, written, placement, latest);
        return StorageResult<ObjectRecord>.Done(written);
    }
}
