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
        StorageResult<ObjectRecord> found = context.Found
            ?? await context.Storage.FindAsync(context.BucketName, context.Key, versionId, cancellationToken).ConfigureAwait(false);
        ObjectRecord record = found.ValueOrThrow(context, versionId);
        CheckMarker(record, versionId);
        return record;
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
