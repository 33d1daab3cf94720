using S3Toolkit.Server.Access;
using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Operations.Buckets;

internal static class PutBucketAcl
{
    public static async ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        AclRecord? acl = await AclInput.ReadAsync(context, isObject: false, context.BucketOwnerId, cancellationToken).ConfigureAwait(false);
        if (!Ownership.HasAcls(context.Bucket!)) throw S3Errors.AccessControlListNotSupported().ToException();
        PublicAcls.RequireAllowed(context.Bucket!, acl);
        (await context.Storage.UpdateBucketAsync(context.BucketName, bucket => bucket with { Acl = acl }, cancellationToken)
            .ConfigureAwait(false)).ThrowUnlessDone(context);
        return S3Response.Ok();
    }
}
