using System.Globalization;

namespace S3Toolkit.Server.Wire;

/// <summary>Times as S3 writes and reads them.</summary>
internal static class WireTime
{
    public static string ToIso8601(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string ToHttpDate(DateTimeOffset time) => time.UtcDateTime.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>S3 keeps whole seconds; with more, a date header and a listing of the same object would differ.</summary>
    public static DateTimeOffset ToWholeSeconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    /// <summary>Reads ISO 8601 in its long and its short form, to the millisecond that S3 writes back; null when it is none.</summary>
    public static DateTimeOffset? TryParseIso8601(string? text) =>
        DateTimeOffset.TryParseExact(
            text, ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyyMMdd'T'HHmmssK"], CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time)
            ? DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds())
            : null;

    /// <summary>Reads the three HTTP date forms and ISO 8601; a date that cannot be read is no condition, as HTTP has it.</summary>
    public static DateTimeOffset? TryParse(string? text) =>
        text is not null && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time)
            ? time
            : null;
}
