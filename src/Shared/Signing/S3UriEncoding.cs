using System.Buffers;
using System.Text;

namespace S3Toolkit.Signing;

/// <summary>
/// Percent-encoding by the S3 rules: everything but A-Z a-z 0-9 - . _ ~ is encoded, in upper case, once; a path keeps its slashes, and
/// nothing is normalised, so <c>a//b</c>, <c>./a</c> and <c>../a</c> stay the keys that they are.
/// </summary>
internal static class S3UriEncoding
{
    private static readonly SearchValues<char> Unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    private static readonly SearchValues<char> UnreservedOrSlash =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/");

    /// <summary>Encodes an object key for the path of a request.</summary>
    public static string EncodePath(string value) => Encode(value, keepSlash: true);

    /// <summary>Encodes the name or value of a query parameter.</summary>
    public static string EncodeQuery(string value) => Encode(value, keepSlash: false);

    /// <summary>
    /// Writes raw wire text (a path, a query name or value) in its canonical encoding: escapes are decoded and all bytes are encoded
    /// again, so that <c>(</c>, <c>%28</c> and a lower-case escape such as <c>%c3</c> sign alike.
    /// </summary>
    /// <param name="buffer">Where the text goes.</param>
    /// <param name="raw">The text as it was on the wire.</param>
    /// <param name="keepSlash">True for a path: a slash stays, an escaped one (<c>%2F</c>) becomes a slash, as S3 reads the key.</param>
    public static void AppendCanonical(ref SigningBuffer buffer, ReadOnlySpan<char> raw, bool keepSlash)
    {
        SearchValues<char> safe = keepSlash ? UnreservedOrSlash : Unreserved;
        Span<byte> utf8 = stackalloc byte[4];
        while (!raw.IsEmpty)
        {
            int plain = raw.IndexOfAnyExcept(safe);
            if (plain != 0)
            {
                buffer.Append(plain < 0 ? raw : raw[..plain]);
                if (plain < 0) return;
                raw = raw[plain..];
            }

            int consumed = 1;
            if (raw[0] == '%' && TryReadEscape(raw, out byte escaped))
            {
                AppendByte(ref buffer, escaped, keepSlash);
                consumed = 3;
            }
            else if (raw[0] == '+' && !keepSlash)
            {
                AppendByte(ref buffer, (byte)' ', keepSlash); // a form-encoded space
            }
            else
            {
                Rune.DecodeFromUtf16(raw, out Rune rune, out consumed);
                foreach (byte value in utf8[..rune.EncodeToUtf8(utf8)]) AppendByte(ref buffer, value, keepSlash);
            }

            raw = raw[consumed..];
        }
    }

    private static string Encode(string value, bool keepSlash)
    {
        if (!value.AsSpan().ContainsAnyExcept(keepSlash ? UnreservedOrSlash : Unreserved)) return value;

        var buffer = new SigningBuffer(stackalloc byte[512]);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (Rune rune in value.EnumerateRunes())
        {
            foreach (byte b in utf8[..rune.EncodeToUtf8(utf8)]) AppendByte(ref buffer, b, keepSlash);
        }

        string encoded = buffer.ToString();
        buffer.Dispose();
        return encoded;
    }

    private static void AppendByte(ref SigningBuffer buffer, byte value, bool keepSlash)
    {
        if (char.IsAsciiLetterOrDigit((char)value) || value is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~'
            || (keepSlash && value == (byte)'/'))
        {
            buffer.Append(value);
            return;
        }

        buffer.Append((byte)'%');
        buffer.Append(HexUpper(value >> 4));
        buffer.Append(HexUpper(value & 0xF));
    }

    private static byte HexUpper(int nibble) => (byte)(nibble < 10 ? '0' + nibble : 'A' + nibble - 10);

    private static bool TryReadEscape(ReadOnlySpan<char> raw, out byte value)
    {
        value = 0;
        if (raw.Length < 3 || !char.IsAsciiHexDigit(raw[1]) || !char.IsAsciiHexDigit(raw[2])) return false;
        value = (byte)((HexValue(raw[1]) << 4) | HexValue(raw[2]));
        return true;

        static int HexValue(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;
    }
}
