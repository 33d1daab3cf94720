namespace S3Toolkit.Transport.Credentials;

/// <summary>The role of an EC2 instance. The last link: only asking tells whether there is such a service.</summary>
internal sealed class InstanceMetadataLink(CredentialContext context) : ICredentialLink
{
    public string Name => "EC2 instance metadata";

    public LinkOutcome Find()
    {
        if (context.IsTrue("AWS_EC2_METADATA_DISABLED")) return LinkOutcome.NotConfigured("AWS_EC2_METADATA_DISABLED is true");
        return LinkOutcome.Found(new InstanceMetadataCredentials(context, new InstanceMetadata(context)));
    }
}
