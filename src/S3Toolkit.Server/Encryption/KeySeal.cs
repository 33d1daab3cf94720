using System.Security.Cryptography;
using System.Text;

namespace S3Toolkit.Server.Encryption;

/// <summary>
/// Wraps data keys. A sealed key is a salt, the encrypted key and a tag: what is stored tells nothing of the wrapping key but whether a key
/// that somebody brings is the one.
/// </summary>
internal static class KeySeal
{
    private const int SaltBytes = 32;
    private const int TagBytes = 16;
    private const int NonceBytes = 12;

    /// <param name="wrappingKey">The customer's key, a key of the ring, or the server's own.</param>
    /// <param name="dataKey">What is wrapped.</param>
    /// <param name="bound">What has to be the same when it is opened: the algorithm, the encryption context.</param>
    public static byte[] Seal(ReadOnlySpan<byte> wrappingKey, ReadOnlySpan<byte> dataKey, string bound)
    {
        byte[] result = new byte[SaltBytes + dataKey.Length + TagBytes];
        Span<byte> salt = result.AsSpan(0, SaltBytes);
        RandomNumberGenerator.Fill(salt);
        using AesGcm gcm = Cipher(wrappingKey, salt);
        // The salt makes a key that seals once: no second message, no need of a nonce.
        gcm.Encrypt(
            stackalloc byte[NonceBytes], dataKey, result.AsSpan(SaltBytes, dataKey.Length), result.AsSpan(SaltBytes + dataKey.Length),
            Encoding.UTF8.GetBytes(bound));
        return result;
    }

    /// <summary>The data key; null when the wrapping key, or what it is bound to, is another one.</summary>
    public static byte[]? TryOpen(ReadOnlySpan<byte> wrappingKey, ReadOnlySpan<byte> sealedKey, string bound)
    {
        if (sealedKey.Length <= SaltBytes + TagBytes) return null;
        using AesGcm gcm = Cipher(wrappingKey, sealedKey[..SaltBytes]);
        byte[] dataKey = new byte[sealedKey.Length - SaltBytes - TagBytes];
        try
        {
            gcm.Decrypt(
                stackalloc byte[NonceBytes], sealedKey[SaltBytes..^TagBytes], sealedKey[^TagBytes..], dataKey,
                Encoding.UTF8.GetBytes(bound));
            return dataKey;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static AesGcm Cipher(ReadOnlySpan<byte> wrappingKey, ReadOnlySpan<byte> salt)
    {
        Span<byte> key = stackalloc byte[CounterCipher.KeyBytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, wrappingKey, key, salt, "S3Toolkit.Server data key"u8);
        AesGcm gcm = new(key, TagBytes);
        CryptographicOperations.ZeroMemory(key);
        return gcm;
    }
}
