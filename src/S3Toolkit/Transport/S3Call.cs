using System.Net;

namespace S3Toolkit.Transport;

/// <summary>Which errors of a call are answers to its caller rather than failures: they are neither retried nor thrown.</summary>
[Flags]
internal enum ExpectedErrors
{
    None = 0,
    NotFound = 1,
    NotModified = 2,
    NoSuchUpload = 4,
    NoSuchTagSet = 8,
    BucketAlreadyOwned = 16,
    InvalidRange = 32,
}

/// <summary>Names a call for the pipeline, the log, the metrics and the messages.</summary>
/// <param name="Operation">The S3 operation, such as <c>GetObject</c>.</param>
/// <param name="BucketName">The bucket; null for calls about the account.</param>
/// <param name="Key">The key; null for calls about a bucket.</param>
internal readonly record struct S3Call(string Operation, string? BucketName, string? Key = null)
{
    public ExpectedErrors Expects { get; init; }

    /// <summary>Whether a conflict with another conditional write ends the call, instead of being waited out.</summary>
    public bool ConflictIsFinal { get; init; }

    public bool IsExpected(S3Error error)
    {
        if (Expects == ExpectedErrors.None || error.Code == S3ErrorCode.NotAnS3Endpoint) return false;
        return (Expects.HasFlag(ExpectedErrors.NoSuchUpload) && error.Code == S3ErrorCode.NoSuchUpload)
            || (Expects.HasFlag(ExpectedErrors.NoSuchTagSet) && error.Code == S3ErrorCode.NoSuchTagSet)
            || (Expects.HasFlag(ExpectedErrors.NotModified) && error.StatusCode == HttpStatusCode.NotModified)
            || (Expects.HasFlag(ExpectedErrors.InvalidRange) && error.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            || (Expects.HasFlag(ExpectedErrors.BucketAlreadyOwned) && error.Code == S3ErrorCode.BucketAlreadyOwnedByYou)
            || (Expects.HasFlag(ExpectedErrors.NotFound) && IsNotFound(error));
    }

    // That the bucket is missing is no answer to a question about an object.
    private bool IsNotFound(S3Error error) =>
        error.StatusCode == HttpStatusCode.NotFound && (Key is null || error.Code != S3ErrorCode.NoSuchBucket);
}
