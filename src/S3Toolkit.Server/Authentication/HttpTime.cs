using System.Globalization;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Authentication;

/// <summary>The time of a Date header, in any form that HTTP and its clients have had for it.</summary>
internal static class HttpTime
{
    private static readonly string[] Forms =
    [
        "d MMM yyyy HH:mm:ss 'GMT'", "d MMM yyyy HH:mm:ss 'UTC'", "d MMM yyyy HH:mm:ss zzz", "d-MMM-yy HH:mm:ss 'GMT'",
        "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFF'Z'",
    ];

    /// <summary>The time; null when the text is none, or one before 1970.</summary>
    public static DateTimeOffset? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        // Nobody checks the day of the week against the date, and clients get it wrong.
        string date = text[(text.IndexOf(',') + 1)..].Trim();
        bool isUtc = date.EndsWith("+0000", StringComparison.Ordinal) || date.EndsWith("-0000", StringComparison.Ordinal);
        if (isUtc) date = date[..^5] + "+00:00";
        bool isTime = SigningTime.TryParse(date, out DateTimeOffset time) || DateTimeOffset.TryParseExact(
            date, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
        return isTime && time >= DateTimeOffset.UnixEpoch ? time : null;
    }
}
