using System.Net;
using S3Toolkit.Transport;

namespace S3Toolkit.Resilience;

/// <summary>
/// Tells a refusal because of the clock from one because of permissions where the answer has no body to say so: a pure function.
/// </summary>
internal static class ClockSkew
{
    // S3 allows 15 minutes; the SDKs of AWS take 5 for a sign that the clock is off.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <param name="error">What was answered.</param>
    /// <param name="attempt">From the second attempt on the offset is known, and the clock no excuse.</param>
    /// <param name="now">This machine's time.</param>
    public static S3Error Recognize(S3Error error, int attempt, DateTimeOffset now) =>
        attempt == 1 && error is { StatusCode: HttpStatusCode.Forbidden, ServerTime: { } time }
        && error.Code == S3ErrorCode.AccessDenied && (time - now).Duration() > Tolerance
            ? error with { Code = S3ErrorCode.RequestTimeTooSkewed }
            : error;
}
