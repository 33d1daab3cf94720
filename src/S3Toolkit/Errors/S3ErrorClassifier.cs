using System.Net;
using S3Toolkit.Transport;

namespace S3Toolkit;

/// <summary>Tells which errors may pass by themselves: a pure function, used by the retry, the breaker and the metrics alike.</summary>
internal static class S3ErrorClassifier
{
    /// <summary>Whether the same request may succeed later. Codes and statuses of the "standard" retry mode of the AWS SDKs.</summary>
    public static bool IsTransient(S3Error error) => IsThrottling(error) || error.Code.Value switch
    {
        "ConnectionFailed" or "InactivityTimeout" => true,
        // The pipeline's own refusals; it does not retry them itself.
        "CircuitOpen" or "TooManyOpenCalls" or "TotalTimeout" => true,
        "InternalError" or "ServiceUnavailable" or "RequestTimeout" or "RequestTimeoutException" => true,
        // Another conditional write was under way, or another operation on the bucket: both pass.
        "ConditionalRequestConflict" or "OperationAborted" => true,
        // The SDK has learned the offset from this answer: the next attempt is signed with the server's time.
        "RequestTimeTooSkewed" => true,
        "NotAnS3Endpoint" => false,
        _ => error.StatusCode is HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway
            or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout or HttpStatusCode.RequestTimeout,
    };

    /// <summary>Whether the server asks for fewer requests, as against having failed.</summary>
    public static bool IsThrottling(S3Error error) => error.StatusCode is HttpStatusCode.TooManyRequests || error.Code.Value switch
    {
        "SlowDown" or "Throttling" or "ThrottlingException" or "ThrottledException" or "RequestThrottled" or "RequestThrottledException"
            or "RequestLimitExceeded" or "TooManyRequestsException" or "BandwidthLimitExceeded" or "PriorRequestNotComplete" => true,
        _ => false,
    };
}
