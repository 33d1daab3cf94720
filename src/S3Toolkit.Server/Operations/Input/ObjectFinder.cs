using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Input;

/// <summary>Finds an object, and says as S3 does why there is none.</summary>
internal static class ObjectFinder
{
    public static async ValueTask<ObjectRecord> FindAsync(OperationContext context, CancellationToken cancellationToken)
    {
        string? versionId = Parameters.VersionId(context);
        ObjectRecord record = await FindAnyAsync(context.Storage, context.BucketName, context.Key, versionId, cancellationToken)
            .ConfigureAwait(false);
        CheckMarker(record, versionId);
        return record;
    }

    /// <summary>An object or a delete marker.</summary>
    public static async ValueTask<ObjectRecord> FindAnyAsync(
        IS3Storage storage, string bucketName, string key, string? versionId, CancellationToken cancellationToken)
    {
        StorageResult<ObjectRecord> found = await storage.FindAsync(bucketName, key, versionId, cancellationToken).ConfigureAwait(false);
        if (found.Status != StorageStatus.Done) throw StorageErrors.Of(found.Status, bucketName, key, versionId).ToException();
        return found.Value!;
    }

    public static void CheckMarker(ObjectRecord record, string? versionId)
    {
        if (record.IsDeleteMarker) throw DeleteMarker(record, versionId).ToException();
    }

    /// <summary>A delete marker hides the object; asked for by its own id it is there, but has nothing to give.</summary>
    private static S3Error DeleteMarker(ObjectRecord marker, string? versionId)
    {
        S3Error error = versionId is null
            ? S3Errors.NoSuchKey(marker.Key)
            : S3Errors.MethodNotAllowed("GET", "DeleteMarker").WithHeader("Last-Modified", WireTime.ToHttpDate(marker.LastModified))
                .WithHeader("Allow", "DELETE");
        return error.WithHeader("x-amz-delete-marker", "true").WithHeader("x-amz-version-id", marker.VersionId);
    }
}
