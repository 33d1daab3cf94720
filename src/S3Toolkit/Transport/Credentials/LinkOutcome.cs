using Amazon.Runtime;

namespace S3Toolkit.Transport.Credentials;

/// <summary>What a link says: here are credentials, or why it is not the one to ask.</summary>
internal readonly record struct LinkOutcome(AWSCredentials? Credentials, string Reason)
{
    public static LinkOutcome Found(AWSCredentials credentials) => new(credentials, "found");

    /// <summary>The link is not set up, so the next one is asked. A link that is set up and fails throws, which ends the chain.</summary>
    public static LinkOutcome NotConfigured(string reason) => new(null, reason);
}
