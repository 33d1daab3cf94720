namespace S3Toolkit.Transport.Credentials;

/// <summary>How long each source of credentials may take. The numbers are botocore's, whose callers wait for the same services.</summary>
internal sealed record CredentialTimeouts
{
    /// <summary>One attempt at the EC2 instance metadata service, which answers in milliseconds where it exists.</summary>
    public TimeSpan InstanceMetadata { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>One attempt at the container's credentials endpoint.</summary>
    public TimeSpan Container { get; init; } = TimeSpan.FromSeconds(2);

    public int ContainerAttempts { get; init; } = 3;

    public TimeSpan ContainerPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>One attempt at STS or SSO.</summary>
    public TimeSpan Service { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Further attempts at STS or SSO, made by the SDK.</summary>
    public int ServiceRetries { get; init; } = 2;

    /// <summary>The run of a credential_process; it may ask somebody to log in.</summary>
    public TimeSpan Process { get; init; } = TimeSpan.FromMinutes(1);
}
