namespace S3Toolkit.Transport;

/// <summary>
/// The seam to the wire: one attempt of each call that moves data. An HTTP status is never an exception here, it is a reply with an
/// error; nor is a broken connection. The caller's cancellation is the one thing that is thrown.
/// </summary>
internal interface IS3Transport
{
    ValueTask<S3Reply<ObjectInfo>> PutObjectAsync(
        string bucketName, string key, RequestBody body, PutObjectOptions options, S3Attempt attempt);

    ValueTask<S3Reply<GetReply>> GetObjectAsync(string bucketName, string key, GetObjectOptions options, S3Attempt attempt);

    ValueTask<S3Reply<ObjectInfo>> HeadObjectAsync(string bucketName, string key, FindObjectOptions options, S3Attempt attempt);

    ValueTask<S3Reply<DeleteResult>> DeleteObjectAsync(string bucketName, string key, DeleteObjectOptions options, S3Attempt attempt);

    ValueTask<S3Reply<IReadOnlyList<DeleteResult>>> DeleteObjectsAsync(
        string bucketName, IReadOnlyList<ObjectIdentifier> objects, DeleteManyOptions options, S3Attempt attempt);

    ValueTask<S3Reply<ObjectInfo>> CopyObjectAsync(
        ObjectAddress source, string bucketName, string key, CopyObjectOptions options, S3Attempt attempt);

    ValueTask<S3Reply<ListPage<ObjectListing>>> ListObjectsAsync(
        string bucketName, ListObjectsOptions options, string? continuationToken, S3Attempt attempt);

    ValueTask<S3Reply<ListPage<ListedVersion>>> ListVersionsAsync(
        string bucketName, ListVersionsOptions options, string? continuationToken, S3Attempt attempt);

    ValueTask<S3Reply<string>> CreateMultipartAsync(string bucketName, string key, ObjectWriteOptions options, S3Attempt attempt);

    ValueTask<S3Reply<UploadedPart>> UploadPartAsync(
        MultipartAddress upload, int partNumber, RequestBody body, ObjectWriteOptions options, S3Attempt attempt);

    ValueTask<S3Reply<UploadedPart>> CopyPartAsync(
        MultipartAddress upload, int partNumber, ObjectAddress source, ObjectRange? range, CopyObjectOptions options, S3Attempt attempt);

    ValueTask<S3Reply<ListPage<UploadedPart>>> ListPartsAsync(
        MultipartAddress upload, BucketCallOptions options, string? continuationToken, S3Attempt attempt);

    ValueTask<S3Reply<ObjectInfo>> CompleteMultipartAsync(
        MultipartAddress upload, IReadOnlyList<UploadedPart> parts, ObjectWriteOptions options, S3Attempt attempt);

    ValueTask<S3Reply<bool>> AbortMultipartAsync(MultipartAddress upload, BucketCallOptions options, S3Attempt attempt);
}
