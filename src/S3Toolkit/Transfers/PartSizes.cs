using static S3Toolkit.Providers.ProviderLimits;

namespace S3Toolkit.Transfers;

/// <summary>How large the parts of an upload are: pure functions of length, options and the provider's limits.</summary>
internal static class PartSizes
{
    // The ramp for unknown lengths doubles each time this many parts were sent: 8 MiB becomes 4 GiB within 10,000 parts.
    private const int PartsPerStep = 1000;

    // Equal parts cannot grow later, so they begin larger: 10,000 x 64 MiB = 625 GiB.
    private const long EqualPartSizeBytes = 64 * MiB;

    /// <summary>
    /// The part size for a known length: the wished one, larger where the part count would not suffice, never above the limit.
    /// </summary>
    /// <returns>The size; null when not even the largest parts suffice.</returns>
    public static long? ForLength(long length, long wishedBytes, long limitBytes, int maxPartCount)
    {
        var needed = (length + maxPartCount - 1) / maxPartCount;
        // Whole MiB read better in a log than what a division leaves over.
        if (needed > MiB) needed = (needed + MiB - 1) / MiB * MiB;
        if (needed > limitBytes) needed = (length + maxPartCount - 1) / maxPartCount;
        return needed > limitBytes ? null : Math.Max(needed, Math.Min(wishedBytes, limitBytes));
    }

    /// <summary>The size of the first part for an unknown length.</summary>
    public static long First(long wishedBytes, long limitBytes, S3ProviderProfile profile)
    {
        var size = profile.NeedsEqualParts ? Math.Max(wishedBytes, EqualPartSizeBytes) : wishedBytes;
        return Math.Min(size, Math.Min(limitBytes, profile.MaxPartSizeBytes));
    }

    /// <summary>The size of any part for an unknown length.</summary>
    /// <param name="partNumber">From 1.</param>
    /// <param name="firstBytes">The size of the first part.</param>
    /// <param name="limitBytes">The largest part that memory allows.</param>
    /// <param name="profile">The provider's limits.</param>
    public static long Ramped(int partNumber, long firstBytes, long limitBytes, S3ProviderProfile profile)
    {
        if (profile.NeedsEqualParts) return firstBytes;
        var most = Math.Min(limitBytes, profile.MaxPartSizeBytes);
        var step = Math.Min((partNumber - 1) / PartsPerStep, 30);
        return firstBytes > most >> step ? most : firstBytes << step;
    }
}
