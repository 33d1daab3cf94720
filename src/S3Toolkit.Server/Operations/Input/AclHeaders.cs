using S3Toolkit.Server.Access;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Operations.Input;

/// <summary>The access control list that headers, or the fields of a form, ask for.</summary>
/// <param name="Canned">Its name; null when it is made of single grants.</param>
internal sealed record AclHeaders(string? Canned)
{
    /// <summary>The headers with single grants; empty when the list has a name.</summary>
    private IReadOnlyList<(AclPermission Permission, string Header, string Text)> Grants { get; init; } = [];

    /// <summary>Null when nothing is asked for.</summary>
    /// <exception cref="S3ErrorException">InvalidRequest: a name and single grants at once.</exception>
    public static AclHeaders? Read(S3HeaderCollection headers, string cannedName = "x-amz-acl")
    {
        string? canned = headers[cannedName];
        List<(AclPermission, string, string)> grants = [];
        foreach ((AclPermission permission, _, string header) in AclNames.All)
        {
            if (headers[header] is { } text) grants.Add((permission, header, text));
        }
        if (canned is null && grants.Count == 0) return null;
        return canned is null || grants.Count == 0
            ? new AclHeaders(canned) { Grants = grants }
            : throw S3Errors.InvalidRequest("Specifying both Canned ACLs and Header Grants is not allowed").ToException();
    }

    /// <summary>The list for an object or a bucket of an owner; null = private.</summary>
    /// <exception cref="S3ErrorException">InvalidArgument, UnresolvableGrantByEmailAddress.</exception>
    public AclRecord? Resolve(UserDirectory users, bool isObject, string ownerId, string bucketOwnerId)
    {
        if (Canned is not null)
        {
            return CannedAcl.TryParse(Canned, isObject, ownerId, bucketOwnerId, out AclRecord? acl)
                ? acl
                : throw S3Errors.InvalidArgument("", "x-amz-acl", Canned).ToException();
        }
        List<GrantRecord> grants = [];
        foreach ((AclPermission permission, string header, string text) in Grants)
        {
            foreach ((string kind, string value) in GrantHeader.Parse(header, text))
            {
                if (grants.Count == Grantees.MaxGrants) throw S3Errors.TooManyGrants(Grantees.MaxGrants).ToException();
                grants.Add(Grantees.Resolve(users, kind, value, permission, ownerId));
            }
        }
        return new AclRecord { Grants = grants };
    }
}
