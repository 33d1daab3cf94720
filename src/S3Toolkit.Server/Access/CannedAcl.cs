using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Access;

/// <summary>The lists that have a name.</summary>
internal static class CannedAcl
{
    public const string BucketOwnerFullControl = "bucket-owner-full-control";

    /// <summary>The user as whom EC2 reads the images that it starts from.</summary>
    private const string ImageReaderId = "6aa5a366c34c1cbe25dc49211496e913e0351eb0e8c37aa3477e40942ec6b97c";

    /// <summary>What a name gives; false when S3 has no such name for it. A null list is the private one.</summary>
    /// <param name="name">The name.</param>
    /// <param name="isObject">It is for an object; else for a bucket.</param>
    /// <param name="ownerId">Whose it will be.</param>
    /// <param name="bucketOwnerId">Whose bucket it is in.</param>
    /// <param name="acl">The list.</param>
    public static bool TryParse(string name, bool isObject, string ownerId, string bucketOwnerId, out AclRecord? acl)
    {
        GrantRecord[]? others = name switch
        {
            "private" => [],
            "public-read" => [Group(AclGroups.AllUsers, AclPermission.Read)],
            "public-read-write" => [Group(AclGroups.AllUsers, AclPermission.Read), Group(AclGroups.AllUsers, AclPermission.Write)],
            "authenticated-read" => [Group(AclGroups.AuthenticatedUsers, AclPermission.Read)],
            "aws-exec-read" => [new(ImageReaderId, false, AclPermission.Read)],
            // What is about an object says nothing of a bucket, and S3 ignores it there.
            "bucket-owner-read" => isObject && ownerId != bucketOwnerId ? [new(bucketOwnerId, false, AclPermission.Read)] : [],
            BucketOwnerFullControl => isObject && ownerId != bucketOwnerId ? [new(bucketOwnerId, false, AclPermission.FullControl)] : [],
            "log-delivery-write" when !isObject =>
                [Group(AclGroups.LogDelivery, AclPermission.Write), Group(AclGroups.LogDelivery, AclPermission.ReadAcp)],
            _ => null,
        };
        bool isPrivate = others is null or [];
        acl = isPrivate ? null : new AclRecord { Grants = [new(ownerId, false, AclPermission.FullControl), .. others!] };
        return others is not null;
    }

    /// <summary>Users that grants may name although nobody here signs as them.</summary>
    public static bool IsService(string canonicalId) => canonicalId == ImageReaderId;

    private static GrantRecord Group(string uri, AclPermission permission) => new(uri, true, permission);
}
