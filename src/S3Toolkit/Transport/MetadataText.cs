using System.Buffers;
using System.Globalization;
using System.Text;

namespace S3Toolkit.Transport;

/// <summary>
/// Metadata as headers carry it. Headers are ASCII: S3 takes and gives other text as encoded words (RFC 2047), as "Working with object
/// metadata" of the S3 user guide says.
/// </summary>
internal static class MetadataText
{
    private const string Prefix = "=?UTF-8?B?";
    private const string Suffix = "?=";

    // An encoded word has at most 75 characters (RFC 2047, section 2): 45 bytes make 60 of base64.
    private const int MaxBytesOfWord = 45;

    // The characters of a header's name: "token" of RFC 9110, section 5.6.2.
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <exception cref="ArgumentException">The name cannot be part of a header's name.</exception>
    public static string RequireName(string name)
    {
        if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(TokenCharacters))
            throw new ArgumentException($"Metadata cannot be called '{name}': a name has ASCII letters, digits and -._~!#$%&'*+^`|.");
        return name;
    }

    /// <exception cref="ArgumentException">The value has control characters.</exception>
    public static string Encode(string name, string value)
    {
        if (value.AsSpan().IndexOfAnyInRange('\0', '\x1f') is >= 0 and var at)
        {
            throw new ArgumentException(
                $"The metadata '{name}' has a control character at position {at + 1}, which no header can carry.");
        }

        // What looks like an encoded word is encoded, so that it comes back as it is.
        return Ascii.IsValid(value) && !value.Contains(Prefix, StringComparison.OrdinalIgnoreCase) ? value : EncodeWords(value);
    }

    public static string Decode(string value) => value.Contains("=?", StringComparison.Ordinal) ? DecodeWords(value) : value;

    private static string EncodeWords(string value)
    {
        var text = new StringBuilder();
        var bytes = new ArrayBufferWriter<byte>(MaxBytesOfWord);
        Span<byte> encoded = stackalloc byte[4];
        foreach (var rune in value.EnumerateRunes())
        {
            var count = rune.EncodeToUtf8(encoded);
            if (bytes.WrittenCount + count > MaxBytesOfWord) Flush();
            bytes.Write(encoded[..count]);
        }

        Flush();
        return text.ToString();

        void Flush()
        {
            // The space between two words is not part of the text.
            if (text.Length > 0) text.Append(' ');
            text.Append(Prefix).Append(Convert.ToBase64String(bytes.WrittenSpan)).Append(Suffix);
            bytes.ResetWrittenCount();
        }
    }

    private static string DecodeWords(string value)
    {
        var text = new StringBuilder();
        var rest = value.AsSpan();
        var afterWord = false;
        while (!rest.IsEmpty)
        {
            var start = rest.IndexOf("=?");
            if (start < 0 || !TryDecodeWord(rest[start..], out var decoded, out var length)) break;
            var between = rest[..start];
            if (!afterWord || !between.IsWhiteSpace()) text.Append(between);
            text.Append(decoded);
            rest = rest[(start + length)..];
            afterWord = true;
        }

        return text.Append(rest).ToString();
    }

    private static bool TryDecodeWord(ReadOnlySpan<char> word, out string decoded, out int length)
    {
        (decoded, length) = ("", 0);
        var charset = word[2..].IndexOf('?');
        if (charset < 0 || !word.Slice(2, charset).Equals("UTF-8", StringComparison.OrdinalIgnoreCase)) return false;
        var body = word[(charset + 3)..];
        if (body.Length < 2 || body[1] != '?') return false;
        var end = body[2..].IndexOf(Suffix);
        if (end < 0) return false;
        length = charset + 3 + 2 + end + Suffix.Length;
        return (body[0] is 'B' or 'b' && TryBase64(body.Slice(2, end), out decoded))
            || (body[0] is 'Q' or 'q' && TryQuoted(body.Slice(2, end), out decoded));
    }

    private static bool TryBase64(ReadOnlySpan<char> text, out string decoded)
    {
        var bytes = new byte[text.Length];
        var isBase64 = Convert.TryFromBase64Chars(text, bytes, out var count);
        decoded = isBase64 ? Encoding.UTF8.GetString(bytes, 0, count) : "";
        return isBase64;
    }

    private static bool TryQuoted(ReadOnlySpan<char> text, out string decoded)
    {
        decoded = "";
        var bytes = new ArrayBufferWriter<byte>(text.Length + 1);
        for (var i = 0; i < text.Length; i++)
        {
            var value = text[i] == '_' ? (byte)' ' : (byte)text[i];
            if (text[i] == '=')
            {
                if (i + 2 >= text.Length
                    || !byte.TryParse(text.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value))
                    return false;
                i += 2;
            }

            bytes.Write([value]);
        }

        decoded = Encoding.UTF8.GetString(bytes.WrittenSpan);
        return true;
    }
}
