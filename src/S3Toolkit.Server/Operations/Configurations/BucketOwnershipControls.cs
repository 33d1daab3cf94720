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
        Read = static (document, _) => Read(document),
        Write = static (writer, value) =>
        {
            writer.Start("Rule");
            writer.Element("ObjectOwnership", value);
            writer.End("Rule");
        },
        Of = static bucket => bucket.Ownership == BucketOwnership.Deleted ? null : bucket.Ownership.ToString(),
        With = static (bucket, value) => bucket with { Ownership = Ownership.TryParse(value) ?? BucketOwnership.Deleted },
        CheckAsync = static (value, context, cancellationToken) => AccessStage.DemandByBodyAsync(
            context, "s3:PutBucketOwnershipControls", new BodyFacts { Ownership = value }, cancellationToken),
        Judge = Judge,
        Missing = S3Errors.NoOwnershipControls,
    };

    private static string Read(S3XmlNode document)
    {
        bool hasOneRule = document.Children is [{ Name: "Rule" }];
        string? value = hasOneRule ? document.Children[0].TextOf("ObjectOwnership")?.Trim() : null;
        return Ownership.TryParse(value) is null ? throw S3Errors.MalformedXml().ToException() : value!;
    }

    private static void Judge(BucketRecord bucket, string value, OperationContext context)
    {
        bool isEnforced = Ownership.TryParse(value) == BucketOwnership.BucketOwnerEnforced;
        if (isEnforced && GivesToOthers(bucket.Acl, context.BucketOwnerId))
            throw S3Errors.InvalidBucketAclWithObjectOwnership().ToException();
    }

    /// <summary>Turning lists off would take away what somebody has: S3 wants the list private first.</summary>
    private static bool GivesToOthers(AclRecord? acl, string ownerId) =>
        acl is not null && acl.Grants.Any(grant => grant.IsGroup || grant.Grantee != ownerId);
}
