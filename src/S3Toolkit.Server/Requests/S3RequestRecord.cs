namespace S3Toolkit.Server;

/// <summary>A request that the server saw.</summary>
/// <param name="Sequence">Rises by one with every request, in the order of arrival, starting at 1.</param>
/// <param name="Operation">AWS's name of the operation, such as <c>PutObject</c>.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="BucketName">The bucket; empty for the service itself.</param>
/// <param name="Key">The key; empty for a bucket.</param>
/// <param name="PartNumber">The part of an upload or download by part; null otherwise.</param>
/// <param name="RequestId">The value of <c>x-amz-request-id</c>.</param>
public sealed record S3RequestRecord(
    long Sequence, string Operation, string Method, string BucketName, string Key, int? PartNumber, string RequestId)
{
    /// <summary>
    /// The HTTP status; null while the request is under way, and for good when its connection was reset before an answer.
    /// </summary>
    public int? Status { get; init; }

    /// <summary>The S3 error code of the answer; null when it tells of no error.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The bytes of the request's body that the server has read, signatures of chunks included.</summary>
    public long BytesIn { get; init; }

    /// <summary>The bytes of the answer's body that the server has sent.</summary>
    public long BytesOut { get; init; }

    /// <summary>The faults that befell it; empty when none did.</summary>
    public IReadOnlyList<S3Fault> Faults { get; init => field = PrintedList<S3Fault>.Of(value); } = PrintedList<S3Fault>.Empty;
}
