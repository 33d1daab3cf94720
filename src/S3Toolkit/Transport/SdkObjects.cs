using Amazon.S3;
using Amazon.S3.Model;

namespace S3Toolkit.Transport;

/// <summary>The calls about objects that carry no data: tags and unfinished uploads.</summary>
internal static class SdkObjects
{
    public static ValueTask<S3Reply<IReadOnlyDictionary<string, string>>> GetTagsAsync(
        S3Wire wire, ObjectAddress address, S3Attempt attempt)
    {
        var request = new GetObjectTaggingRequest { BucketName = address.BucketName, Key = address.Key, VersionId = address.VersionId };
        return SdkSend.SendAsync(
            request,
            options: null,
            attempt,
            token => wire.Client(address.BucketName).GetObjectTaggingAsync(request, token),
            response => SdkReplies.Tags(response.Tagging));
    }

    public static ValueTask<S3Reply<bool>> SetTagsAsync(
        S3Wire wire, ObjectAddress address, IReadOnlyDictionary<string, string> tags, S3Attempt attempt)
    {
        var request = new PutObjectTaggingRequest
        {
            BucketName = address.BucketName,
            Key = address.Key,
            VersionId = address.VersionId,
            Tagging = new Tagging { TagSet = SdkRequests.Tags(tags) ?? [] },
        };
        return SdkSend.SendAsync(
            request, options: null, attempt, token => wire.Client(address.BucketName).PutObjectTaggingAsync(request, token),
            static _ => true);
    }

    public static ValueTask<S3Reply<bool>> RemoveTagsAsync(S3Wire wire, ObjectAddress address, S3Attempt attempt)
    {
        var request = new DeleteObjectTaggingRequest { BucketName = address.BucketName, Key = address.Key, VersionId = address.VersionId };
        return SdkSend.SendAsync(
            request, options: null, attempt, token => wire.Client(address.BucketName).DeleteObjectTaggingAsync(request, token),
            static _ => true);
    }

    public static ValueTask<S3Reply<ListPage<UnfinishedUpload>>> ListUploadsAsync(
        S3Wire wire, string bucketName, ListUploadsOptions options, string? continuationToken, S3Attempt attempt)
    {
        var markers = continuationToken?.Split(SdkReplies.MarkerSeparator);
        var request = new ListMultipartUploadsRequest
        {
            BucketName = bucketName,
            Prefix = options.Prefix,
            KeyMarker = markers?[0],
            UploadIdMarker = markers is [_, { Length: > 0 } upload] ? upload : null,
            Encoding = EncodingType.Url,
            ExpectedBucketOwner = options.ExpectedBucketOwner,
        };
        if (options.PageSize is { } size) request.MaxUploads = size;
        return SdkSend.SendAsync(
            request,
            options,
            attempt,
            token => wire.Client(bucketName).ListMultipartUploadsAsync(request, token),
            response => new ListPage<UnfinishedUpload>(
                [.. (response.MultipartUploads ?? []).Select(upload => Upload(upload, response.EncodingType))],
                response.IsTruncated,
                SdkReplies.Markers(response.NextKeyMarker, response.NextUploadIdMarker, response.EncodingType)));
    }

    private static UnfinishedUpload Upload(MultipartUpload upload, EncodingType? encoding) =>
        new(SdkReplies.Text(upload.Key, encoding), upload.UploadId, SdkReplies.Time(upload.Initiated) ?? default)
        {
            StorageClass = SdkReplies.NullIfEmpty(upload.StorageClass?.Value) is { } name ? new StorageClass(name) : default,
        };
}
