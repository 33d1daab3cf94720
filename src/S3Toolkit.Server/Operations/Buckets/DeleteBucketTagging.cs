using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Operations.Buckets;

internal static class DeleteBucketTagging
{
    public static async ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        StorageStatus status = await context.Storage
            .UpdateBucketAsync(context.BucketName, bucket => bucket with { Tags = [] }, cancellationToken)
            .ConfigureAwait(false);
        status.ThrowUnlessDone(context);
        return S3Response.NoContent();
    }
}
