using System.Net;

namespace S3Toolkit.Transport;

/// <summary>Why an attempt failed, as a value: an answer of the server, or what happened instead of one.</summary>
internal sealed record S3Error(S3ErrorCode Code, string Message)
{
    /// <summary>The HTTP status; null when no answer came.</summary>
    public HttpStatusCode? StatusCode { get; init; }

    public string? RequestId { get; init; }

    /// <summary>How long the server asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The region that the server names as the bucket's, when it differs from the one asked.</summary>
    public string? BucketRegion { get; init; }

    /// <summary>The server's time (<c>Date</c>).</summary>
    public DateTimeOffset? ServerTime { get; init; }

    /// <summary>What the SDK or the network threw.</summary>
    public Exception? Cause { get; init; }
}
