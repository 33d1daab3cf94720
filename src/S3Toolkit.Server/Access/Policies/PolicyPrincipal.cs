using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Access.Policies;

/// <summary>What a name in a Principal is.</summary>
internal enum PolicyPrincipalKind
{
    /// <summary>"*": everybody, the anonymous user too.</summary>
    Everyone,

    /// <summary>An account, by its id or its root's ARN: all its users.</summary>
    Account,

    /// <summary>A user, by his ARN.</summary>
    User,

    /// <summary>An account by its canonical id.</summary>
    CanonicalUser,

    /// <summary>A role, a service or somebody else's login, none of which signs requests here.</summary>
    Other,
}

/// <summary>A name in a Principal.</summary>
internal sealed record PolicyPrincipal(PolicyPrincipalKind Kind, string Value)
{
    public static readonly PolicyPrincipal Everyone = new(PolicyPrincipalKind.Everyone, "*");

    /// <summary>Reads a name; null when it is none.</summary>
    /// <param name="type">AWS, CanonicalUser, Service or Federated.</param>
    /// <param name="value">The name.</param>
    public static PolicyPrincipal? Parse(string type, string value) => type switch
    {
        "AWS" => ParseAws(value),
        "CanonicalUser" => IsPlain(value) ? new(PolicyPrincipalKind.CanonicalUser, value) : null,
        "Service" or "Federated" => IsPlain(value) ? new(PolicyPrincipalKind.Other, value) : null,
        _ => null,
    };

    public bool Includes(S3Identity identity) => Kind switch
    {
        PolicyPrincipalKind.Everyone => true,
        PolicyPrincipalKind.Account => !identity.IsAnonymous && identity.AccountId == Value,
        PolicyPrincipalKind.User => !identity.IsAnonymous && Value == PrincipalNames.UserArn(identity),
        PolicyPrincipalKind.CanonicalUser => !identity.IsAnonymous && identity.CanonicalId == Value,
        _ => false,
    };

    private static PolicyPrincipal? ParseAws(string value)
    {
        if (value == "*") return Everyone;
        if (IsAccount(value)) return new(PolicyPrincipalKind.Account, value);
        if (!IsPlain(value)) return null;
        if (value.StartsWith("arn:aws:sts::", StringComparison.Ordinal)) return new(PolicyPrincipalKind.Other, value);
        if (!value.StartsWith(PrincipalNames.ArnStart, StringComparison.Ordinal)) return null;
        string[] parts = value[PrincipalNames.ArnStart.Length..].Split(':', 2);
        if (parts.Length != 2 || !IsAccountOrTenant(parts[0])) return null;
        if (parts[1] == "root") return new(PolicyPrincipalKind.Account, parts[0]);
        if (IsNamed(parts[1], "user/")) return new(PolicyPrincipalKind.User, value);
        return IsNamed(parts[1], "role/") ? new(PolicyPrincipalKind.Other, value) : null;
    }

    private static bool IsNamed(string resource, string kind) =>
        resource.Length > kind.Length && resource.StartsWith(kind, StringComparison.Ordinal) && !resource.EndsWith('/');

    private static bool IsAccount(string text) => text.Length == 12 && text.All(char.IsAsciiDigit);

    /// <summary>An account of AWS, or a tenant of another store: a name, or none at all. Digits are an account or a mistake.</summary>
    private static bool IsAccountOrTenant(string text) =>
        IsAccount(text) || (!(text.Length > 0 && text.All(char.IsAsciiDigit)) && text.All(char.IsAsciiLetterOrDigit));

    /// <summary>Only everybody can be meant by a wildcard.</summary>
    private static bool IsPlain(string value) => value.Length > 0 && !value.AsSpan().ContainsAny('*', '?');
}
