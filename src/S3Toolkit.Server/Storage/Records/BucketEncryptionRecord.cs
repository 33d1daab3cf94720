namespace S3Toolkit.Server.Storage;

/// <summary>How what is written into a bucket is encrypted when the request does not say.</summary>
/// <param name="Algorithm">AES256, aws:kms or aws:kms:dsse.</param>
internal sealed record BucketEncryptionRecord(string Algorithm)
{
    /// <summary>The rule of a bucket that was told nothing, as S3 has it since 2023.</summary>
    public static readonly BucketEncryptionRecord Default = new("AES256");

    /// <summary>As it was given; null is the KMS's default key.</summary>
    public string? KmsKeyId { get; init; }

    public bool BucketKeyEnabled { get; init; }

    /// <summary>Customers may not bring keys of their own; null when the bucket was never told.</summary>
    public bool? BlocksCustomerKeys { get; init; }
}
