using System.Net;

namespace S3Toolkit.Transfers;

/// <summary>What is said when an object is overwritten while it is read.</summary>
internal static class ChangedObject
{
    /// <param name="bucketName">The bucket.</param>
    /// <param name="key">The key.</param>
    /// <param name="progress">How far the reading was, such as <c>3 of 10 bytes</c>.</param>
    /// <param name="cause">The server's refusal; null when it was noticed here.</param>
    public static PreconditionFailedException During(string bucketName, string key, string progress, Exception? cause) => new(
        $"The object s3://{bucketName}/{key} changed during the download, after {progress}: what was read is of an older content. "
        + "Read it again.",
        S3ErrorCode.PreconditionFailed,
        cause)
    {
        StatusCode = HttpStatusCode.PreconditionFailed,
        Operation = "GetObject",
        BucketName = bucketName,
        Key = key,
    };
}
