using System.Security.Cryptography;

namespace S3Toolkit;

/// <summary>How the server encrypts an object at rest. Create one with the static members.</summary>
public abstract record ServerEncryption
{
    private protected ServerEncryption()
    {
    }

    /// <summary>Keys that S3 manages (SSE-S3, AES-256).</summary>
    public static ServerEncryption S3Managed { get; } = new S3ManagedEncryption();

    /// <summary>A key of the key management service (SSE-KMS).</summary>
    /// <param name="keyId">The key's id, alias or ARN; null for the account's default key of S3.</param>
    /// <param name="useBucketKey">
    /// Whether to use a bucket key, which lowers the number of calls to the key service; null for the bucket's own setting.
    /// </param>
    /// <returns>The encryption.</returns>
    public static ServerEncryption Kms(string? keyId = null, bool? useBucketKey = null) => new KmsEncryption(keyId, useBucketKey);

    /// <summary>A key that the caller keeps and sends with each request (SSE-C). Without it the object cannot be read again.</summary>
    /// <param name="key">The key: 32 bytes. They are copied.</param>
    /// <returns>The encryption.</returns>
    /// <exception cref="ArgumentException">The key does not have 32 bytes.</exception>
    public static CustomerKeyEncryption CustomerKey(ReadOnlySpan<byte> key) => new(key);
}

/// <summary>Keys that S3 manages (SSE-S3).</summary>
public sealed record S3ManagedEncryption : ServerEncryption
{
    internal S3ManagedEncryption()
    {
    }
}

/// <summary>A key of the key management service (SSE-KMS).</summary>
public sealed record KmsEncryption : ServerEncryption
{
    internal KmsEncryption(string? keyId, bool? useBucketKey) => (KeyId, UseBucketKey) = (keyId, useBucketKey);

    /// <summary>The key's id, alias or ARN; null for the account's default key of S3.</summary>
    public string? KeyId { get; }

    /// <summary>Whether a bucket key is used; null for the bucket's own setting.</summary>
    public bool? UseBucketKey { get; }
}

/// <summary>A key that the caller keeps (SSE-C).</summary>
public sealed record CustomerKeyEncryption : ServerEncryption
{
    // SSE-C knows AES-256 only: a key has 32 bytes.
    private const int KeySizeBytes = 32;

    internal CustomerKeyEncryption(ReadOnlySpan<byte> key)
    {
        if (key.Length != KeySizeBytes)
            throw new ArgumentException($"A customer key has {KeySizeBytes} bytes (AES-256); this one has {key.Length}.", nameof(key));
        KeyBase64 = Convert.ToBase64String(key);
#pragma warning disable CA5351 // SSE-C sends the key's MD5 so that the server can tell a damaged key; it protects nothing.
        KeyMD5Base64 = Convert.ToBase64String(MD5.HashData(key));
#pragma warning restore CA5351
    }

    /// <summary>The MD5 of the key in base64, by which the server recognises it.</summary>
    public string KeyMD5Base64 { get; }

    internal string KeyBase64 { get; }

    /// <summary>Names the key by its MD5, never by its bytes.</summary>
    /// <returns>A text that is safe to log.</returns>
    public override string ToString() => $"CustomerKeyEncryption {{ KeyMD5Base64 = {KeyMD5Base64} }}";
}
