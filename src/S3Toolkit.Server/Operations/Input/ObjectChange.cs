using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Operations.Input;

/// <summary>Changes what is kept beside an object's bytes.</summary>
internal static class ObjectChange
{
    /// <summary>
    /// Changes the version that was found, in one step with what <paramref name="change"/> judges of it: a newer one that arrives
    /// meanwhile keeps its own.
    /// </summary>
    /// <returns>The version as it is now.</returns>
    /// <exception cref="S3ErrorException">It is gone; or <paramref name="change"/> refused.</exception>
    public static async ValueTask<ObjectRecord> ApplyAsync(
        OperationContext context, ObjectRecord found, Func<ObjectRecord, ObjectRecord> change, CancellationToken cancellationToken)
    {
        StorageResult<ObjectRecord> changed = await context.Storage
            .UpdateObjectAsync(context.BucketName, context.Key, found.VersionId, change, cancellationToken).ConfigureAwait(false);
        bool isGone = changed.Status == StorageStatus.NoSuchVersion && Parameters.VersionId(context) is null;
        if (isGone) throw S3Errors.NoSuchKey(context.Key).ToException(); // nobody asked for a version
        return changed.ValueOrThrow(context, found.VersionId);
    }
}
