using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Operations.Input;

/// <summary>The names of the headers of server-side encryption, and how they tell in an answer what was done.</summary>
internal static class EncryptionHeaders
{
    public const string Method = "x-amz-server-side-encryption";
    public const string KmsKeyId = Method + "-aws-kms-key-id";
    public const string KmsContext = Method + "-context";
    public const string BucketKey = Method + "-bucket-key-enabled";

    /// <param name="response">The answer.</param>
    /// <param name="encryption">How the object is encrypted.</param>
    /// <param name="asked">The request's headers: who named a customer's key is told that it was this one.</param>
    /// <param name="isWrite">What writes is told its encryption context too.</param>
    public static S3Response Encryption(
        this S3Response response, EncryptionRecord encryption, S3HeaderCollection asked, bool isWrite = false)
    {
        if (encryption.IsCustomerKey)
        {
            return response.Header(CustomerKey.Prefix + "-algorithm", asked[CustomerKey.Prefix + "-algorithm"])
                .Header(CustomerKey.Prefix + "-key-MD5", asked[CustomerKey.Prefix + "-key-MD5"]);
        }
        return response.Header(Method, encryption.Algorithm)
            .Header(KmsKeyId, encryption.KmsKeyId)
            .Header(KmsContext, isWrite ? encryption.KmsContext : null)
            .Header(BucketKey, encryption.BucketKeyEnabled ? "true" : null);
    }
}
