namespace S3Toolkit.Server.Storage;

/// <summary>How an object is encrypted on the server's side.</summary>
/// <param name="Algorithm">AES256, aws:kms or aws:kms:dsse.</param>
internal sealed record EncryptionRecord(string Algorithm)
{
    /// <summary>
    /// What S3 says of everything that asks for nothing else. Here such bytes are stored as they came: the key would lie beside them.
    /// </summary>
    public static readonly EncryptionRecord S3Managed = new("AES256");

    /// <summary>As answers tell it; null when the key is none of the KMS.</summary>
    public string? KmsKeyId { get; init; }

    public bool BucketKeyEnabled { get; init; }

    public string? KmsContext { get; init; }

    /// <summary>The key is the customer's own, of which nothing is stored.</summary>
    public bool IsCustomerKey { get; init; }

    /// <summary>The data key, wrapped by the key that the algorithm names; null when the bytes are stored as they came.</summary>
    public byte[]? SealedKey { get; init; }
}
