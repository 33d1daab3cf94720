using S3Toolkit.Server.Access;
using S3Toolkit.Server.Notifications;
using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Operations.Objects;

internal static class PutObjectAcl
{
    public static async ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        ObjectRecord found = await ObjectFinder.FindAsync(context, cancellationToken).ConfigureAwait(false);
        string ownerId = context.OwnerIdOf(found.OwnerId);
        AclRecord? acl = await AclInput.ReadAsync(context, isObject: true, ownerId, cancellationToken).ConfigureAwait(false);
        if (!Ownership.HasAcls(context.Bucket!))
        {
            bool isOtherName = context.Header("x-amz-acl") is { } name && name != CannedAcl.BucketOwnerFullControl;
            if (isOtherName || !IsOwnersAlone(acl, ownerId)) throw S3Errors.AccessControlListNotSupported().ToException();
            return S3Response.Ok().Version(found.VersionId, context);
        }
        // As the bucket is now: the document may have taken its time, and a block be put meanwhile.
        BucketRecord? bucket = await context.Storage.FindBucketAsync(context.BucketName, cancellationToken).ConfigureAwait(false);
        PublicAcls.RequireAllowed(bucket ?? throw S3Errors.NoSuchBucket(context.BucketName).ToException(), acl);
        ObjectRecord changed = await ObjectChange.ApplyAsync(context, found, record => record with { Acl = acl }, cancellationToken)
            .ConfigureAwait(false);
        context.Report(EventNames.AclPut, changed);
        return S3Response.Ok().Version(changed.VersionId, context);
    }

    /// <summary>bucket-owner-full-control, in whatever form: what holds anyway where lists are off.</summary>
    private static bool IsOwnersAlone(AclRecord? acl, string ownerId) =>
        acl is null || acl.Grants is [{ IsGroup: false, Permission: AclPermission.FullControl } grant] && grant.Grantee == ownerId;
}
