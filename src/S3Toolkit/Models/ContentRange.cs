using System.Globalization;

namespace S3Toolkit;

/// <summary>What part of an object an answer carries, as the HTTP header <c>Content-Range</c> has it (RFC 9110, section 14.4).</summary>
/// <param name="FirstByte">The first byte, from 0.</param>
/// <param name="LastByte">The last byte, inclusive.</param>
/// <param name="TotalBytes">The size of the whole object in bytes.</param>
public readonly record struct ContentRange(long FirstByte, long LastByte, long TotalBytes)
{
    /// <summary>The number of bytes.</summary>
    public long LengthBytes => LastByte - FirstByte + 1;

    /// <summary>Reads the header <c>Content-Range</c>.</summary>
    /// <param name="header">The header's value, such as <c>bytes 0-99/1000</c>.</param>
    /// <param name="range">The range.</param>
    /// <returns>Whether it is a range of bytes with a known total.</returns>
    public static bool TryParse(string? header, out ContentRange range)
    {
        range = default;
        const string Unit = "bytes ";
        if (header is null || !header.StartsWith(Unit, StringComparison.OrdinalIgnoreCase)) return false;
        var value = header.AsSpan(Unit.Length);
        var slash = value.IndexOf('/');
        var dash = value.IndexOf('-');
        if (dash < 1 || slash < dash) return false;
        if (!TryParse(value[..dash], out var first) || !TryParse(value[(dash + 1)..slash], out var last)) return false;
        if (!TryParse(value[(slash + 1)..], out var total) || first > last || last >= total) return false;
        range = new ContentRange(first, last, total);
        return true;
    }

    private static bool TryParse(ReadOnlySpan<char> text, out long value) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
