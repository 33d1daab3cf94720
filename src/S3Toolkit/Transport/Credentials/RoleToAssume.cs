namespace S3Toolkit.Transport.Credentials;

/// <summary>A role and how to ask for it.</summary>
internal sealed record RoleToAssume(string RoleArn)
{
    public required string Region { get; init; }

    public string? SessionName { get; init; }

    public string? ExternalId { get; init; }

    /// <summary>The length of the session in seconds; null is the role's default of an hour.</summary>
    public int? DurationSeconds { get; init; }

    /// <summary>The session's name in CloudTrail: the given one, or one that tells of us and of the time.</summary>
    public string SessionNameAt(DateTimeOffset now) =>
        SessionName ?? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"s3toolkit-{now.ToUnixTimeSeconds()}");
}
