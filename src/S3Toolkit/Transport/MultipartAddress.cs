namespace S3Toolkit.Transport;

/// <summary>Names a multipart upload.</summary>
internal readonly record struct MultipartAddress(string BucketName, string Key, string UploadId);
