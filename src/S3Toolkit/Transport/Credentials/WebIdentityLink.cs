namespace S3Toolkit.Transport.Credentials;

/// <summary>The token file and role that EKS and other OpenID Connect issuers put into the environment.</summary>
internal sealed class WebIdentityLink(CredentialContext context) : ICredentialLink
{
    public string Name => "web identity";

    public LinkOutcome Find()
    {
        string? tokenFile = context.Environment("AWS_WEB_IDENTITY_TOKEN_FILE");
        string? roleArn = context.Environment("AWS_ROLE_ARN");
        if (tokenFile is null) return LinkOutcome.NotConfigured("AWS_WEB_IDENTITY_TOKEN_FILE is not set");
        if (roleArn is null) return LinkOutcome.NotConfigured("AWS_WEB_IDENTITY_TOKEN_FILE is set, but AWS_ROLE_ARN is not");

        var role = new RoleToAssume(roleArn) { SessionName = context.Environment("AWS_ROLE_SESSION_NAME"), Region = context.StsRegion };
        return LinkOutcome.Found(new WebIdentityCredentials(context, role, tokenFile));
    }
}
