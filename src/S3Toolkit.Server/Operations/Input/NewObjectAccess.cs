using S3Toolkit.Server.Access;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Operations.Input;

/// <summary>Whose an object will be that is written now, and who else may use it.</summary>
/// <param name="OwnerId">As it is stored: null = the bucket's owner, whoever that is.</param>
/// <param name="Acl">Null = private.</param>
internal readonly record struct NewObjectAccess(string? OwnerId, AclRecord? Acl)
{
    /// <param name="context">The request.</param>
    /// <param name="headers">Its headers, or the fields of its form.</param>
    /// <param name="cannedName">What the canned list is called there.</param>
    /// <exception cref="S3ErrorException">
    /// AccessControlListNotSupported: lists are off; AccessDenied: public ones are blocked; InvalidArgument and others: it is none.
    /// </exception>
    public static NewObjectAccess Read(OperationContext context, S3HeaderCollection headers, string cannedName = "x-amz-acl")
    {
        BucketRecord bucket = context.Bucket!;
        AclHeaders? asked = AclHeaders.Read(headers, cannedName);
        bool isGivenAway = asked?.Canned == CannedAcl.BucketOwnerFullControl;
        string? ownerId = Ownership.ToStore(bucket, context.BucketOwnerId, context.Caller.CanonicalId, isGivenAway);
        if (asked is null) return new(ownerId, null);
        if (!Ownership.HasAcls(bucket))
        {
            // The one list that says what holds anyway. S3 refuses even "private", which gives nobody anything either.
            if (isGivenAway) return new(ownerId, null);
            throw S3Errors.AccessControlListNotSupported().ToException();
        }
        AclRecord? acl = asked.Resolve(context.Server.Users, isObject: true, ownerId ?? context.BucketOwnerId, context.BucketOwnerId);
        PublicAcls.RequireAllowed(bucket, acl);
        return new(ownerId, acl);
    }
}
