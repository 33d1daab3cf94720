using Amazon.Runtime;

namespace S3Toolkit.Transport.Credentials;

/// <summary>Makes credentials of keys that are written down somewhere.</summary>
internal static class StaticKeys
{
    public static AWSCredentials Create(string accessKeyId, string secretAccessKey, string? sessionToken) =>
        string.IsNullOrEmpty(sessionToken)
            ? new BasicAWSCredentials(accessKeyId, secretAccessKey)
            : new SessionAWSCredentials(accessKeyId, secretAccessKey, sessionToken);
}
