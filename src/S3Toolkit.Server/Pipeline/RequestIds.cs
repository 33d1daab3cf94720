using System.Security.Cryptography;

namespace S3Toolkit.Server.Pipeline;

/// <summary>Request ids as S3 has them: 16 characters.</summary>
internal static class RequestIds
{
    public static string New() => Convert.ToHexString(RandomNumberGenerator.GetBytes(8));
}
