using System.Globalization;
using System.Net.Sockets;
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
        AmazonUnmarshallingException unmarshalling => WireErrors.NotS3(unmarshalling.InnerException ?? unmarshalling, unmarshalling),
        AmazonServiceException service => FromService(service),
        HttpRequestException or IOException or SocketException => WireErrors.Connection(exception),
        XmlException => WireErrors.NotS3(exception, exception),
        S3ToolkitException own => new S3Error(own.ErrorCode, own.Message) { Cause = own },
        // The SDK wraps what the network threw.
        AmazonClientException { InnerException: HttpRequestException or IOException or SocketException } client =>
            WireErrors.Connection(client),
        AmazonClientException client when WireErrors.FindOwn(client) is { } own =>
            new S3Error(own.ErrorCode, own.Message) { Cause = client },
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
            RetryAfter = WireErrors.RetryAfter(response?.GetHeaderValue("x-amz-retry-after"), response?.GetHeaderValue("Retry-After")),
            Cause = exception,
        };
        if (IsHtml(exception, response?.ContentType)) return WireErrors.OfPage(error);
        var namesRegion = WireErrors.IsRedirect(exception.StatusCode, error.Code.Value);
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
        return string.IsNullOrEmpty(code) || int.TryParse(code, out _) ? WireErrors.CodeOf(exception.StatusCode) : code;
    }

    private static string Message(AmazonServiceException exception)
    {
        // For answers without a body the SDK puts its own type name or a sentence about the status into the message.
        var message = exception.Message;
        return string.IsNullOrWhiteSpace(message) || message.StartsWith("Exception of type", StringComparison.Ordinal)
            || message.StartsWith("Error making request with Error Code", StringComparison.Ordinal)
            ? WireErrors.NoReason(exception.StatusCode)
            : message;
    }

    private static bool IsHtml(AmazonServiceException exception, string? contentType) =>
        contentType?.Contains("text/html", StringComparison.OrdinalIgnoreCase) == true
        || (exception as AmazonS3Exception)?.ResponseBody?.AsSpan().TrimStart()
            .StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) == true
        || (exception as AmazonS3Exception)?.ResponseBody?.AsSpan().TrimStart()
            .StartsWith("<html", StringComparison.OrdinalIgnoreCase) == true;

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
