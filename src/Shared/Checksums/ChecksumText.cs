using System.Buffers.Text;

namespace S3Toolkit.Checksums;

/// <summary>The wire form of a checksum: base64 of its bytes, most significant byte first.</summary>
internal static class ChecksumText
{
    /// <summary>The longest raw value of any function, in bytes (SHA-512).</summary>
    public const int MaxValueSizeBytes = 64;

    public static string Encode(ReadOnlySpan<byte> value) => Convert.ToBase64String(value);

    /// <summary>Reads the wire form; false unless it is base64 of exactly the function's size.</summary>
    public static bool TryDecode(ChecksumFunction function, ReadOnlySpan<char> text, Span<byte> destination, out int bytesWritten)
    {
        int size = function.ValueSizeBytes();
        bytesWritten = 0;
        // The length is checked first: Convert skips white space, S3 does not.
        if (text.Length != Base64.GetMaxEncodedToUtf8Length(size) || text.ContainsAny(" \t\r\n")) return false;
        return Convert.TryFromBase64Chars(text, destination, out bytesWritten) && bytesWritten == size;
    }

    /// <summary>Whether the text is a well-formed value of the function.</summary>
    public static bool IsValid(ChecksumFunction function, ReadOnlySpan<char> text)
    {
        Span<byte> value = stackalloc byte[MaxValueSizeBytes];
        return TryDecode(function, text, value, out _);
    }
}
