namespace S3Toolkit.Server.Storage;

/// <summary>An access control list. Its owner is that of the bucket or the object.</summary>
internal sealed record AclRecord
{
    public IReadOnlyList<GrantRecord> Grants { get; init; } = [];
}

/// <summary>What a list gives to whom.</summary>
/// <param name="Grantee">A canonical user id, or the URI of a group.</param>
/// <param name="IsGroup">It is a group.</param>
/// <param name="Permission">One permission, or all of them.</param>
internal sealed record GrantRecord(string Grantee, bool IsGroup, AclPermission Permission);

/// <summary>The permissions of access control lists.</summary>
[Flags]
internal enum AclPermission
{
    None = 0,
    Read = 1,
    Write = 2,
    ReadAcp = 4,
    WriteAcp = 8,
    FullControl = Read | Write | ReadAcp | WriteAcp,
}
