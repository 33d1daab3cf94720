namespace S3Toolkit.Transport.Credentials;

/// <summary>All that a source of credentials may look at.</summary>
internal sealed record CredentialContext(CredentialSettings Settings, EnvironmentReader Environment, TimeProvider Time)
{
    /// <summary>The context of a store, in the environment of this process.</summary>
    public static CredentialContext For(S3ToolkitOptions options, TimeProvider time) =>
        new(CredentialSettings.From(options), ProcessEnvironment.Reader, time);

    public CredentialTimeouts Timeouts { get; init; } = new();

    /// <summary>The region that STS is called in when the profile names none; the last of them always exists.</summary>
    public string StsRegion => Settings.Region ?? Environment("AWS_REGION") ?? Environment("AWS_DEFAULT_REGION") ?? "us-east-1";

    /// <summary>The endpoint that the environment sets for an AWS service, by its id in capitals ("STS", "SSO", "SSO_OIDC").</summary>
    public string? ServiceEndpoint(string serviceId) =>
        IsTrue("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")
            ? null
            : Environment("AWS_ENDPOINT_URL_" + serviceId) ?? Environment("AWS_ENDPOINT_URL");

    public bool IsTrue(string variable) => string.Equals(Environment(variable), "true", StringComparison.OrdinalIgnoreCase);

    public string Home => Environment("HOME") ?? Environment("USERPROFILE") ?? Directory.GetCurrentDirectory();
}
