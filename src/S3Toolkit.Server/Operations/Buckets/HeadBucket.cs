using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Operations.Buckets;

internal static class HeadBucket
{
    public static ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken) => new(S3Response.Ok()
        .Header("x-amz-bucket-region", context.Bucket!.Region)
        .Header("x-amz-access-point-alias", "false")
        .Header("Content-Type", "application/xml"));
}
