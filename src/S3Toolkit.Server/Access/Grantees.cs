using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Access;

/// <summary>Who a grant names, looked up: a grant to nobody is refused, as on S3.</summary>
internal static class Grantees
{
    /// <summary>S3: 100 grants a list, in whatever form they come.</summary>
    public const int MaxGrants = 100;

    /// <param name="users">The users that there are.</param>
    /// <param name="kind">id, uri or emailaddress.</param>
    /// <param name="value">The id, the URI or the address.</param>
    /// <param name="permission">What is given.</param>
    /// <param name="ownerId">Whose list it is: an owner can be named even when the server does not know him any more.</param>
    /// <exception cref="S3ErrorException">InvalidArgument or UnresolvableGrantByEmailAddress.</exception>
    public static GrantRecord Resolve(UserDirectory users, string kind, string value, AclPermission permission, string ownerId)
    {
        switch (kind)
        {
            case "uri":
                if (!AclGroups.IsKnown(value)) throw S3Errors.InvalidArgument("Invalid group uri", "Group/URI", value).ToException();
                return new GrantRecord(value, true, permission);
            case "emailaddress":
                if (users.FindByEmail(value) is not { } user) throw S3Errors.UnresolvableGrantByEmailAddress(value).ToException();
                return new GrantRecord(user.CanonicalId, false, permission);
            default:
                bool isKnown = users.FindById(value) is not null || value == ownerId || value == S3Identity.Anonymous.CanonicalId
                    || CannedAcl.IsService(value);
                if (!isKnown) throw S3Errors.InvalidArgument("Invalid id", "CanonicalUser/ID", value).ToException();
                return new GrantRecord(value, false, permission);
        }
    }
}
