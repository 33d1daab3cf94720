namespace S3Toolkit.Transport.Credentials;

/// <summary>Keys that the user put into the options.</summary>
internal sealed class OptionsLink(CredentialSettings settings) : ICredentialLink
{
    public string Name => "options";

    public LinkOutcome Find()
    {
        bool hasKey = !string.IsNullOrEmpty(settings.AccessKeyId);
        bool hasSecret = !string.IsNullOrEmpty(settings.SecretAccessKey);
        if (hasKey && hasSecret)
            return LinkOutcome.Found(StaticKeys.Create(settings.AccessKeyId!, settings.SecretAccessKey!, settings.SessionToken));
        if (hasKey) throw new CredentialSourceException("AccessKeyId is set, but SecretAccessKey is not");
        if (hasSecret) throw new CredentialSourceException("SecretAccessKey is set, but AccessKeyId is not");
        return LinkOutcome.NotConfigured("AccessKeyId and SecretAccessKey are not set");
    }
}
