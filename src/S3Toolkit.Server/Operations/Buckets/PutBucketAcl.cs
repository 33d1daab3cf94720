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
        (await context.Storage.UpdateBucketAsync(context.BucketName, bucket => Changed(bucket, acl), cancellationToken)
            .ConfigureAwait(false)).ThrowUnlessDone(context);
        return S3Response.Ok();
    }

    /// <summary>Judged in the step that writes it, so that a block which is put while the document arrives is not missed.</summary>
    private static BucketRecord Changed(BucketRecord bucket, AclRecord? acl)
    {
        if (!Ownership.HasAcls(bucket)) throw S3Errors.AccessControlListNotSupported().ToException();
        PublicAcls.RequireAllowed(bucket, acl);
        return bucket with { Acl = acl };
    }
}
