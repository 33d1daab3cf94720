using System.Text;

namespace S3Toolkit.Server.Pipeline;

/// <summary>What S3 takes for a key.</summary>
internal static class ObjectKeys
{
    /// <summary>S3: 1,024 bytes of UTF-8.</summary>
    public const int MaxBytes = 1024;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <exception cref="S3ErrorException">KeyTooLongError; InvalidURI: it holds NUL, or is no Unicode.</exception>
    public static void Check(string key)
    {
        int bytes = LengthOf(key) ?? throw S3Errors.InvalidUri(Uri.EscapeDataString(key)).ToException();
        if (bytes > MaxBytes) throw S3Errors.KeyTooLong(bytes, MaxBytes).ToException();
    }

    /// <summary>In bytes; null for what no request over a socket can name: NUL, and halves of surrogate pairs.</summary>
    private static int? LengthOf(string key)
    {
        if (key.Contains('\0', StringComparison.Ordinal)) return null;
        try
        {
            return Strict.GetByteCount(key);
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }
}
