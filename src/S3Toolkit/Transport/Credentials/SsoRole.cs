namespace S3Toolkit.Transport.Credentials;

/// <summary>An account's role that IAM Identity Center hands out to who has logged in.</summary>
internal sealed record SsoRole
{
    public required string ProfileName { get; init; }

    public required string AccountId { get; init; }

    public required string RoleName { get; init; }

    public required string StartUrl { get; init; }

    public required string Region { get; init; }

    /// <summary>The [sso-session], or null in the older form that keeps all in the profile.</summary>
    public string? SessionName { get; init; }

    public string LoginCommand => $"aws sso login --profile {ProfileName}";
}
