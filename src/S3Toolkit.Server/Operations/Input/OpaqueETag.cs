using System.Security.Cryptography;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Operations.Input;

/// <summary>The ETag of a body whose encryption hides its MD5, as on S3: one that tells nothing.</summary>
internal static class OpaqueETag
{
    private const int Digits = 32;

    /// <summary>Whether ETags of what is encrypted so are no MD5s.</summary>
    public static bool Covers(EncryptionRecord encryption) => encryption.IsCustomerKey || encryption.KmsKeyId is not null;

    public static string New() => RandomNumberGenerator.GetHexString(Digits, lowercase: true);
}
