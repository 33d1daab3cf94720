using System.Globalization;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Authentication;

/// <summary>The time of a header signature: <c>x-amz-date</c>, or the <c>Date</c> header when there is none.</summary>
internal static class SignatureDate
{
    public static (string AmzDate, DateTimeOffset Time) Of(S3HeaderCollection headers)
    {
        string? text = headers[SigV4.DateHeader] ?? headers["date"];
        if (SigningTime.TryParse(text, out DateTimeOffset time)) return (text!, time);

        if (headers[SigV4.DateHeader] is null && HttpTime.Parse(text) is { } date) return (SigningTime.Format(date), date);
        throw Missing().ToException();
    }

    public static S3Error Missing() => S3Errors.AccessDenied("AWS authentication requires a valid Date or x-amz-date header");

    /// <summary>The form in which S3 shows times in errors.</summary>
    public static string Display(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
