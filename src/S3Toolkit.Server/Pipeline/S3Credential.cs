namespace S3Toolkit.Server.Pipeline;

/// <summary>An access key that the server knows.</summary>
internal sealed record S3Credential(string AccessKeyId, string SecretAccessKey, S3Identity Identity)
{
    /// <summary>The session token that must accompany the key (temporary credentials); null for a permanent key.</summary>
    public string? SessionToken { get; init; }

    /// <summary>Never prints the secret.</summary>
    public override string ToString() => "S3Credential " + AccessKeyId;
}
