using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Operations.Objects;

internal static class DeleteObjectTagging
{
    public static ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken) =>
        PutObjectTagging.SetAsync(context, [], 204, cancellationToken);
}
