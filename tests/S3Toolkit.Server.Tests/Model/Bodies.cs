using System.Security.Cryptography;

namespace S3Toolkit.Server.Tests.Model;

/// <summary>
/// The bodies of the model test, by number: nothing, little, more than the smallest part, more than the database keeps inline.
/// </summary>
internal static class Bodies
{
    /// <summary>The server of the model test takes parts of this size, in bytes.</summary>
    public const int MinPartBytes = 100;

    private static readonly byte[][] All = [.. new[] { 0, 7, MinPartBytes, 150, 20_000 }.Select(Make)];

    public static int Count => All.Length;

    public static byte[] Of(int number) => All[number % All.Length];

    public static string ETagOf(int number) => Md5(Of(number));

    public static string Md5(byte[] bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));

    private static byte[] Make(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }
}
