using System.Globalization;
using System.Net;
using System.Text;
using S3Toolkit.Transport;

namespace S3Toolkit;

/// <summary>
/// The root of everything that this library throws about S3: the server said no, or could not be reached. Mistakes of the caller are
/// <see cref="ArgumentException"/> or <see cref="InvalidOperationException"/>, and the caller's own cancellation stays
/// <see cref="OperationCanceledException"/>.
/// </summary>
/// <remarks>No message holds a secret, a signature or a presigned query. The SDK's exception, if there was one, is the inner one.</remarks>
public class S3ToolkitException : Exception
{
    private HttpStatusCode? _statusCode;
    private string? _requestId;
    private string? _operation;
    private string? _bucketName;
    private string? _key;
    private bool _isTransient;
    private TimeSpan? _retryAfter;

    /// <summary>Creates an exception.</summary>
    /// <param name="message">What happened, and what to do.</param>
    /// <param name="errorCode">The error code.</param>
    /// <param name="innerException">The cause.</param>
    public S3ToolkitException(string message, S3ErrorCode errorCode, Exception? innerException = null)
        : base(message, innerException) => ErrorCode = errorCode;

    /// <summary>The error code of the answer, or the library's own when there was no answer.</summary>
    public S3ErrorCode ErrorCode { get; init; }

    /// <summary>The HTTP status of the answer; null when there was none.</summary>
    public HttpStatusCode? StatusCode { get => _statusCode; init => _statusCode = value; }

    /// <summary>The server's id of the request (<c>x-amz-request-id</c>), for its support.</summary>
    public string? RequestId { get => _requestId; init => _requestId = value; }

    /// <summary>The S3 operation, such as <c>GetObject</c>.</summary>
    public string? Operation { get => _operation; init => _operation = value; }

    /// <summary>The bucket that the call was about.</summary>
    public string? BucketName { get => _bucketName; init => _bucketName = value; }

    /// <summary>The key that the call was about.</summary>
    public string? Key { get => _key; init => _key = value; }

    /// <summary>How many attempts were made; 0 when the call never left the process.</summary>
    public int Attempts { get; internal set; }

    /// <summary>Whether the same call may succeed later, unchanged.</summary>
    public bool IsTransient { get => _isTransient; init => _isTransient = value; }

    /// <summary>How long the server asked to wait before another attempt; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get => _retryAfter; init => _retryAfter = value; }

    /// <summary>Whether the server asked for fewer requests, as against having failed.</summary>
    internal bool IsThrottling { get; private set; }

    /// <summary>The message without what the call was.</summary>
    internal string PlainMessage => base.Message;

    /// <summary>Says what call this is about and how it ended; what was said before stays.</summary>
    internal S3ToolkitException About(in S3Call call, S3Error error, int attempts)
    {
        _operation ??= call.Operation;
        _bucketName ??= call.BucketName;
        _key ??= call.Key;
        _statusCode ??= error.StatusCode;
        _requestId ??= error.RequestId;
        _retryAfter ??= error.RetryAfter;
        _isTransient |= S3ErrorClassifier.IsTransient(error);
        IsThrottling = S3ErrorClassifier.IsThrottling(error);
        // Without credentials or a region nothing left the process.
        Attempts = error.Code == S3ErrorCode.NoCredentials || error.Code == "NoRegion" ? 0 : attempts;
        return this;
    }

    /// <inheritdoc/>
    public override string Message
    {
        get
        {
            if (Operation is null && RequestId is null) return base.Message;
            var text = new StringBuilder(base.Message).Append(" [");
            text.Append(Operation ?? "S3");
            if (BucketName is not null) text.Append(", bucket '").Append(BucketName).Append('\'');
            if (Key is not null) text.Append(", key '").Append(Key).Append('\'');
            text.Append(", error ").Append(ErrorCode.Value);
            if (StatusCode is { } status) text.Append(CultureInfo.InvariantCulture, $", status {(int)status}");
            if (RequestId is not null) text.Append(", request id ").Append(RequestId);
            text.Append(CultureInfo.InvariantCulture, $", attempts {Attempts}]");
            return text.ToString();
        }
    }
}
