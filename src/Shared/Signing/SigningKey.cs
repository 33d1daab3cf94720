using System.Security.Cryptography;

namespace S3Toolkit.Signing;

/// <summary>Derives the key of a credential scope from the secret: four HMACs, so that the secret itself signs nothing.</summary>
internal static class SigningKey
{
    public const int SizeBytes = HMACSHA256.HashSizeInBytes;

    public static byte[] Derive(string secretAccessKey, CredentialScope scope)
    {
        byte[] key = new byte[SizeBytes];
        var seed = new SigningBuffer(stackalloc byte[256]);
        seed.Append("AWS4"u8);
        seed.Append(secretAccessKey);
        Step(seed.Written, scope.Date, key);
        seed.Dispose();
        Step(key, scope.Region, key);
        Step(key, scope.Service, key);
        Step(key, CredentialScope.Terminator, key);
        return key;
    }

    private static void Step(ReadOnlySpan<byte> key, string text, Span<byte> destination)
    {
        Span<byte> result = stackalloc byte[SizeBytes];
        var buffer = new SigningBuffer(stackalloc byte[128]);
        buffer.Append(text);
        HMACSHA256.HashData(key, buffer.Written, result);
        buffer.Dispose();
        result.CopyTo(destination);
    }
}
