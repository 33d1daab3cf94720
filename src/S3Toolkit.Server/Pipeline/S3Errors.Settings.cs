namespace S3Toolkit.Server.Pipeline;

/// <summary>This file: settings of buckets that are kept.</summary>
internal static partial class S3Errors
{
    public static S3Error NoSuchConfiguration() => new("NoSuchConfiguration", 404, "The specified configuration does not exist.");

    public static S3Error IdMismatch() =>
        new("IdMismatch", 400, "Document ID does not match the specified configuration ID.");

    public static S3Error InvalidConfigurationId() => new("InvalidConfigurationId", 400, "The specified configuration ID is invalid.");

    public static S3Error TooManyConfigurations(int limit) => new(
        "TooManyConfigurations", 400,
        $"You are attempting to create a new configuration but have already reached the {limit}-configuration limit.");

    /// <summary>The code is AWS's own spelling.</summary>
    /// <param name="sourceRegion">The logged bucket's; AWS does not name its first region.</param>
    /// <param name="targetRegion">Of the bucket that would take the logs.</param>
    public static S3Error CrossLocationLogging(string sourceRegion, string targetRegion) =>
        new S3Error("CrossLocationLoggingProhibitted", 403, "Cross S3 location logging not allowed. ")
            .With("SourceBucketLocation", sourceRegion == "us-east-1" ? null : sourceRegion).With("TargetBucketLocation", targetRegion);
}
