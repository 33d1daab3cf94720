using System.Globalization;
using System.Text;

namespace S3Toolkit.Transport.Direct;

/// <summary>The times in documents: ISO 8601, nearly always <c>2026-01-02T03:04:05.678Z</c>.</summary>
internal static class DocumentTime
{
    public static DateTimeOffset? Read(ref Utf8XmlReader reader)
    {
        var text = reader.ReadRawText();
        if (TryReadUsual(text, out var time)) return time;
        return DateTimeOffset.TryParse(
            Encoding.UTF8.GetString(text), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out time)
            ? time
            : null;
    }

    private static bool TryReadUsual(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        var hasShape = text.Length is 20 or 24
            && text[^1] == 'Z' && text[4] == '-' && text[7] == '-' && text[10] == 'T' && text[13] == ':' && text[16] == ':';
        if (!hasShape) return false;
        var isRead = TryDigits(text[..4], out var year) & TryDigits(text[5..7], out var month) & TryDigits(text[8..10], out var day)
            & TryDigits(text[11..13], out var hour) & TryDigits(text[14..16], out var minute) & TryDigits(text[17..19], out var second);
        var millisecond = 0;
        if (text.Length == 24) isRead &= text[19] == '.' && TryDigits(text[20..23], out millisecond);
        if (!isRead || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 59) return false;
        time = new DateTimeOffset(year, month, day, hour, minute, second, millisecond, TimeSpan.Zero);
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9') return false;
            value = (value * 10) + digit - '0';
        }

        return true;
    }
}
