using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Operations.Buckets;

internal static class GetBucketTagging
{
    public static ValueTask<S3Response> InvokeAsync(OperationContext context)
    {
        if (context.Bucket!.Tags.Count == 0) throw S3Errors.NoSuchTagSet(context.BucketName).ToException();
        return new(S3Response.Xml(TagWriter.Document(context.Bucket.Tags)));
    }
}
