namespace S3Toolkit.Server.Pipeline;

/// <summary>Access key to secret and user. In memory, so a look-up never waits.</summary>
internal interface ICredentialStore
{
    /// <summary>The credential, or null when the key is unknown (InvalidAccessKeyId).</summary>
    S3Credential? Find(string accessKeyId);
}
