namespace S3Toolkit.Transport.Credentials;

/// <summary>What the user's options say about credentials and region. A class, because a record would print its secret.</summary>
internal sealed class CredentialSettings
{
    public string? AccessKeyId { get; init; }

    public string? SecretAccessKey { get; init; }

    public string? SessionToken { get; init; }

    /// <summary>A profile named here is the only source that is asked, apart from keys given here.</summary>
    public string? ProfileName { get; init; }

    /// <summary>The path of the shared credentials file, instead of AWS_SHARED_CREDENTIALS_FILE or ~/.aws/credentials.</summary>
    public string? SharedCredentialsFile { get; init; }

    /// <summary>The region from the options; STS is called there when the profile names none.</summary>
    public string? Region { get; init; }

    public static CredentialSettings From(S3ToolkitOptions options) => new()
    {
        AccessKeyId = options.AccessKeyId,
        SecretAccessKey = options.SecretAccessKey,
        SessionToken = options.SessionToken,
        ProfileName = string.IsNullOrEmpty(options.Profile) ? null : options.Profile,
        SharedCredentialsFile = string.IsNullOrEmpty(options.ProfilesFile) ? null : options.ProfilesFile,
        Region = string.IsNullOrEmpty(options.Region) ? null : options.Region,
    };
}
