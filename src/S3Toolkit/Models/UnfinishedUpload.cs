namespace S3Toolkit;

/// <summary>A multipart upload that was started and neither completed nor aborted. Its parts are billed.</summary>
/// <param name="Key">The key that it would write.</param>
/// <param name="UploadId">The upload's id.</param>
/// <param name="StartedAt">When it was started.</param>
public sealed record UnfinishedUpload(string Key, string UploadId, DateTimeOffset StartedAt)
{
    /// <summary>The storage class that the object would have.</summary>
    public StorageClass StorageClass { get; init; }
}
