namespace S3Toolkit.Transport.Credentials;

/// <summary>AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN.</summary>
internal sealed class EnvironmentLink(EnvironmentReader environment) : ICredentialLink
{
    public string Name => "environment variables";

    public LinkOutcome Find()
    {
        string? accessKeyId = environment("AWS_ACCESS_KEY_ID");
        string? secret = environment("AWS_SECRET_ACCESS_KEY") ?? environment("AWS_SECRET_KEY"); // the second is the SDK's old name
        if (accessKeyId is not null && secret is not null)
            return LinkOutcome.Found(StaticKeys.Create(accessKeyId, secret, environment("AWS_SESSION_TOKEN")));

        // Half a pair is a mistake; going on would silently use somebody else's identity.
        if (accessKeyId is not null) throw new CredentialSourceException("AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not");
        if (secret is not null) throw new CredentialSourceException("AWS_SECRET_ACCESS_KEY is set, but AWS_ACCESS_KEY_ID is not");
        return LinkOutcome.NotConfigured("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set");
    }
}
