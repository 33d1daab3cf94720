using System.Security.Cryptography;

namespace S3Toolkit.Server.Storage;

/// <summary>The ids of versions: opaque, and as long as AWS's.</summary>
internal static class VersionIds
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._";

    /// <summary>The id of the next version that is written to a bucket.</summary>
    public static string Next(BucketRecord bucket) => bucket.Versioning == BucketVersioning.Enabled
        ? RandomNumberGenerator.GetString(Letters, 32)
        : ObjectRecord.NullVersion;
}
