using S3Toolkit.Server.Access;
using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Operations.Buckets;

internal static class GetBucketAcl
{
    public static ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        // With lists off, what was put before counts for nothing and does not show.
        AclRecord? acl = Ownership.HasAcls(context.Bucket!) ? context.Bucket!.Acl : null;
        return new(AclXml.Answer(acl, context.BucketOwnerId, context));
    }
}
