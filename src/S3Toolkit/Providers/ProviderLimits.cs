namespace S3Toolkit.Providers;

/// <summary>Amazon S3's own limits, which most providers repeat.</summary>
/// <remarks>Source: docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html, read in 2026.</remarks>
internal static class ProviderLimits
{
    public const long MiB = 1024L * 1024;
    public const long GiB = 1024 * MiB;
    public const long TiB = 1024 * GiB;

    public const long MinPartSizeBytes = 5 * MiB;
    public const long MaxPartSizeBytes = 5 * GiB;
    public const int MaxPartCount = 10_000;
    public const long MaxSinglePutBytes = 5 * GiB;

    // The page says 48.8 TiB, which is the product of the two limits above.
    public const long MaxObjectBytes = MaxPartCount * MaxPartSizeBytes;
}
