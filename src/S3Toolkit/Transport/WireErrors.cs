using System.Globalization;
using System.Net;
using System.Security.Authentication;

namespace S3Toolkit.Transport;

/// <summary>What both transports make of an answer or a broken connection: pure.</summary>
internal static class WireErrors
{
    public static string CodeOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotFound => S3ErrorCode.NotFound.Value,
        HttpStatusCode.NotModified => S3ErrorCode.NotModified.Value,
        HttpStatusCode.Forbidden => S3ErrorCode.AccessDenied.Value,
        HttpStatusCode.PreconditionFailed => S3ErrorCode.PreconditionFailed.Value,
        HttpStatusCode.MovedPermanently => S3ErrorCode.PermanentRedirect.Value,
        HttpStatusCode.ServiceUnavailable => S3ErrorCode.ServiceUnavailable.Value,
        HttpStatusCode.InternalServerError => S3ErrorCode.InternalError.Value,
        _ => status.ToString(),
    };

    /// <summary>What an answer without a body amounts to.</summary>
    public static string NoReason(HttpStatusCode status) => $"the server answered {(int)status} ({status}) and did not say why";

    /// <summary>A web page: a gateway's word that the server is down, or the wrong address.</summary>
    public static S3Error OfPage(S3Error error)
    {
        var down = error with
        {
            Code = CodeOf(error.StatusCode ?? default),
            Message = $"a gateway answered {(int?)error.StatusCode} ({error.StatusCode}) with a web page",
        };
        return S3ErrorClassifier.IsTransient(down)
            ? down
            : error with
            {
                Code = S3ErrorCode.NotAnS3Endpoint,
                Message = $"what answered {(int?)error.StatusCode} does not speak S3, it sent a web page",
            };
    }

    /// <summary>
    /// <c>x-amz-retry-after</c> is in milliseconds, <c>Retry-After</c> in seconds (RFC 9110, 10.2.3); dates are not used by S3.
    /// </summary>
    public static TimeSpan? RetryAfter(string? milliseconds, string? seconds)
    {
        if (double.TryParse(milliseconds, NumberStyles.Float, CultureInfo.InvariantCulture, out var ms) && ms is >= 0 and < int.MaxValue)
            return TimeSpan.FromMilliseconds(ms);
        if (double.TryParse(seconds, NumberStyles.Float, CultureInfo.InvariantCulture, out var s) && s is >= 0 and < int.MaxValue)
            return TimeSpan.FromSeconds(s);
        return null;
    }

    /// <summary>S3 names the bucket's region with 301 and 307, and with 400 when the signature was for another one.</summary>
    public static bool IsRedirect(HttpStatusCode status, string code) =>
        status is HttpStatusCode.MovedPermanently or HttpStatusCode.TemporaryRedirect
        || code is "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException"
        || (status == HttpStatusCode.BadRequest && code is "BadRequest");

    public static S3Error Connection(Exception exception)
    {
        if (FindOwn(exception) is { } own) return new S3Error(own.ErrorCode, own.Message) { Cause = exception };
        return Chain(exception).Any(static each =>
            each is AuthenticationException or HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError })
            ? new S3Error(S3ErrorCode.TlsFailed, exception.GetBaseException().Message) { Cause = exception }
            // HttpClient names host and port; those around it, and the socket's own below, do not.
            : new S3Error(
                S3ErrorCode.ConnectionFailed,
                (Chain(exception).OfType<HttpRequestException>().FirstOrDefault() ?? exception).Message) { Cause = exception };
    }

    private static IEnumerable<Exception> Chain(Exception exception)
    {
        for (Exception? each = exception; each is not null; each = each.InnerException) yield return each;
    }

    public static S3Error NotS3(Exception detail, Exception cause) =>
        new(S3ErrorCode.NotAnS3Endpoint, "what answered does not speak S3 (" + FirstLine(detail.Message) + ")") { Cause = cause };

    public static S3ToolkitException? FindOwn(Exception exception)
    {
        for (var cause = exception.InnerException; cause is not null; cause = cause.InnerException)
        {
            if (cause is S3ToolkitException own) return own;
        }

        return null;
    }

    private static string FirstLine(string text)
    {
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        var line = end < 0 ? text : text[..end];
        return line.Length > 200 ? line[..200] : line;
    }
}
