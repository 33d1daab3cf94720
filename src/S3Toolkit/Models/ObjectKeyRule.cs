using System.Text;

namespace S3Toolkit;

/// <summary>Which keys objects can have: 1 to 1,024 bytes of UTF-8 ("Naming Amazon S3 objects"). Keys are never changed.</summary>
internal static class ObjectKeyRule
{
    public const int MaxBytes = 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Require(string key, string bucketName, string parameterName = "key")
    {
        ArgumentNullException.ThrowIfNull(key, parameterName);
        if (key.Length == 0)
            throw new ArgumentException($"An object in bucket '{bucketName}' needs a key of at least one character.", parameterName);
        int bytes;
        try
        {
            bytes = Strict.GetByteCount(key);
        }
        catch (EncoderFallbackException error)
        {
            throw new ArgumentException(
                $"The key for bucket '{bucketName}' has half of a surrogate pair at position {error.Index + 1} and so has no UTF-8 form.",
                parameterName, error);
        }

        if (bytes > MaxBytes)
        {
            throw new ArgumentException(
                $"The key for bucket '{bucketName}' that begins with '{Beginning(key)}' has {bytes} bytes of UTF-8; S3 allows {MaxBytes}.",
                parameterName);
        }

        return key;
    }

    private static string Beginning(string key)
    {
        const int Shown = 40;
        return char.IsHighSurrogate(key[Shown - 1]) ? key[..(Shown - 1)] : key[..Shown];
    }
}
