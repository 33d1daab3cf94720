using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Xml;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.S3;

namespace S3Toolkit.Transport;

/// <summary>Turns what the SDK throws into an error of ours: pure, and the only reader of the SDK's exceptions.</summary>
internal static class SdkErrors
{
    public static S3Error FromException(Exception exception) => exception switch
    {
        AmazonUnmarshallingException unmarshalling => NotS3(unmarshalling.InnerException ?? unmarshalling, unmarshalling),
        AmazonServiceException service => FromService(service),
        HttpRequestException or IOException or SocketException => Connection(exception),
        XmlException => NotS3(exception, exception),
        S3ToolkitException own => new S3Error(own.ErrorCode, own.Message) { Cause = own },
        // The SDK wraps what the network threw.
        AmazonClientException { InnerException: HttpRequestException or IOException or SocketException } client => Connection(client),
        AmazonClientException client when FindOwn(client) is { } own => new S3Error(own.ErrorCode, own.Message) { Cause = client },
        _ => new S3Error("ClientError", exception.Message) { Cause = exception },
    };

    private static S3Error FromService(AmazonServiceException exception)
    {
        var response = (exception.InnerException as HttpErrorResponseException)?.Response;
        if (exception.StatusCode == 0 && response is null && exception.InnerException is { } inner and not HttpErrorResponseException)
            return FromException(inner) with { Cause = exception };

        var error = new S3Error(Code(exception), Message(exception))
        {
            StatusCode = exception.StatusCode,
            RequestId = exception.RequestId,
            RetryAfter = RetryAfter(response?.GetHeaderValue("x-amz-retry-after"), response?.GetHeaderValue("Retry-After")),
            Cause = exception,
        };
        if (IsHtml(exception, response?.ContentType)) return OfPage(error);
        var namesRegion = IsRedirect(exception.StatusCode, error.Code.Value);
        return error with
        {
            BucketRegion = namesRegion ? NullIfEmpty(response?.GetHeaderValue("x-amz-bucket-region")) : null,
            ServerTime = DateTimeOffset.TryParse(
                response?.GetHeaderValue("Date"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null,
        };
    }

    private static string Code(AmazonServiceException exception)
    {
        var code = exception.ErrorCode;
        return string.IsNullOrEmpty(code) || int.TryParse(code, out _) ? CodeOf(exception.StatusCode) : code;
    }

    /// <summary>A web page: a gateway's word that the server is down, or the wrong address.</summary>
    private static S3Error OfPage(S3Error error)
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
    internal static TimeSpan? RetryAfter(string? milliseconds, string? seconds)
    {
        if (double.TryParse(milliseconds, NumberStyles.Float, CultureInfo.InvariantCulture, out var ms) && ms is >= 0 and < int.MaxValue)
            return TimeSpan.FromMilliseconds(ms);
        if (double.TryParse(seconds, NumberStyles.Float, CultureInfo.InvariantCulture, out var s) && s is >= 0 and < int.MaxValue)
            return TimeSpan.FromSeconds(s);
        return null;
    }

    /// <summary>S3 names the bucket's region with 301 and 307, and with 400 when the signature was for another one.</summary>
    private static bool IsRedirect(HttpStatusCode status, string code) =>
        status is HttpStatusCode.MovedPermanently or HttpStatusCode.TemporaryRedirect
        || code is "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException"
        || (status == HttpStatusCode.BadRequest && code is "BadRequest");

    private static string CodeOf(HttpStatusCode status) => status switch
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

    private static string Message(AmazonServiceException exception)
    {
        // For answers without a body the SDK puts its own type name or a sentence about the status into the message.
        var message = exception.Message;
        return string.IsNullOrWhiteSpace(message) || message.StartsWith("Exception of type", StringComparison.Ordinal)
            || message.StartsWith("Error making request with Error Code", StringComparison.Ordinal)
            ? $"the server answered {(int)exception.StatusCode} ({exception.StatusCode}) and did not say why"
            : message;
    }

    private static bool IsHtml(AmazonServiceException exception, string? contentType) =>
        contentType?.Contains("text/html", StringComparison.OrdinalIgnoreCase) == true
        || (exception as AmazonS3Exception)?.ResponseBody?.AsSpan().TrimStart()
            .StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) == true
        || (exception as AmazonS3Exception)?.ResponseBody?.AsSpan().TrimStart()
            .StartsWith("<html", StringComparison.OrdinalIgnoreCase) == true;

    private static S3Error Connection(Exception exception)
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

    private static S3Error NotS3(Exception detail, Exception cause) =>
        new(S3ErrorCode.NotAnS3Endpoint, "what answered does not speak S3 (" + FirstLine(detail.Message) + ")") { Cause = cause };

    private static S3ToolkitException? FindOwn(Exception exception)
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

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
