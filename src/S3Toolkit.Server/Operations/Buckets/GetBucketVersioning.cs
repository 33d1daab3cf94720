using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Buckets;

internal static class GetBucketVersioning
{
    public static ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        S3XmlWriter writer = new();
        writer.Root("VersioningConfiguration");
        BucketVersioning versioning = context.Bucket!.Versioning;
        if (versioning != BucketVersioning.None) writer.Element("Status", versioning.ToString());
        writer.End("VersioningConfiguration");
        return new(S3Response.Xml(writer.ToMemory()));
    }
}
