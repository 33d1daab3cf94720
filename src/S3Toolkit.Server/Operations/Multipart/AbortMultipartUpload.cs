using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Operations.Multipart;

internal static class AbortMultipartUpload
{
    public static async ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        string uploadId = Parameters.UploadId(context);
        StorageStatus status = await context.Storage
            .AbortUploadAsync(context.BucketName, context.Key, uploadId, cancellationToken).ConfigureAwait(false);
        status.ThrowUnlessDone(context, uploadId);
        return S3Response.NoContent();
    }
}
