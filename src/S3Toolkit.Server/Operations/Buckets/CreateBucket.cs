using S3Toolkit.Server.Access;
using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Buckets;

internal static class CreateBucket
{
    private const string DefaultRegion = "us-east-1";

    public static async ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        string bucketName = context.BucketName;
        if (!BucketNames.IsValid(bucketName)) throw S3Errors.InvalidBucketName(bucketName).ToException();
        S3XmlNode? document = await BodyReader.XmlAsync(context, "CreateBucketConfiguration", cancellationToken, isRequired: false)
            .ConfigureAwait(false);
        string region = Region(context, document?.TextOf("LocationConstraint") ?? "");
        S3XmlNode? tags = document?.Child("Tags");
        bool objectLock = context.Header("x-amz-bucket-object-lock-enabled")?.Equals("true", StringComparison.OrdinalIgnoreCase) ?? false;
        BucketRecord bucket = new(bucketName, region, context.Now)
        {
            OwnerId = context.Caller.CanonicalId,
            Ownership = NewBucketAccess.OwnershipOf(context),
            Acl = NewBucketAccess.AclOf(context),
            PublicAccessBlock = NewBucketAccess.PublicAccessBlockOf(context),
            LocationConstraint = document?.TextOf("LocationConstraint") == "EU" ? "EU" : null,
            ObjectLock = objectLock,
            // Object lock protects versions, so S3 turns versioning on with it.
            Versioning = objectLock ? BucketVersioning.Enabled : BucketVersioning.None,
            Tags = tags is null ? [] : TagReader.FromXml(tags, TagReader.MaxBucketTags),
        };
        StorageResult<BucketRecord> created = await context.Storage.CreateBucketAsync(bucket, cancellationToken).ConfigureAwait(false);
        if (created.Status == StorageStatus.AlreadyExists && context.Server.OwnerIdOf(created.Value!) != bucket.OwnerId)
            throw S3Errors.BucketAlreadyExists(bucketName).ToException();
        // In us-east-1 alone, creating one's own bucket again is no error: a habit of S3's first region that clients rely on.
        bool isHarmless = created.Status == StorageStatus.AlreadyExists && region == DefaultRegion
            && created.Value!.Region == DefaultRegion;
        if (created.Status == StorageStatus.AlreadyExists && !isHarmless)
            throw S3Errors.BucketAlreadyOwnedByYou(bucketName).ToException();
        if (isHarmless) await ResetAclAsync(context, created.Value!, bucket.Acl, cancellationToken).ConfigureAwait(false);
        return S3Response.Ok().Header("Location", "/" + bucketName);
    }

    /// <summary>Such a request sets the list anew: this too is a habit of the first region.</summary>
    private static async ValueTask ResetAclAsync(
        OperationContext context, BucketRecord existing, AclRecord? acl, CancellationToken cancellationToken)
    {
        if (!Ownership.HasAcls(existing) || (existing.Acl is null && acl is null)) return;
        await context.Storage.UpdateBucketAsync(existing.Name, Changed, cancellationToken).ConfigureAwait(false);

        BucketRecord Changed(BucketRecord bucket)
        {
            if (!Ownership.HasAcls(bucket)) return bucket;
            PublicAcls.RequireAllowed(bucket, acl);
            return bucket with { Acl = acl };
        }
    }

    private static string Region(OperationContext context, string constraint)
    {
        // The first region has no name here, so even its own is none.
        bool isNone = context.Options.StrictRegions && constraint.Length > 0
            && (constraint == DefaultRegion || !(constraint == "EU" || AwsRegions.IsName(constraint)));
        if (isNone || !AwsRegions.IsTolerable(constraint)) throw S3Errors.InvalidLocationConstraint(constraint).ToException();
        if (context.Options.StrictRegions && context.Authenticated.SigningRegion is { } signed)
        {
            bool isAllowed = signed == DefaultRegion || constraint == signed;
            if (!isAllowed) throw S3Errors.IllegalLocationConstraint(constraint).ToException();
        }
        return constraint switch
        {
            "" => context.Options.Region,
            "EU" => "eu-west-1", // the name from when Europe was one region
            _ => constraint,
        };
    }
}
