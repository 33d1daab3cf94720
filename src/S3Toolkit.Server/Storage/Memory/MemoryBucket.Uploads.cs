namespace S3Toolkit.Server.Storage.Memory;

internal sealed partial class MemoryBucket
{
    /// <summary>So many completed uploads are remembered to answer a repeated Complete.</summary>
    private const int MaxCompleted = 1000;

    /// <summary>The uploads of a key in the order of their ids, by which a page goes on.</summary>
    private SortedKeyMap<List<MemoryUpload>> _uploads = new();
    private Dictionary<string, UploadRecord> _completed = [];
    private Queue<string> _completedOrder = new();

    public StorageStatus CreateUpload(UploadRecord upload)
    {
        lock (_gate)
        {
            if (_isDeleted) return StorageStatus.NoSuchBucket;
            if (!_uploads.TryGetValue(upload.Key, out List<MemoryUpload>? uploads)) _uploads.Set(upload.Key, uploads = new(1));
            // Ids mostly rise with time; a clock that stands still or is set back makes some that do not.
            int at = uploads.Count;
            while (at > 0 && string.CompareOrdinal(uploads[at - 1].Record.UploadId, upload.UploadId) > 0) at--;
            uploads.Insert(at, new MemoryUpload(upload));
            return StorageStatus.Done;
        }
    }

    public StorageResult<UploadRecord> FindUpload(string key, string uploadId)
    {
        lock (_gate)
        {
            if (_isDeleted) return StorageStatus.NoSuchBucket;
            if (Upload_NeedsLock(key, uploadId) is { } upload) return StorageResult<UploadRecord>.Done(upload.Record);
            bool isCompleted = _completed.TryGetValue(uploadId, out UploadRecord? completed) && completed.Key == key;
            return isCompleted ? StorageResult<UploadRecord>.Done(completed!) : StorageStatus.NoSuchUpload;
        }
    }

    public StorageStatus PutPart(string key, string uploadId, PartRecord part)
    {
        lock (_gate)
        {
            if (_isDeleted) return StorageStatus.NoSuchBucket;
            if (Upload_NeedsLock(key, uploadId) is not { } upload) return StorageStatus.NoSuchUpload;
            if (upload.Parts.TryGetValue(part.PartNumber, out PartRecord? replaced)) Lose_NeedsLock(replaced.Length);
            upload.Parts[part.PartNumber] = part;
            _bytes += part.Length;
            return StorageStatus.Done;
        }
    }

    public StorageResult<IReadOnlyList<PartRecord>> ListParts(string key, string uploadId)
    {
        lock (_gate)
        {
            if (_isDeleted) return StorageStatus.NoSuchBucket;
            if (Upload_NeedsLock(key, uploadId) is not { } upload) return StorageStatus.NoSuchUpload;
            return StorageResult<IReadOnlyList<PartRecord>>.Done([.. upload.Parts.Values]);
        }
    }

    public StorageStatus AbortUpload(string key, string uploadId)
    {
        lock (_gate)
        {
            if (_isDeleted) return StorageStatus.NoSuchBucket;
            if (Upload_NeedsLock(key, uploadId) is not { } upload) return StorageStatus.NoSuchUpload;
            Lose_NeedsLock(upload.Bytes);
            Forget_NeedsLock(upload);
            return StorageStatus.Done;
        }
    }

    public StorageResult<ObjectRecord> CompleteUpload(
        string uploadId, ObjectRecord record, IReadOnlyList<PartRecord> parts, WriteCondition condition)
    {
        lock (_gate)
        {
            if (_isDeleted) return StorageStatus.NoSuchBucket;
            if (Upload_NeedsLock(record.Key, uploadId) is not { } upload) return StorageStatus.NoSuchUpload;
            foreach (PartRecord part in parts)
            {
                bool isSame = upload.Parts.TryGetValue(part.PartNumber, out PartRecord? stored) && ReferenceEquals(stored, part);
                if (!isSame) return StorageStatus.NoSuchPart;
            }
            MemoryBody body = MemoryBody.Join(parts.Select(part => (MemoryBody)part.Body!));
            StorageResult<ObjectRecord> written = Put_NeedsLock(record with { Body = body, Length = body.Length }, condition);
            if (written.Status != StorageStatus.Done) return written;
            _bytes -= body.Length; // the parts' were counted already, and are the object's now
            Lose_NeedsLock(upload.Bytes - body.Length);
            Forget_NeedsLock(upload);
            Remember_NeedsLock(upload.Record with { Completed = written.Value });
            return written;
        }
    }

    private MemoryUpload? Upload_NeedsLock(string key, string uploadId) =>
        _uploads.TryGetValue(key, out List<MemoryUpload>? uploads) ? uploads.Find(item => item.Record.UploadId == uploadId) : null;

    private void Forget_NeedsLock(MemoryUpload upload)
    {
        _uploads.TryGetValue(upload.Record.Key, out List<MemoryUpload>? uploads);
        uploads!.Remove(upload);
        if (uploads.Count == 0) _uploads.Remove(upload.Record.Key);
    }

    private void Remember_NeedsLock(UploadRecord upload)
    {
        // The answer of a repeated Complete needs no bytes; holding them would keep a deleted object in memory.
        _completed[upload.UploadId] = upload with { Completed = upload.Completed! with { Body = null, Parts = [] } };
        _completedOrder.Enqueue(upload.UploadId);
        if (_completedOrder.Count > MaxCompleted) _completed.Remove(_completedOrder.Dequeue());
    }
}
