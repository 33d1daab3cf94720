using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Operations.Input;

/// <summary>How what a request writes is to be encrypted: as it says, else as its bucket says; with a new data key.</summary>
internal static class EncryptionReader
{
    public static EncryptionRecord Read(S3HeaderCollection headers, OperationContext context)
    {
        BucketEncryptionRecord rule = context.Bucket!.Encryption ?? BucketEncryptionRecord.Default;
        CustomerKey? customerKey = CustomerKey.Read(headers);
        string? method = headers[EncryptionHeaders.Method];
        string? keyId = headers[EncryptionHeaders.KmsKeyId];
        if (customerKey is not null)
        {
            if (method is not null)
            {
                throw Invalid(
                    "Server Side Encryption with Customer provided key is incompatible with the encryption method specified",
                    EncryptionHeaders.Method, method);
            }
            if (rule.BlocksCustomerKeys == true) throw S3Errors.AccessDenied().ToException();
            return DataKeys.Seal(new EncryptionRecord("AES256") { IsCustomerKey = true }, customerKey.Bytes);
        }
        if (method is null or "AES256" && keyId is not null)
        {
            throw Invalid(
                "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms",
                EncryptionHeaders.Method, method);
        }
        switch (method ?? rule.Algorithm)
        {
            case "AES256":
                // Asked for, it is done. What nobody asked for is stored as it came (docs/adr says why).
                bool isAsked = method is not null || context.Bucket.Encryption is not null;
                return isAsked
                    ? DataKeys.Seal(EncryptionRecord.S3Managed, context.Server.Keys.ServerKey)
                    : EncryptionRecord.S3Managed;
            case "aws:kms" or "aws:kms:dsse":
                // A request that names the method and no key means the default key, whatever the bucket's is.
                return KmsEncryption.Of(method ?? rule.Algorithm, method is null ? rule.KmsKeyId : keyId, headers, rule, context);
            default:
                throw Invalid("The encryption method specified is not supported", EncryptionHeaders.Method, method);
        }
    }

    private static S3ErrorException Invalid(string message, string header, string? value) =>
        S3Errors.InvalidArgument(message, header, value).ToException();
}
