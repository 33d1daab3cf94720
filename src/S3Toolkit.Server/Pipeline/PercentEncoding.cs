using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace S3Toolkit.Server.Pipeline;

/// <summary>Percent-encoding of keys: strict UTF-8, and a '+' is a plus.</summary>
internal static class PercentEncoding
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private static readonly SearchValues<char> NotPlain = SearchValues.Create(
        [.. Enumerable.Range(0, 128).Select(code => (char)code).Where(c => !char.IsAsciiLetterOrDigit(c) && !"-_.~/*".Contains(c))]);

    /// <summary>False when an escape is cut off or the bytes are no UTF-8.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out string? decoded)
    {
        decoded = null;
        if (!text.Contains('%'))
        {
            decoded = text.ToString();
            return true;
        }
        byte[] bytes = ArrayPool<byte>.Shared.Rent(Strict.GetMaxByteCount(text.Length));
        try
        {
            int count = 0;
            while (!text.IsEmpty)
            {
                int run = text.IndexOf('%');
                if (run < 0) run = text.Length;
                count += Strict.GetBytes(text[..run], bytes.AsSpan(count));
                text = text[run..];
                if (text.IsEmpty) break;
                if (text.Length < 3 || !char.IsAsciiHexDigit(text[1]) || !char.IsAsciiHexDigit(text[2])) return false;
                bytes[count++] = Convert.FromHexString(text.Slice(1, 2))[0];
                text = text[3..];
            }
            decoded = Strict.GetString(bytes, 0, count);
            return true;
        }
        catch (ArgumentException)
        {
            return false; // not UTF-8
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>As encoding-type=url writes keys: a space is "+", a slash stays.</summary>
    public static string EncodeForListing(string text)
    {
        if (text.AsSpan().IndexOfAny(NotPlain) < 0 && !text.AsSpan().ContainsAnyExceptInRange('\0', '\x7f')) return text;
        return Uri.EscapeDataString(text).Replace("%2F", "/", StringComparison.Ordinal).Replace("%20", "+", StringComparison.Ordinal)
            .Replace("%2A", "*", StringComparison.Ordinal);
    }
}
