using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Access;

/// <summary>The names by which policies and headers call a user.</summary>
internal static class PrincipalNames
{
    private const string ArnStart = "arn:aws:iam::";

    public static string UserArn(S3Identity identity) => $"{ArnStart}{identity.AccountId}:user/{identity.UserName}";

    public static string AccountArn(S3Identity identity) => $"{ArnStart}{identity.AccountId}:root";

    /// <summary>
    /// Whether a name is one of the user's: the canonical id, the account (by its id or its ARN), or the user's own ARN. Nothing names the
    /// anonymous user.
    /// </summary>
    public static bool Names(string principal, S3Identity identity)
    {
        if (identity.IsAnonymous) return false;
        if (principal == identity.CanonicalId || principal == identity.AccountId) return true;
        if (!principal.StartsWith(ArnStart, StringComparison.Ordinal)) return false;
        ReadOnlySpan<char> rest = principal.AsSpan(ArnStart.Length);
        if (!rest.StartsWith(identity.AccountId, StringComparison.Ordinal)) return false;
        rest = rest[identity.AccountId.Length..];
        return rest.SequenceEqual(":root") || (rest.StartsWith(":user/") && rest[":user/".Length..].SequenceEqual(identity.UserName));
    }
}
