using System.Globalization;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Authentication.Version2;

/// <summary>The time of a signature of version 2, in any form that HTTP has had for it.</summary>
internal static class DateV2
{
    private static readonly string[] Forms =
    [
        "d MMM yyyy HH:mm:ss 'GMT'", "d MMM yyyy HH:mm:ss 'UTC'", "d MMM yyyy HH:mm:ss zzz", "d-MMM-yy HH:mm:ss 'GMT'",
        "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFF'Z'",
    ];

    /// <summary>The time of x-amz-date, or of Date when there is none.</summary>
    /// <exception cref="S3ErrorException">AccessDenied: there is none, or it is none.</exception>
    public static DateTimeOffset Of(S3HeaderCollection headers) => Parse(headers["x-amz-date"] ?? headers["date"])
        ?? throw S3Errors.AccessDenied("AWS authentication requires a valid Date or x-amz-date header").ToException();

    /// <summary>The time; null when the text is none, or one before 1970.</summary>
    public static DateTimeOffset? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        // Nobody checks the day of the week against the date, and clients get it wrong.
        string date = text[(text.IndexOf(',') + 1)..].Trim();
        if (date.EndsWith("+0000", StringComparison.Ordinal)) date = date[..^2] + ":00";
        bool isTime = SigningTime.TryParse(date, out DateTimeOffset time) || DateTimeOffset.TryParseExact(
            date, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
        return isTime && time >= DateTimeOffset.UnixEpoch ? time : null;
    }
}
