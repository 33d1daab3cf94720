namespace S3Toolkit.Transport.Credentials;

/// <summary>The order in which credentials are looked for.</summary>
/// <remarks>
/// That of the AWS SDK for .NET v4 (docs.aws.amazon.com/sdk-for-net/v4/developer-guide/creds-assign.html):
/// <list type="number">
/// <item>keys in the options;</item>
/// <item>the profile named in the options, and then nothing else;</item>
/// <item>AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN;</item>
/// <item>AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN;</item>
/// <item>the profile that AWS_PROFILE names, or the one called default, in the files of <c>aws configure</c>: a role (source_profile,
/// credential_source, web_identity_token_file), SSO, keys, credential_process;</item>
/// <item>the container's endpoint (ECS, EKS);</item>
/// <item>EC2 instance metadata, version 2, and version 1 where there is no other.</item>
/// </list>
/// A source that is set up and fails ends the search; docs/adr/0003-credential-chain.md says why, and where else this differs.
/// </remarks>
internal static class CredentialChain
{
    /// <summary>The credentials of a store; looks at nothing until they are first used.</summary>
    public static ChainedCredentials Create(CredentialContext context)
    {
        var options = new OptionsLink(context.Settings);
        if (context.Settings.ProfileName is not null) return new ChainedCredentials([options, new ProfileLink(context)]);

        return new ChainedCredentials(
        [
            options,
            new EnvironmentLink(context.Environment),
            new WebIdentityLink(context),
            new ProfileLink(context),
            new ContainerLink(context),
            new InstanceMetadataLink(context),
        ]);
    }
}
