using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Access;

/// <summary>Whose access control list answers for an action, and by which of its permissions.</summary>
/// <param name="IsOfObject">The object's list; else the bucket's.</param>
/// <param name="Needed">The permission; none when no list can give the action.</param>
internal readonly record struct AclRule(bool IsOfObject, AclPermission Needed)
{
    /// <summary>AWS's table of permissions and actions. What is not in it, no list gives.</summary>
    public static AclRule Of(string action) => action switch
    {
        "s3:ListBucket" or "s3:ListBucketVersions" or "s3:ListBucketMultipartUploads" => new(false, AclPermission.Read),
        "s3:PutObject" => new(false, AclPermission.Write),
        "s3:GetBucketAcl" => new(false, AclPermission.ReadAcp),
        "s3:PutBucketAcl" => new(false, AclPermission.WriteAcp),
        "s3:GetObject" or "s3:GetObjectVersion" or "s3:GetObjectTorrent" or "s3:GetObjectVersionTorrent" => new(true, AclPermission.Read),
        "s3:GetObjectAttributes" or "s3:GetObjectVersionAttributes" => new(true, AclPermission.Read),
        "s3:GetObjectAcl" or "s3:GetObjectVersionAcl" => new(true, AclPermission.ReadAcp),
        "s3:PutObjectAcl" or "s3:PutObjectVersionAcl" => new(true, AclPermission.WriteAcp),
        _ => default,
    };
}
