using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace S3Toolkit.Server.Authentication.Version2;

/// <summary>Signature version 2: HMAC-SHA1 over a few parts of the request, in base64.</summary>
/// <remarks>See https://docs.aws.amazon.com/AmazonS3/latest/userguide/RESTAuthentication.html.</remarks>
internal static class SigV2
{
    public const string Scheme = "AWS";
    public const string KeyParameter = "AWSAccessKeyId";
    public const string ExpiresParameter = "Expires";
    public const string SignatureParameter = "Signature";

    /// <summary>The signature of a string to sign; that of a POST form is over the base64 text of its policy.</summary>
    public static string Sign(string secret, string stringToSign)
    {
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // It is what version 2 signs with; the server takes it only when it is told to.
        HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(stringToSign), mac);
#pragma warning restore CA5350
        return Convert.ToBase64String(mac);
    }

    /// <summary>Compares in constant time. What is no base64 is no signature.</summary>
    public static bool IsSignature(string secret, string stringToSign, string given) =>
        Base64.IsValid(given) && ConstantTime.Equals(Sign(secret, stringToSign), given);
}
