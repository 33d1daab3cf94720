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

    /// <exception cref="ArgumentException">Headers or tags are given that the copy would not get.</exception>
    public static void CheckReplacements(CopyObjectOptions options, string bucketName, string key)
    {
        if (options.ReplaceMetadata == false && options.SetsHeaders)
        {
            throw new ArgumentException(
                $"ReplaceMetadata is false, but headers or metadata are set for s3://{bucketName}/{key}, which would not get them: leave "
                + "ReplaceMetadata out to keep the source's besides, or set it to true to keep none of them.",
                nameof(options));
        }

        if (options.ReplaceTags == false && options.Tags.Count > 0)
        {
            throw new ArgumentException(
                $"ReplaceTags is false, but tags are set for s3://{bucketName}/{key}, which would not get them: leave ReplaceTags out.",
                nameof(options));
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
