using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Access;

/// <summary>The permissions by the names that documents and headers use.</summary>
internal static class AclNames
{
    /// <summary>Each permission, its name in documents, and the header that gives it.</summary>
    public static readonly IReadOnlyList<(AclPermission Permission, string Name, string Header)> All =
    [
        (AclPermission.FullControl, "FULL_CONTROL", WriteActions.GrantPrefix + "full-control"),
        (AclPermission.Read, "READ", WriteActions.GrantPrefix + "read"),
        (AclPermission.Write, "WRITE", WriteActions.GrantPrefix + "write"),
        (AclPermission.ReadAcp, "READ_ACP", WriteActions.GrantPrefix + "read-acp"),
        (AclPermission.WriteAcp, "WRITE_ACP", WriteActions.GrantPrefix + "write-acp"),
    ];

    public static string NameOf(AclPermission permission)
    {
        foreach ((AclPermission known, string name, _) in All)
        {
            if (known == permission) return name;
        }
        throw new ArgumentOutOfRangeException(nameof(permission), permission, "No permission of its own.");
    }

    /// <summary>None when there is no such permission.</summary>
    public static AclPermission Parse(string? name)
    {
        foreach ((AclPermission permission, string known, _) in All)
        {
            if (known == name) return permission;
        }
        return AclPermission.None;
    }
}
