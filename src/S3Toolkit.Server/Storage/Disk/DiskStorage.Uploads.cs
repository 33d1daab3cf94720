using S3Toolkit.Server.Storage.Disk.Bodies;
using S3Toolkit.Server.Storage.Disk.Metadata;

namespace S3Toolkit.Server.Storage.Disk;

internal sealed partial class DiskStorage
{
    public ValueTask<StorageStatus> CreateUploadAsync(string bucketName, UploadRecord upload, CancellationToken cancellationToken) =>
        new(CommitAsync(
            write =>
            {
                if (write.FindBucket(bucketName) is not { } bucket) return StorageStatus.NoSuchBucket;
                UploadTable.Create(write.Session, bucket.Id, upload);
                return StorageStatus.Done;
            },
            cancellationToken));

    public ValueTask<StorageResult<UploadRecord>> FindUploadAsync(
        string bucketName, string key, string uploadId, CancellationToken cancellationToken) =>
        InBucket(bucketName, (session, bucket) => UploadTable.Find(session, bucket.Id, key, uploadId) is { } found
            ? StorageResult<UploadRecord>.Done(found.Record)
            : StorageStatus.NoSuchUpload);

    public async ValueTask<StorageStatus> PutPartAsync(
        string bucketName, string key, string uploadId, PartRecord part, StagedBody body, CancellationToken cancellationToken)
    {
        DiskStagedBody staged = (DiskStagedBody)body;
        // Always a file, which is what a completed object is made of.
        BodyPlacement placement = await staged.SealAsync(allowInline: false, cancellationToken).ConfigureAwait(false);
        StoredFile file = ((BodyPlacement.InFiles)placement).Files[0];
        PartRecord whole = part with { Length = file.Length };
        StorageStatus status = await CommitAsync(
            write =>
            {
                if (write.FindBucket(bucketName) is not { } bucket) return StorageStatus.NoSuchBucket;
                if (UploadTable.FindUnderWay(write.Session, bucket.Id, key, uploadId) is not { } upload) return StorageStatus.NoSuchUpload;
                UploadTable.PutPart(write, upload.Id, whole, file);
                return StorageStatus.Done;
            },
            cancellationToken, staged).ConfigureAwait(false);
        if (status == StorageStatus.Done) staged.Keep();
        return status;
    }

    public ValueTask<StorageResult<IReadOnlyList<PartRecord>>> ListPartsAsync(
        string bucketName, string key, string uploadId, CancellationToken cancellationToken) =>
        InBucket(bucketName, (session, bucket) =>
        {
            if (UploadTable.FindUnderWay(session, bucket.Id, key, uploadId) is not { } upload)
                return StorageStatus.NoSuchUpload;
            List<PartRecord> parts = [];
            foreach ((PartRecord part, StoredFile file) in UploadTable.Parts(session, upload.Id))
                parts.Add(part with { Body = new FileBody(_files, [file], $"{bucketName}/{key}") });
            return StorageResult<IReadOnlyList<PartRecord>>.Done(parts);
        });

    public ValueTask<StorageResult<UploadPage>> ListUploadsAsync(
        string bucketName, UploadQuery query, CancellationToken cancellationToken) =>
        InBucket(bucketName, (session, bucket) => StorageResult<UploadPage>.Done(UploadLister.List(session, bucket.Id, query)));

    public ValueTask<StorageStatus> AbortUploadAsync(
        string bucketName, string key, string uploadId, CancellationToken cancellationToken) =>
        new(CommitDeletionAsync(write =>
        {
            if (write.FindBucket(bucketName) is not { } bucket) return StorageStatus.NoSuchBucket;
            if (UploadTable.FindUnderWay(write.Session, bucket.Id, key, uploadId) is not { } upload) return StorageStatus.NoSuchUpload;
            UploadTable.Delete(write, upload.Id);
            return StorageStatus.Done;
        }));

    public async ValueTask<StorageResult<ObjectRecord>> CompleteUploadAsync(
        string bucketName, string uploadId, ObjectRecord record, IReadOnlyList<PartRecord> parts, WriteCondition condition,
        CancellationToken cancellationToken)
    {
        StorageResult<ObjectRecord> written = await CommitAsync(
            write => ObjectWrites.Complete(write, bucketName, uploadId, record, parts, condition), cancellationToken).ConfigureAwait(false);
        if (written.Value is not { } done) return written;
        List<StoredFile> files = [.. parts.Select(part => ((FileBody)part.Body!).Files[0])];
        return StorageResult<ObjectRecord>.Done(done with { Body = new FileBody(_files, files, $"{bucketName}/{record.Key}") });
    }
}
