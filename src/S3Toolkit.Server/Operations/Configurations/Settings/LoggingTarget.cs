using S3Toolkit.Server.Access;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Operations.Configurations.Settings;

/// <summary>Where the log of a bucket would go: a bucket of the same owner in the same region, that takes logs.</summary>
internal static class LoggingTarget
{
    private const string LoggingService = "logging.s3.amazonaws.com";

    /// <exception cref="S3ErrorException">InvalidTargetBucketForLogging, CrossLocationLoggingProhibitted.</exception>
    public static async ValueTask CheckAsync(DocumentRecord document, OperationContext context, CancellationToken cancellationToken)
    {
        if (document.TextOf("LoggingEnabled", "TargetBucket") is not { } name) return; // it turns logging off
        BucketRecord? target = BucketNames.IsValid(name)
            ? await context.Storage.FindBucketAsync(name, cancellationToken).ConfigureAwait(false)
            : null;
        if (target is null) throw Invalid("The target bucket for logging does not exist", name);
        if (context.Server.OwnerIdOf(target) != context.BucketOwnerId)
            throw Invalid("The owner for the bucket to be logged and the target bucket must be the same.", name);
        if (target.RequesterPays) throw Invalid("The target bucket for logging can't be a Requester Pays bucket", name);
        if (target.DefaultRetention is not null)
            throw Invalid("The target bucket for logging can't have a default Object Lock retention period", name);
        if (target.Encryption is { Algorithm: not "AES256" })
            throw Invalid("The target bucket for logging can only use SSE-S3 as its default encryption", name);
        if (target.Region != context.Bucket!.Region)
            throw S3Errors.CrossLocationLogging(context.Bucket.Region, target.Region).ToException();
        RequireDelivery(document, target);
    }

    /// <summary>Where lists are off only a policy can let the logs in, which S3 asks for when it delivers, and not before.</summary>
    private static void RequireDelivery(DocumentRecord document, BucketRecord target)
    {
        bool hasGrants = document.Child("LoggingEnabled")?.Child("TargetGrants") is { Children.Count: > 0 };
        if (!Ownership.HasAcls(target))
        {
            if (hasGrants)
                throw Invalid("TargetGrants can't be used: the target bucket has access control lists turned off", target.Name);
            return;
        }
        AclPermission given = (target.Acl?.Grants ?? []).Where(static grant => grant.IsGroup && grant.Grantee == AclGroups.LogDelivery)
            .Aggregate(AclPermission.None, static (all, grant) => all | grant.Permission);
        bool isGiven = given.HasFlag(AclPermission.Write | AclPermission.ReadAcp)
            || BucketPolicies.AllowsService(target, LoggingService);
        if (!isGiven)
            throw Invalid("You must give the log-delivery group WRITE and READ_ACP permissions to the target bucket", target.Name);
    }

    private static S3ErrorException Invalid(string message, string name) =>
        new S3Error("InvalidTargetBucketForLogging", 400, message).With("TargetBucket", name).ToException();
}
