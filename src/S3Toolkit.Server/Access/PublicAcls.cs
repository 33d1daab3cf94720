using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Access;

/// <summary>What the public access block of a bucket says of lists that are put.</summary>
internal static class PublicAcls
{
    /// <exception cref="S3ErrorException">AccessDenied: the list gives everybody something, and the bucket blocks that.</exception>
    public static void RequireAllowed(BucketRecord bucket, AclRecord? acl)
    {
        bool isBlocked = bucket.PublicAccessBlock is { BlockPublicAcls: true } && AclEvaluator.IsPublic(acl);
        if (isBlocked) throw S3Errors.AccessDenied().ToException();
    }
}
