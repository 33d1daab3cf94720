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
    public static S3Error CrossLocationLogging() => new("CrossLocationLoggingProhibitted", 403, "Cross S3 location logging not allowed.");
}
