using System.Security.Cryptography;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Operations.Input;

/// <summary>The headers of server-side encryption. A customer's key is checked and forgotten: only its MD5 stays.</summary>
internal static class EncryptionReader
{
    private const string Prefix = "x-amz-server-side-encryption";

    private const string CopySourcePrefix = "x-amz-copy-source-server-side-encryption";

    private const int CustomerKeyBytes = 32;

    public static EncryptionRecord Read(S3HeaderCollection headers, OperationContext context)
    {
        string? customerKey = CustomerKeyMd5(headers, Prefix);
        string? algorithm = headers[Prefix];
        if (customerKey is not null)
        {
            if (algorithm is not null)
                throw Invalid("A customer provided key is incompatible with the encryption method specified", Prefix);
            return new EncryptionRecord("AES256") { CustomerKeyMd5 = customerKey };
        }
        string? keyId = headers[Prefix + "-aws-kms-key-id"];
        if (algorithm is null or "AES256")
        {
            if (keyId is not null)
                throw Invalid($"Server Side Encryption with AWS KMS managed key requires HTTP header {Prefix} : aws:kms", Prefix);
            return EncryptionRecord.S3Managed;
        }
        if (algorithm is not ("aws:kms" or "aws:kms:dsse")) throw S3Errors.InvalidEncryptionAlgorithm(algorithm).ToException();
        return new EncryptionRecord(algorithm)
        {
            KmsKeyId = keyId ?? $"arn:aws:kms:{context.Bucket!.Region}:{context.Options.AccountId}:alias/aws/s3",
            KmsContext = headers[Prefix + "-context"],
            BucketKeyEnabled = headers[Prefix + "-bucket-key-enabled"] == "true",
        };
    }

    /// <summary>Checks that who reads an object has its key.</summary>
    /// <exception cref="S3ErrorException">The key is missing, wrong, or not needed.</exception>
    public static void CheckKey(S3HeaderCollection headers, EncryptionRecord stored, bool isCopySource = false)
    {
        string? given = CustomerKeyMd5(headers, isCopySource ? CopySourcePrefix : Prefix);
        if (given == stored.CustomerKeyMd5) return;
        if (given is null)
        {
            throw S3Errors.InvalidRequest(
                "The object was stored using a form of Server Side Encryption. "
                + "The correct parameters must be provided to retrieve the object.")
                .ToException();
        }
        throw (stored.CustomerKeyMd5 is null
            ? S3Errors.InvalidRequest("The encryption parameters are not applicable to this object.")
            : S3Errors.AccessDenied()).ToException();
    }

    /// <summary>Complete need not repeat the customer's key; one that is given must be the right one.</summary>
    public static void CheckKeyOfComplete(S3HeaderCollection headers, EncryptionRecord stored)
    {
        if (headers.Contains(Prefix + "-customer-algorithm")) CheckKey(headers, stored);
    }

    /// <summary>Adds the headers that tell how an object is encrypted.</summary>
    public static S3Response Encryption(this S3Response response, EncryptionRecord encryption)
    {
        if (encryption.CustomerKeyMd5 is not null)
        {
            return response.Header(Prefix + "-customer-algorithm", encryption.Algorithm)
                .Header(Prefix + "-customer-key-MD5", encryption.CustomerKeyMd5);
        }
        return response.Header(Prefix, encryption.Algorithm)
            .Header(Prefix + "-aws-kms-key-id", encryption.KmsKeyId)
            .Header(Prefix + "-context", encryption.KmsContext)
            .Header(Prefix + "-bucket-key-enabled", encryption.BucketKeyEnabled ? "true" : null);
    }

    /// <summary>The base64 MD5 of the customer's key in the headers; null when there is none.</summary>
    private static string? CustomerKeyMd5(S3HeaderCollection headers, string prefix)
    {
        string? algorithm = headers[prefix + "-customer-algorithm"];
        string? key = headers[prefix + "-customer-key"];
        string? md5 = headers[prefix + "-customer-key-MD5"];
        if (algorithm is null && key is null && md5 is null) return null;
        if (algorithm is null) throw Missing("a valid encryption algorithm", prefix + "-customer-algorithm");
        if (algorithm != "AES256") throw S3Errors.InvalidEncryptionAlgorithm(algorithm).ToException();
        if (key is null) throw Missing("an appropriate secret key", prefix + "-customer-key");
        Span<byte> bytes = stackalloc byte[CustomerKeyBytes];
        if (!Convert.TryFromBase64String(key, bytes, out int count) || count != CustomerKeyBytes)
            throw Invalid("The secret key was invalid for the specified algorithm.", prefix + "-customer-key");
#pragma warning disable CA5351 // The protocol identifies the key by its MD5.
        string actual = Convert.ToBase64String(MD5.HashData(bytes));
#pragma warning restore CA5351
        if (md5 is null) throw Missing("the client calculated MD5 of the secret key", prefix + "-customer-key-MD5");
        return md5 == actual
            ? actual
            : throw Invalid("The calculated MD5 hash of the key did not match the hash that was provided.", prefix + "-customer-key-MD5");
    }

    private static S3ErrorException Missing(string what, string header) =>
        Invalid($"Requests specifying Server Side Encryption with Customer provided keys must provide {what}.", header);

    private static S3ErrorException Invalid(string message, string header) => S3Errors.InvalidArgument(message, header).ToException();
}
