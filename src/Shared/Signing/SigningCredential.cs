namespace S3Toolkit.Signing;

/// <summary>Who signs.</summary>
/// <param name="AccessKeyId">The public half.</param>
/// <param name="SecretAccessKey">The secret half; it only enters the key derivation.</param>
/// <param name="SessionToken">The token of temporary credentials, or null.</param>
internal sealed record SigningCredential(string AccessKeyId, string SecretAccessKey, string? SessionToken = null)
{
    /// <summary>Never prints the secret.</summary>
    public override string ToString() => "SigningCredential " + AccessKeyId;
}
