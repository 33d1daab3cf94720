using S3Toolkit.Server.Access;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Input;

/// <summary>An access control list as a document.</summary>
internal static class AclXml
{
    public const string Root = "AccessControlPolicy";

    /// <exception cref="S3ErrorException">
    /// MalformedACLError, InvalidArgument or UnresolvableGrantByEmailAddress; AccessDenied when it names another owner.
    /// </exception>
    public static AclRecord Read(S3XmlNode document, UserDirectory users, string ownerId)
    {
        string owner = document.Child("Owner")?.TextOf("ID")?.Trim() ?? throw S3Errors.MalformedAcl().ToException();
        S3XmlNode list = document.Child("AccessControlList") ?? throw S3Errors.MalformedAcl().ToException();
        bool isWellFormed = list.Children.Count <= Grantees.MaxGrants && list.Children.All(static node => node.Name == "Grant");
        if (!isWellFormed) throw S3Errors.MalformedAcl().ToException();
        if (owner != ownerId) throw S3Errors.AccessDenied().ToException();
        return new AclRecord { Grants = [.. list.Children.Select(node => Grant(node, users, ownerId))] };
    }

    public static S3Response Answer(AclRecord? acl, string ownerId, OperationContext context)
    {
        S3XmlWriter writer = new();
        writer.Root(Root);
        writer.User("Owner", ownerId, context);
        writer.Start("AccessControlList");
        IReadOnlyList<GrantRecord> grants = acl?.Grants ?? [new(ownerId, false, AclPermission.FullControl)];
        // Groups first: some clients sort by name as soon as the first entry has one, and groups have none.
        foreach (GrantRecord grant in grants.OrderBy(static grant => !grant.IsGroup)) Grant(writer, grant, context);
        writer.End("AccessControlList");
        writer.End(Root);
        return S3Response.Xml(writer.ToMemory());
    }

    private static GrantRecord Grant(S3XmlNode node, UserDirectory users, string ownerId)
    {
        AclPermission permission = AclNames.Parse(node.TextOf("Permission")?.Trim());
        S3XmlNode? grantee = node.Child("Grantee");
        // The type of a grantee shows in what names it.
        (string kind, string? value) = grantee?.TextOf("ID") is { } id ? ("id", id)
            : grantee?.TextOf("URI") is { } uri ? ("uri", uri)
            : ("emailaddress", grantee?.TextOf("EmailAddress"));
        if (permission == AclPermission.None || value is null) throw S3Errors.MalformedAcl().ToException();
        return Grantees.Resolve(users, kind, value.Trim(), permission, ownerId);
    }

    private static void Grant(S3XmlWriter writer, GrantRecord grant, OperationContext context)
    {
        writer.Start("Grant");
        writer.StartTyped("Grantee", grant.IsGroup ? "Group" : "CanonicalUser");
        if (grant.IsGroup)
        {
            writer.Element("URI", grant.Grantee);
        }
        else
        {
            writer.Element("ID", grant.Grantee);
            writer.Element("DisplayName", context.Server.Users.DisplayNameOf(grant.Grantee));
        }
        writer.End("Grantee");
        writer.Element("Permission", AclNames.NameOf(grant.Permission));
        writer.End("Grant");
    }
}
