using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Input;

/// <summary>Finds an object, and says as S3 does why there is none.</summary>
internal static class ObjectFinder
{
    /// <param name="context">The request.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="namesMarkers">A delete marker that is the newest is told as what it is, as if it were asked for by its id.</param>
    public static async ValueTask<ObjectRecord> FindAsync(
        OperationContext context, CancellationToken cancellationToken, bool namesMarkers = false)
    {
        string? versionId = Parameters.VersionId(context);
        StorageResult<ObjectRecord> found = context.Found
            ?? await context.Storage.FindAsync(context.BucketName, context.Key, versionId, cancellationToken).ConfigureAwait(false);
        ObjectRecord record = found.ValueOrThrow(context, versionId);
        CheckMarker(record, isNamed: namesMarkers || versionId is not null, context.Request.Method);
        return record;
    }

    public static void CheckMarker(ObjectRecord record, bool isNamed, string method)
    {
        if (record.IsDeleteMarker) throw DeleteMarker(record, isNamed, method).ToException();
    }

    /// <summary>A delete marker hides the object; asked for by its own id it is there, but has nothing to give.</summary>
    private static S3Error DeleteMarker(ObjectRecord marker, bool isNamed, string method)
    {
        S3Error error = isNamed
            ? S3Errors.MethodNotAllowed(method, "DeleteMarker").WithHeader("Last-Modified", WireTime.ToHttpDate(marker.LastModified))
                .WithHeader("Allow", "DELETE")
            : S3Errors.NoSuchKey(marker.Key);
        return error.WithHeader("x-amz-delete-marker", "true").WithHeader("x-amz-version-id", marker.VersionId);
    }
}
