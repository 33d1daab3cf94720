using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Access;

/// <summary>What an access control list gives a caller.</summary>
internal static class AclEvaluator
{
    /// <param name="acl">The list; null = private.</param>
    /// <param name="ownerId">The owner of what it belongs to.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="needed">The permission that it takes.</param>
    /// <param name="ignoresPublic">What is given to everybody counts for nothing.</param>
    public static bool Gives(AclRecord? acl, string ownerId, S3Identity caller, AclPermission needed, bool ignoresPublic)
    {
        // A list adds to what is the owner's own: one that gives him nothing locks nobody out.
        if (caller.CanonicalId == ownerId) return true;
        if (acl is null) return false;
        foreach (GrantRecord grant in acl.Grants)
        {
            if ((grant.Permission & needed) == needed && IsFor(grant, caller, ignoresPublic)) return true;
        }
        return false;
    }

    /// <summary>Whether a list gives anything to everybody: to a group of all, or to the user as whom nobody in particular comes.</summary>
    public static bool IsPublic(AclRecord? acl)
    {
        if (acl is null) return false;
        foreach (GrantRecord grant in acl.Grants)
        {
            bool isPublic = grant.IsGroup ? AclGroups.IsPublic(grant.Grantee) : grant.Grantee == S3Identity.Anonymous.CanonicalId;
            if (isPublic) return true;
        }
        return false;
    }

    private static bool IsFor(GrantRecord grant, S3Identity caller, bool ignoresPublic)
    {
        if (!grant.IsGroup) return grant.Grantee == caller.CanonicalId && !(ignoresPublic && caller.IsAnonymous);
        return !ignoresPublic && grant.Grantee switch
        {
            AclGroups.AllUsers => true,
            AclGroups.AuthenticatedUsers => !caller.IsAnonymous,
            _ => false, // the service that delivers logs signs as nobody here
        };
    }
}
