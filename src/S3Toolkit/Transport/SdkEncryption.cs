using Amazon.S3;

namespace S3Toolkit.Transport;

/// <summary>A server-side encryption in the SDK's terms: what is not set is null, as the SDK's requests have it.</summary>
internal readonly record struct SdkEncryption
{
    public ServerSideEncryptionMethod? Method { get; private init; }

    public string? KmsKeyId { get; private init; }

    public bool? BucketKeyEnabled { get; private init; }

    public ServerSideEncryptionCustomerMethod? CustomerMethod { get; private init; }

    public string? CustomerKey { get; private init; }

    public string? CustomerKeyMD5 { get; private init; }

    public static SdkEncryption Of(ServerEncryption? encryption) => encryption switch
    {
        S3ManagedEncryption => new SdkEncryption { Method = ServerSideEncryptionMethod.AES256 },
        KmsEncryption kms => new SdkEncryption
        {
            Method = ServerSideEncryptionMethod.AWSKMS, KmsKeyId = kms.KeyId, BucketKeyEnabled = kms.UseBucketKey,
        },
        CustomerKeyEncryption customer => new SdkEncryption
        {
            CustomerMethod = ServerSideEncryptionCustomerMethod.AES256,
            CustomerKey = customer.KeyBase64,
            CustomerKeyMD5 = customer.KeyMD5Base64,
        },
        _ => default,
    };

    public override string ToString() => "SdkEncryption";
}
