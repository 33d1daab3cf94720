namespace S3Toolkit.Stores;

/// <summary>Empties a bucket: objects with all their versions, delete markers, unfinished uploads.</summary>
internal static class BucketEmptier
{
    /// <returns>Whether the bucket is there.</returns>
    /// <exception cref="S3ToolkitException">Something could not be deleted.</exception>
    public static async Task<bool> EmptyAsync(IObjectStore bucket, S3ProviderProfile profile, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var upload in bucket.ListUploadsAsync(cancellationToken: cancellationToken).ConfigureAwait(false))
                await bucket.ResumeMultipart(upload.Key, upload.UploadId).AbortAsync(cancellationToken).ConfigureAwait(false);

            var objects = profile.SupportsListVersions
                ? DetachedSequence.Map(
                    bucket.ListVersionsAsync(cancellationToken: cancellationToken), static version => version.Identifier, cancellationToken)
                : DetachedSequence.Map(
                    bucket.ListAsync(cancellationToken), static entry => new ObjectIdentifier(entry.Name), cancellationToken);
            await foreach (var result in bucket.DeleteManyAsync(objects, cancellationToken: cancellationToken).ConfigureAwait(false))
            {
                if (result.Failure is { } failure) throw Failed(bucket.BucketName, result, failure);
            }

            return true;
        }
        catch (BucketNotFoundException)
        {
            return false;
        }
    }

    private static S3ToolkitException Failed(string bucketName, DeleteResult result, DeleteFailure failure) => new(
        $"Bucket '{bucketName}' could not be emptied: s3://{bucketName}/{result.Key}"
        + (result.VersionId is { } version ? $" (version {version})" : "") + $" stays, {failure.Message}",
        failure.ErrorCode)
    {
        Operation = "DeleteObjects",
        BucketName = bucketName,
        Key = result.Key,
        IsTransient = failure.IsTransient,
    };
}
