using Amazon.S3.Model;

namespace S3Toolkit.Transport;

/// <summary>Reads the answer to a bulk delete.</summary>
internal static class SdkDeletes
{
    public static IReadOnlyList<DeleteResult> Results(DeleteObjectsResponse response)
    {
        var results = new List<DeleteResult>((response.DeletedObjects?.Count ?? 0) + (response.DeleteErrors?.Count ?? 0));
        foreach (var deleted in response.DeletedObjects ?? [])
        {
            results.Add(new DeleteResult(deleted.Key)
            {
                VersionId = SdkReplies.Version(deleted.VersionId),
                IsDeleteMarker = deleted.DeleteMarker ?? false,
                DeleteMarkerVersionId = SdkReplies.Version(deleted.DeleteMarkerVersionId),
            });
        }

        foreach (var error in response.DeleteErrors ?? [])
        {
            var failure = new S3Error(error.Code, error.Message ?? "");
            results.Add(new DeleteResult(error.Key)
            {
                VersionId = SdkReplies.Version(error.VersionId),
                Failure = new DeleteFailure(failure.Code, failure.Message, S3ErrorClassifier.IsTransient(failure)),
            });
        }

        return results;
    }
}
