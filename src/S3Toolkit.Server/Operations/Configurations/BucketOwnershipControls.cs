using S3Toolkit.Server.Access;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Configurations;

/// <summary>Who owns the objects of a bucket, and whether access control lists count there; the value is AWS's name of it.</summary>
internal static class BucketOwnershipControls
{
    public static readonly BucketConfiguration<string> Kind = new()
    {
        Root = "OwnershipControls",
        Read = Read,
        Write = static (writer, value) =>
        {
            writer.Start("Rule");
            writer.Element("ObjectOwnership", value);
            writer.End("Rule");
        },
        Of = static bucket => bucket.Ownership == BucketOwnership.Deleted ? null : bucket.Ownership.ToString(),
        With = static (bucket, value) => bucket with { Ownership = Ownership.TryParse(value) ?? BucketOwnership.Deleted },
        Missing = S3Errors.NoOwnershipControls,
    };

    private static string Read(S3XmlNode document, OperationContext context)
    {
        bool hasOneRule = document.Children is [{ Name: "Rule" }];
        string? value = hasOneRule ? document.Children[0].TextOf("ObjectOwnership")?.Trim() : null;
        if (Ownership.TryParse(value) is not { } ownership) throw S3Errors.MalformedXml().ToException();
        if (ownership == BucketOwnership.BucketOwnerEnforced && GivesToOthers(context.Bucket!.Acl, context.BucketOwnerId))
            throw S3Errors.InvalidBucketAclWithObjectOwnership().ToException();
        return value!;
    }

    /// <summary>Turning lists off would take away what somebody has: S3 wants the list private first.</summary>
    private static bool GivesToOthers(AclRecord? acl, string ownerId) =>
        acl is not null && acl.Grants.Any(grant => grant.IsGroup || grant.Grantee != ownerId);
}
