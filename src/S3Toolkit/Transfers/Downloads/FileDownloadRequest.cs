namespace S3Toolkit.Transfers.Downloads;

/// <summary>What is to be downloaded to which file.</summary>
/// <param name="BucketName">The bucket.</param>
/// <param name="Key">The key.</param>
/// <param name="Options">What the caller wants of the object.</param>
/// <param name="Destination">The full path of the file.</param>
/// <param name="Progress">Is told as bytes arrive; null for nobody.</param>
/// <param name="JournalPath">Where to write down which parts are there; null for nowhere.</param>
internal sealed record FileDownloadRequest(
    string BucketName,
    string Key,
    GetObjectOptions Options,
    string Destination,
    IProgress<TransferProgress>? Progress,
    string? JournalPath);
