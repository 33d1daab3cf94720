using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Access;

/// <summary>
/// Allows or denies, from values alone: the bucket's policy, then ownership, then the access control lists. A user may do everything with
/// what is his own; to anybody else, only what was given is allowed.
/// </summary>
internal static class AccessEvaluator
{
    /// <summary>Whether an owner can be let through at once: no policy denies him, and no list or other owner counts.</summary>
    public static bool IsPlain(BucketRecord bucket) => !Ownership.HasAcls(bucket) && !BucketPolicies.Has(bucket);

    public static bool Allows(AccessQuestion question)
    {
        PolicyDecision policy = BucketPolicies.Has(question.Bucket) ? BucketPolicies.Decide(question) : PolicyDecision.None;
        return policy switch
        {
            PolicyDecision.Deny => question.IsBucketOwner && IsAboutThePolicy(question.Action),
            // A policy speaks for what the bucket's owner owns.
            PolicyDecision.Allow when question.ObjectOwnerId == question.BucketOwnerId => true,
            _ => IsOwnOrGiven(question),
        };
    }

    /// <summary>Nobody can be locked out of his own bucket: he can always take the policy away.</summary>
    private static bool IsAboutThePolicy(string action) =>
        action is "s3:GetBucketPolicy" or "s3:PutBucketPolicy" or "s3:DeleteBucketPolicy";

    private static bool IsOwnOrGiven(AccessQuestion question)
    {
        if (!Ownership.HasAcls(question.Bucket)) return question.IsBucketOwner || IsInitiator(question);
        bool ignoresPublic = question.Bucket.PublicAccessBlock is { IgnorePublicAcls: true };
        // Who may write an object will own it, and may tag it and say who else gets it.
        bool isOwnersRight = question is { IsNewObject: true, Action: "s3:PutObjectAcl" or "s3:PutObjectTagging" };
        AclRule rule = AclRule.Of(isOwnersRight ? "s3:PutObject" : question.Action);
        if (rule.Needed == AclPermission.None) return question.IsBucketOwner || IsInitiator(question) || IsObjectOwner(question);
        return rule.IsOfObject
            ? AclEvaluator.Gives(question.Object?.Acl, question.ObjectOwnerId, question.Caller, rule.Needed, ignoresPublic)
            : AclEvaluator.Gives(question.Bucket.Acl, question.BucketOwnerId, question.Caller, rule.Needed, ignoresPublic);
    }

    /// <summary>
    /// Who started an upload may look at it and give it up. The anonymous user is everybody, so none that he is started it.
    /// </summary>
    private static bool IsInitiator(AccessQuestion question) =>
        !question.Caller.IsAnonymous
        && question.InitiatorId == question.Caller.CanonicalId
        && question.Action is "s3:ListMultipartUploadParts" or "s3:AbortMultipartUpload";

    /// <summary>Who owns an object may do with it what no list speaks of, but deleting takes a right to the bucket.</summary>
    private static bool IsObjectOwner(AccessQuestion question)
    {
        if (question.Object is null || question.ObjectOwnerId != question.Caller.CanonicalId) return false;
        if (question.Action is not ("s3:DeleteObject" or "s3:DeleteObjectVersion")) return true;
        bool ignoresPublic = question.Bucket.PublicAccessBlock is { IgnorePublicAcls: true };
        return question.Action == "s3:DeleteObject" && AclEvaluator.Gives(
            question.Bucket.Acl, question.BucketOwnerId, question.Caller, AclPermission.Write, ignoresPublic);
    }
}
