namespace S3Toolkit.Transport;

/// <summary>
/// Chooses the transport of each call: the direct one, but the SDK's for buckets whose requests only it can make, and for calls that
/// customize its request.
/// </summary>
internal sealed class TransportChoice(IS3Transport direct, IS3Transport sdk) : IS3Transport
{
    public ValueTask<S3Reply<ObjectInfo>> PutObjectAsync(
        string bucketName, string key, RequestBody body, PutObjectOptions options, S3Attempt attempt) =>
        For(bucketName, options).PutObjectAsync(bucketName, key, body, options, attempt);

    public ValueTask<S3Reply<GetReply>> GetObjectAsync(string bucketName, string key, GetObjectOptions options, S3Attempt attempt) =>
        For(bucketName, options).GetObjectAsync(bucketName, key, options, attempt);

    public ValueTask<S3Reply<ObjectInfo>> HeadObjectAsync(string bucketName, string key, FindObjectOptions options, S3Attempt attempt) =>
        For(bucketName, options).HeadObjectAsync(bucketName, key, options, attempt);

    public ValueTask<S3Reply<DeleteResult>> DeleteObjectAsync(
        string bucketName, string key, DeleteObjectOptions options, S3Attempt attempt) =>
        For(bucketName, options).DeleteObjectAsync(bucketName, key, options, attempt);

    public ValueTask<S3Reply<IReadOnlyList<DeleteResult>>> DeleteObjectsAsync(
        string bucketName, IReadOnlyList<ObjectIdentifier> objects, DeleteManyOptions options, S3Attempt attempt) =>
        For(bucketName, options).DeleteObjectsAsync(bucketName, objects, options, attempt);

    public ValueTask<S3Reply<ObjectInfo>> CopyObjectAsync(
        ObjectAddress source, string bucketName, string key, CopyObjectOptions options, S3Attempt attempt) =>
        ForCopy(source, bucketName, options).CopyObjectAsync(source, bucketName, key, options, attempt);

    public ValueTask<S3Reply<ListPage<ObjectListing>>> ListObjectsAsync(
        string bucketName, ListObjectsOptions options, string? continuationToken, S3Attempt attempt) =>
        For(bucketName, options).ListObjectsAsync(bucketName, options, continuationToken, attempt);

    public ValueTask<S3Reply<ListPage<ListedVersion>>> ListVersionsAsync(
        string bucketName, ListVersionsOptions options, string? continuationToken, S3Attempt attempt) =>
        For(bucketName, options).ListVersionsAsync(bucketName, options, continuationToken, attempt);

    public ValueTask<S3Reply<string>> CreateMultipartAsync(string bucketName, string key, ObjectWriteOptions options, S3Attempt attempt) =>
        For(bucketName, options).CreateMultipartAsync(bucketName, key, options, attempt);

    public ValueTask<S3Reply<UploadedPart>> UploadPartAsync(
        MultipartAddress upload, int partNumber, RequestBody body, ObjectWriteOptions options, S3Attempt attempt) =>
        For(upload.BucketName, options).UploadPartAsync(upload, partNumber, body, options, attempt);

    public ValueTask<S3Reply<UploadedPart>> CopyPartAsync(
        MultipartAddress upload, int partNumber, ObjectAddress source, ObjectRange? range, CopyObjectOptions options, S3Attempt attempt) =>
        ForCopy(source, upload.BucketName, options).CopyPartAsync(upload, partNumber, source, range, options, attempt);

    public ValueTask<S3Reply<ListPage<UploadedPart>>> ListPartsAsync(
        MultipartAddress upload, BucketCallOptions options, string? continuationToken, S3Attempt attempt) =>
        For(upload.BucketName, options).ListPartsAsync(upload, options, continuationToken, attempt);

    public ValueTask<S3Reply<ObjectInfo>> CompleteMultipartAsync(
        MultipartAddress upload, IReadOnlyList<UploadedPart> parts, ObjectWriteOptions options, S3Attempt attempt) =>
        For(upload.BucketName, options).CompleteMultipartAsync(upload, parts, options, attempt);

    public ValueTask<S3Reply<bool>> AbortMultipartAsync(MultipartAddress upload, BucketCallOptions options, S3Attempt attempt) =>
        For(upload.BucketName, options).AbortMultipartAsync(upload, options, attempt);

    /// <summary>
    /// Whether a bucket's requests are signed or addressed in a way of their own: directory buckets, ARNs (multi-region access points among
    /// them), Outposts, object lambda.
    /// </summary>
    internal static bool NeedsSdk(string bucketName) =>
        bucketName.StartsWith("arn:", StringComparison.Ordinal)
        || bucketName.EndsWith("--x-s3", StringComparison.Ordinal)
        || bucketName.EndsWith("--xa-s3", StringComparison.Ordinal)
        || bucketName.EndsWith("--op-s3", StringComparison.Ordinal)
        || bucketName.EndsWith("--ol-s3", StringComparison.Ordinal)
        || bucketName.EndsWith(".mrap", StringComparison.Ordinal);

    private IS3Transport For(string bucketName, S3CallOptions options) =>
        options.SdkRequestCustomizer is not null || NeedsSdk(bucketName) ? sdk : direct;

    private IS3Transport ForCopy(ObjectAddress source, string bucketName, S3CallOptions options) =>
        NeedsSdk(source.BucketName) ? sdk : For(bucketName, options);
}
