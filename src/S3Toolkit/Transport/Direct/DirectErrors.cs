using System.Globalization;

namespace S3Toolkit.Transport.Direct;

/// <summary>Reads the answers that are errors, and what happened instead of an answer.</summary>
internal static class DirectErrors
{
    /// <exception cref="OperationCanceledException">The attempt was cancelled, or ended by inactivity.</exception>
    public static S3Error FromException(Exception exception, S3Attempt attempt)
    {
        // HttpClient wraps a cancellation into what it broke.
        attempt.Token.ThrowIfCancellationRequested();
        return exception is OperationCanceledException
            ? new S3Error(S3ErrorCode.ConnectionFailed, "no connection within the connect time-out") { Cause = exception }
            : SdkErrors.FromException(exception);
    }

    public static async ValueTask<S3Error> ReadAsync(HttpResponseMessage response, S3Attempt attempt)
    {
        using var body = await ResponseBody.ReadAsync(response, attempt, ResponseBody.MaxErrorBytes).ConfigureAwait(false);
        return Read(response, body.Bytes);
    }

    /// <summary>The error in a document that may also be an answer: S3 says 200 before it knows how a copy or a completion ends.</summary>
    public static S3Error? FindIn(HttpResponseMessage response, ReadOnlySpan<byte> xml) =>
        ErrorDocument.TryRead(xml, out var document) ? Of(response, document) : null;

    private static S3Error Read(HttpResponseMessage response, ReadOnlySpan<byte> body)
    {
        if (ErrorDocument.TryRead(body, out var document)) return Of(response, document);
        var error = Of(response, default);
        return IsPage(response, body) ? WireErrors.OfPage(error) : error;
    }

    private static S3Error Of(HttpResponseMessage response, ErrorDocument document)
    {
        var status = response.StatusCode;
        var code = string.IsNullOrEmpty(document.Code) ? WireErrors.CodeOf(status) : document.Code;
        return new S3Error(code, string.IsNullOrEmpty(document.Message) ? WireErrors.NoReason(status) : document.Message)
        {
            StatusCode = status,
            RequestId = document.RequestId ?? Header(response, "x-amz-request-id"),
            RetryAfter = WireErrors.RetryAfter(Header(response, "x-amz-retry-after"), Header(response, "Retry-After")),
            BucketRegion = WireErrors.IsRedirect(status, code) ? Header(response, "x-amz-bucket-region") ?? document.Region : null,
            ServerTime = DateTimeOffset.TryParse(
                Header(response, "Date"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null,
        };
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) && values.ToString() is { Length: > 0 } value ? value : null;

    private static bool IsPage(HttpResponseMessage response, ReadOnlySpan<byte> body)
    {
        if (response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var type)
            && type.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)) return true;
        var start = System.Text.Encoding.UTF8.GetString(body[..Math.Min(body.Length, 100)]).TrimStart();
        return start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
    }
}
