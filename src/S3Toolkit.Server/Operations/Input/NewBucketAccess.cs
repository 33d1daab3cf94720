using S3Toolkit.Server.Access;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Operations.Input;

/// <summary>Whose the objects of a new bucket will be, and who else may use it.</summary>
internal static class NewBucketAccess
{
    /// <exception cref="S3ErrorException">InvalidArgument.</exception>
    public static BucketOwnership OwnershipOf(OperationContext context)
    {
        string? asked = context.Header("x-amz-object-ownership");
        if (asked is null)
        {
            BucketOwnership usual = (BucketOwnership)context.Options.DefaultObjectOwnership;
            // Who names a list, be it the private one, means to use lists: AWS turns them on, and rclone, which names it with each request,
            // relies on that.
            bool namesPrivate = usual == BucketOwnership.BucketOwnerEnforced && context.Header("x-amz-acl") == "private";
            return namesPrivate ? BucketOwnership.BucketOwnerPreferred : usual;
        }
        return Ownership.TryParse(asked) ?? throw S3Errors.InvalidArgument(
            "Invalid x-amz-object-ownership header: " + asked, "x-amz-object-ownership", asked).ToException();
    }

    /// <summary>AWS blocks all public access to a new bucket, whatever its ownership, since it turned lists off.</summary>
    public static PublicAccessBlockRecord? PublicAccessBlockOf(OperationContext context) =>
        context.Options.DefaultObjectOwnership == S3ObjectOwnership.BucketOwnerEnforced ? PublicAccessBlockRecord.All : null;

    /// <returns>The list; null = private.</returns>
    /// <exception cref="S3ErrorException">The list is wrong, or the bucket could not have it.</exception>
    public static AclRecord? AclOf(OperationContext context)
    {
        if (AclHeaders.Read(context.Request.Headers) is not { } asked) return null;
        bool hasAcls = OwnershipOf(context) != BucketOwnership.BucketOwnerEnforced;
        // Without lists nobody looks who the grants are for.
        if (!hasAcls && asked.Canned is null) throw S3Errors.InvalidBucketAclWithObjectOwnership().ToException();
        string ownerId = context.Caller.CanonicalId;
        AclRecord? acl = asked.Resolve(context.Server.Users, isObject: false, ownerId, ownerId);
        if (!hasAcls && acl is not null) throw S3Errors.InvalidBucketAclWithObjectOwnership().ToException();
        bool isBlocked = PublicAccessBlockOf(context) is { BlockPublicAcls: true } && AclEvaluator.IsPublic(acl);
        return isBlocked ? throw S3Errors.InvalidBucketAclWithBlockPublicAccess().ToException() : acl;
    }
}
