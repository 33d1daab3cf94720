using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Buckets;

internal static class PutBucketTagging
{
    public static async ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        S3XmlNode document = (await BodyReader.XmlAsync(context, "Tagging", cancellationToken).ConfigureAwait(false))!;
        IReadOnlyList<TagRecord> tags = TagReader.FromXml(document.Child("TagSet"), TagReader.MaxBucketTags);
        StorageStatus status = await context.Storage
            .UpdateBucketAsync(context.BucketName, bucket => bucket with { Tags = tags }, cancellationToken)
            .ConfigureAwait(false);
        status.ThrowUnlessDone(context);
        return S3Response.NoContent();
    }
}
