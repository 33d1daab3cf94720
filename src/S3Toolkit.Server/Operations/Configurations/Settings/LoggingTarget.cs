using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Operations.Configurations.Settings;

/// <summary>Where the log of a bucket would go: a bucket of the same owner in the same region.</summary>
internal static class LoggingTarget
{
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
        if (target.Region != context.Bucket!.Region) throw S3Errors.CrossLocationLogging().ToException();
    }

    private static S3ErrorException Invalid(string message, string name) =>
        new S3Error("InvalidTargetBucketForLogging", 400, message).With("TargetBucket", name).ToException();
}
