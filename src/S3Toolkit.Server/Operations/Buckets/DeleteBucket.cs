using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Operations.Buckets;

internal static class DeleteBucket
{
    public static async ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        StorageStatus status = await context.Storage.DeleteBucketAsync(context.BucketName, cancellationToken).ConfigureAwait(false);
        bool isVersioned = context.Bucket!.Versioning != BucketVersioning.None;
        if (status == StorageStatus.NotEmpty) throw S3Errors.BucketNotEmpty(context.BucketName, isVersioned).ToException();
        status.ThrowUnlessDone(context);
        return S3Response.NoContent();
    }
}
