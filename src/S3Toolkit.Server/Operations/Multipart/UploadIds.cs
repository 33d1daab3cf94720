using System.Globalization;
using System.Security.Cryptography;

namespace S3Toolkit.Server.Operations.Multipart;

internal static class UploadIds
{
    private const int TimeDigits = 16;

    private const int RandomDigits = 32;

    /// <summary>Rises with time, so that the uploads of a key list in the order in which they began.</summary>
    public static string New(TimeProvider clock) => clock.GetUtcNow().UtcTicks.ToString($"x{TimeDigits}", CultureInfo.InvariantCulture)
        + RandomNumberGenerator.GetHexString(RandomDigits, lowercase: true);

    /// <summary>Whether it can be one of this server's. Its upload may be gone, as those that a client aborts page by page.</summary>
    public static bool IsWellFormed(string uploadId) =>
        uploadId.Length == TimeDigits + RandomDigits && uploadId.All(char.IsAsciiHexDigitLower);
}
