using S3Toolkit.Server.Operations.Buckets;
using S3Toolkit.Server.Operations.Multipart;
using S3Toolkit.Server.Operations.Objects;
using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Operations;

/// <summary>
/// Which code carries out which operation: a switch, so that the compiler tells of a forgotten one and nothing is looked up.
/// </summary>
internal static class OperationTable
{
    public static ValueTask<S3Response> InvokeAsync(S3Operation operation, OperationContext context, CancellationToken cancellationToken) =>
        operation switch
        {
            S3Operation.ListBuckets => ListBuckets.InvokeAsync(context, cancellationToken),
            S3Operation.CreateBucket => CreateBucket.InvokeAsync(context, cancellationToken),
            S3Operation.HeadBucket => HeadBucket.InvokeAsync(context),
            S3Operation.DeleteBucket => DeleteBucket.InvokeAsync(context, cancellationToken),
            S3Operation.GetBucketLocation => GetBucketLocation.InvokeAsync(context),
            S3Operation.GetBucketVersioning => GetBucketVersioning.InvokeAsync(context),
            S3Operation.PutBucketVersioning => PutBucketVersioning.InvokeAsync(context, cancellationToken),
            S3Operation.GetBucketTagging => GetBucketTagging.InvokeAsync(context),
            S3Operation.PutBucketTagging => PutBucketTagging.InvokeAsync(context, cancellationToken),
            S3Operation.DeleteBucketTagging => DeleteBucketTagging.InvokeAsync(context, cancellationToken),
            S3Operation.ListObjects => ListObjects.InvokeAsync(context, cancellationToken),
            S3Operation.ListObjectsV2 => ListObjectsV2.InvokeAsync(context, cancellationToken),
            S3Operation.ListObjectVersions => ListObjectVersions.InvokeAsync(context, cancellationToken),
            S3Operation.PutObject => PutObject.InvokeAsync(context, cancellationToken),
            S3Operation.PostObject => PostObject.InvokeAsync(context, cancellationToken),
            S3Operation.GetObject => GetObject.InvokeAsync(context, cancellationToken),
            S3Operation.HeadObject => HeadObject.InvokeAsync(context, cancellationToken),
            S3Operation.DeleteObject => DeleteObject.InvokeAsync(context, cancellationToken),
            S3Operation.DeleteObjects => DeleteObjects.InvokeAsync(context, cancellationToken),
            S3Operation.CopyObject => CopyObject.InvokeAsync(context, cancellationToken),
            S3Operation.GetObjectAttributes => GetObjectAttributes.InvokeAsync(context, cancellationToken),
            S3Operation.GetObjectTagging => GetObjectTagging.InvokeAsync(context, cancellationToken),
            S3Operation.PutObjectTagging => PutObjectTagging.InvokeAsync(context, cancellationToken),
            S3Operation.DeleteObjectTagging => DeleteObjectTagging.InvokeAsync(context, cancellationToken),
            S3Operation.CreateMultipartUpload => CreateMultipartUpload.InvokeAsync(context, cancellationToken),
            S3Operation.UploadPart => UploadPart.InvokeAsync(context, cancellationToken),
            S3Operation.UploadPartCopy => UploadPartCopy.InvokeAsync(context, cancellationToken),
            S3Operation.CompleteMultipartUpload => CompleteMultipartUpload.InvokeAsync(context, cancellationToken),
            S3Operation.AbortMultipartUpload => AbortMultipartUpload.InvokeAsync(context, cancellationToken),
            S3Operation.ListParts => ListParts.InvokeAsync(context, cancellationToken),
            S3Operation.ListMultipartUploads => ListMultipartUploads.InvokeAsync(context, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "No operation."),
        };
}
