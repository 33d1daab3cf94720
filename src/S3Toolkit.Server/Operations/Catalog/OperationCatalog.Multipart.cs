using S3Toolkit.Server.Operations.Multipart;

namespace S3Toolkit.Server.Operations.Catalog;

/// <summary>This file: multipart uploads.</summary>
internal static partial class OperationCatalog
{
    private static S3Operation[] OfMultipart =>
    [
        new("ListMultipartUploads", Get, OperationScope.Bucket, "uploads")
        {
            Action = "s3:ListBucketMultipartUploads", Handler = ListMultipartUploads.InvokeAsync,
        },
        new("CreateMultipartUpload", Post, OperationScope.Object, "uploads")
        {
            Action = "s3:PutObject", Handler = CreateMultipartUpload.InvokeAsync,
            AnonymousRefusal = "Anonymous users cannot initiate multipart uploads.  Please authenticate.",
        },
        new("UploadPart", Put, OperationScope.Object, "uploadId")
        {
            Action = "s3:PutObject", Handler = UploadPart.InvokeAsync, Traits = OperationTraits.TakesBody,
        },
        // A part without an upload is a mistake that UploadPart tells of; PutObject would store it as the object.
        new("UploadPart", Put, OperationScope.Object, "partNumber")
        {
            Action = "s3:PutObject", Handler = UploadPart.InvokeAsync, Traits = OperationTraits.TakesBody,
        },
        new("UploadPartCopy", Put, OperationScope.Object, "uploadId")
        {
            Action = "s3:PutObject", Handler = UploadPartCopy.InvokeAsync, Discriminator = CopySourceHeader,
        },
        new("UploadPartCopy", Put, OperationScope.Object, "partNumber")
        {
            Action = "s3:PutObject", Handler = UploadPartCopy.InvokeAsync, Discriminator = CopySourceHeader,
        },
        new("CompleteMultipartUpload", Post, OperationScope.Object, "uploadId")
        {
            Action = "s3:PutObject", Handler = CompleteMultipartUpload.InvokeAsync,
            Traits = OperationTraits.TakesBody | OperationTraits.CreatesObject,
        },
        new("AbortMultipartUpload", Delete, OperationScope.Object, "uploadId")
        {
            Action = "s3:AbortMultipartUpload", Handler = AbortMultipartUpload.InvokeAsync,
        },
        new("ListParts", Get, OperationScope.Object, "uploadId")
        {
            Action = "s3:ListMultipartUploadParts", Handler = ListParts.InvokeAsync,
        },
    ];
}
