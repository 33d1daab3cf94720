namespace S3Toolkit.Transfers;

/// <summary>What is checked before the first request of a write is sent.</summary>
internal static class WriteRules
{
    private const int MaxConcurrency = 1000;

    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    /// <exception cref="NotSupportedException">The provider ignores conditions on writes.</exception>
    public static void CheckConditions(ObjectWriteOptions options, S3ProviderProfile profile, string bucketName, string key)
    {
        if (!options.OnlyIfAbsent && options.OnlyIfMatch is null) return;
        if (options.OnlyIfAbsent && options.OnlyIfMatch is not null)
            throw new ArgumentException(
                $"OnlyIfAbsent and OnlyIfMatch exclude each other (s3://{bucketName}/{key}): set one of them.", nameof(options));
        if (!profile.SupportsConditionalWrites)
        {
            throw new NotSupportedException(
                $"The provider '{profile.Name}' ignores conditions on writes and would overwrite s3://{bucketName}/{key}: leave "
                + "OnlyIfAbsent and OnlyIfMatch out, or set SupportsConditionalWrites in the provider's profile if it does honour them.");
        }
    }

    /// <exception cref="ArgumentOutOfRangeException">A number is outside of what the provider allows.</exception>
    public static void CheckSizes(long partSizeBytes, int concurrency, S3ProviderProfile profile)
    {
        if (partSizeBytes < profile.MinPartSizeBytes || partSizeBytes > profile.MaxPartSizeBytes)
        {
            throw new ArgumentOutOfRangeException(
                nameof(partSizeBytes),
                partSizeBytes,
                $"A part of '{profile.Name}' has {profile.MinPartSizeBytes} to {profile.MaxPartSizeBytes} bytes.");
        }

        if (concurrency is < 1 or > MaxConcurrency)
            throw new ArgumentOutOfRangeException(nameof(concurrency), concurrency, $"MaxConcurrency is 1 to {MaxConcurrency}.");
    }
}
