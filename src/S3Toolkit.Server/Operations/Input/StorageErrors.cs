using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Replication;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Operations.Input;

/// <summary>The end of a storage operation as an S3 error.</summary>
internal static class StorageErrors
{
    public static void ThrowUnlessDone(this StorageStatus status, OperationContext context, string? id = null)
    {
        if (status != StorageStatus.Done) throw Of(status, context.BucketName, context.Key, id).ToException();
    }

    /// <summary>The value of a result that is done.</summary>
    public static T ValueOrThrow<T>(this StorageResult<T> result, OperationContext context, string? id = null)
        where T : class
    {
        result.Status.ThrowUnlessDone(context, id);
        return result.Value!;
    }

    /// <param name="status">How it ended.</param>
    /// <param name="bucketName">The bucket.</param>
    /// <param name="key">The key.</param>
    /// <param name="id">The version or upload that was asked for.</param>
    public static S3Error Of(StorageStatus status, string bucketName, string key, string? id) => status switch
    {
        StorageStatus.NoSuchBucket => S3Errors.NoSuchBucket(bucketName),
        StorageStatus.NoSuchKey => S3Errors.NoSuchKey(key),
        StorageStatus.NoSuchVersion => S3Errors.NoSuchVersion(key, id ?? ""),
        StorageStatus.NoSuchUpload => S3Errors.NoSuchUpload(id ?? ""),
        StorageStatus.NotEmpty => S3Errors.BucketNotEmpty(bucketName),
        StorageStatus.IfMatchFailed => S3Errors.PreconditionFailed("If-Match"),
        StorageStatus.IfNoneMatchFailed => S3Errors.PreconditionFailed("If-None-Match"),
        StorageStatus.IfLastModifiedFailed => S3Errors.PreconditionFailed(Conditions.LastModified),
        StorageStatus.IfLengthFailed => S3Errors.PreconditionFailed(Conditions.Length),
        StorageStatus.IfMatchConflict => Conflict("If-Match", key),
        StorageStatus.IfNoneMatchConflict => Conflict("If-None-Match", key),
        StorageStatus.Locked => S3Errors.ObjectIsLocked(),
        // A part was replaced between its listing and the commit: S3 calls that a conflict.
        StorageStatus.NoSuchPart => S3Errors.ConditionalRequestConflict(),
        // A replica that is there already; nobody else can bring a version of its own.
        StorageStatus.AlreadyExists => new S3Error(RemoteReplicaWriter.AlreadyThere, 409, "The bucket has this version already."),
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No error of its own."),
    };

    private static S3Error Conflict(string condition, string key) =>
        S3Errors.ConditionalRequestConflict().With("Condition", condition).With("Key", key);
}
