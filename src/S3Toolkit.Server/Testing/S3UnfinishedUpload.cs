namespace S3Toolkit.Server;

/// <summary>A multipart upload that was neither completed nor aborted: on S3 its parts are paid for until somebody notices.</summary>
/// <param name="BucketName">The bucket.</param>
/// <param name="Key">The key that the object would have.</param>
/// <param name="UploadId">The upload's id.</param>
/// <param name="Initiated">When it was started.</param>
/// <param name="PartCount">The parts that are there.</param>
/// <param name="Bytes">What they hold, in bytes.</param>
public sealed record S3UnfinishedUpload(
    string BucketName, string Key, string UploadId, DateTimeOffset Initiated, int PartCount, long Bytes);
