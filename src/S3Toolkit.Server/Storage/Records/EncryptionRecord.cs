namespace S3Toolkit.Server.Storage;

/// <summary>How an object is encrypted on the server's side.</summary>
/// <param name="Algorithm">AES256, aws:kms or aws:kms:dsse.</param>
internal sealed record EncryptionRecord(string Algorithm)
{
    /// <summary>S3 encrypts everything that asks for nothing else with its own keys.</summary>
    public static readonly EncryptionRecord S3Managed = new("AES256");

    public string? KmsKeyId { get; init; }

    public bool BucketKeyEnabled { get; init; }

    public string? KmsContext { get; init; }

    /// <summary>
    /// The base64 MD5 of the customer's own key; null when the key is not the customer's. The key itself is never stored.
    /// </summary>
    public string? CustomerKeyMd5 { get; init; }
}
