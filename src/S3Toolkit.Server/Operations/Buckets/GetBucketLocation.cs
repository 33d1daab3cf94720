using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Buckets;

internal static class GetBucketLocation
{
    public static ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        string region = context.Bucket!.LocationConstraint ?? context.Bucket.Region;
        S3XmlWriter writer = new();
        writer.Root("LocationConstraint");
        writer.Value(region == "us-east-1" ? "" : region); // S3's first region has no name here
        writer.End("LocationConstraint");
        return new(S3Response.Xml(writer.ToMemory()));
    }
}
