using System.Security.Cryptography;

namespace S3Toolkit.Signing;

/// <summary>The steps of AWS Signature Version 4 that its forms have in common.</summary>
/// <remarks>See https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html.</remarks>
internal static class SigV4
{
    public const string Algorithm = "AWS4-HMAC-SHA256";
    public const string AlgorithmParameter = "X-Amz-Algorithm";
    public const string CredentialParameter = "X-Amz-Credential";
    public const string DateParameter = "X-Amz-Date";
    public const string ExpiresParameter = "X-Amz-Expires";
    public const string SignedHeadersParameter = "X-Amz-SignedHeaders";
    public const string SecurityTokenParameter = "X-Amz-Security-Token";
    public const string SignatureParameter = "X-Amz-Signature";
    public const string ContentSha256Header = "x-amz-content-sha256";
    public const string DateHeader = "x-amz-date";
    public const string SecurityTokenHeader = "x-amz-security-token";

    /// <summary>A signature in hexadecimal digits.</summary>
    public const int SignatureLength = SHA256.HashSizeInBytes * 2;

    /// <summary>The longest a presigned request may live: seven days, as AWS says, because the signing key lives no longer.</summary>
    public static readonly TimeSpan MaxPresignedLifetime = TimeSpan.FromSeconds(604_800);

    /// <summary>Writes the string to sign of a request.</summary>
    public static void AppendStringToSign(
        ref SigningBuffer buffer, ReadOnlySpan<char> amzDate, CredentialScope scope, ReadOnlySpan<byte> canonicalRequest)
    {
        buffer.Append("AWS4-HMAC-SHA256\n"u8);
        buffer.Append(amzDate);
        buffer.Append((byte)'\n');
        scope.AppendTo(ref buffer);
        buffer.Append((byte)'\n');
        buffer.AppendSha256Hex(canonicalRequest);
    }

    /// <summary>Writes the signature of <paramref name="stringToSign"/> as 64 lower-case hexadecimal digits.</summary>
    public static void Sign(ReadOnlySpan<byte> signingKey, ReadOnlySpan<byte> stringToSign, Span<byte> signature)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(signingKey, stringToSign, mac);
        Convert.TryToHexStringLower(mac, signature, out _);
    }

    /// <summary>Writes the signature of a request as 64 lower-case hexadecimal digits.</summary>
    public static void SignRequest(
        CanonicalRequest request, ReadOnlySpan<byte> signingKey, ReadOnlySpan<char> amzDate, CredentialScope scope, Span<byte> signature)
    {
        var canonical = new SigningBuffer(stackalloc byte[2048]);
        var stringToSign = new SigningBuffer(stackalloc byte[256]);
        request.AppendTo(ref canonical);
        AppendStringToSign(ref stringToSign, amzDate, scope, canonical.Written);
        Sign(signingKey, stringToSign.Written, signature);
        stringToSign.Dispose();
        canonical.Dispose();
    }

    /// <summary>Compares a computed signature with a given one in constant time.</summary>
    public static bool SignatureEquals(ReadOnlySpan<byte> computed, ReadOnlySpan<char> given)
    {
        Span<byte> ascii = stackalloc byte[SignatureLength];
        if (given.Length != SignatureLength || System.Text.Ascii.FromUtf16(given, ascii, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        return CryptographicOperations.FixedTimeEquals(computed, ascii);
    }
}
