using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;

namespace S3Toolkit.Server.Tests.Support;

/// <summary>The kinds of server-side encryption as requests of the SDK ask for them.</summary>
internal static class Encryptions
{
    public const string KmsKeyId = "testkey-1";

    public static readonly string KeyA = Convert.ToBase64String(SHA256.HashData("a"u8));
    public static readonly string KeyB = Convert.ToBase64String(SHA256.HashData("b"u8));

    private static readonly ServerSideEncryptionCustomerMethod Customer = ServerSideEncryptionCustomerMethod.AES256;

    /// <summary>The key that an object of a kind takes to be read; null when it takes none.</summary>
    public static string? KeyOf(EncryptionKind kind) => kind switch
    {
        EncryptionKind.CustomerA => KeyA,
        EncryptionKind.CustomerB => KeyB,
        _ => null,
    };

    public static string Md5Of(string key) => Convert.ToBase64String(MD5.HashData(Convert.FromBase64String(key)));

    /// <summary>The headers of a customer's key, for requests that the SDK would not send.</summary>
    public static (string Name, string Value)[] Headers(string key, string prefix = "x-amz-server-side-encryption") =>
    [
        (prefix + "-customer-algorithm", "AES256"), (prefix + "-customer-key", key), (prefix + "-customer-key-md5", Md5Of(key)),
    ];

    public static void Encrypt(this PutObjectRequest request, EncryptionKind kind)
    {
        (request.ServerSideEncryptionMethod, request.ServerSideEncryptionKeyManagementServiceKeyId) = MethodOf(kind);
        if (KeyOf(kind) is { } key)
            (request.ServerSideEncryptionCustomerMethod, request.ServerSideEncryptionCustomerProvidedKey) = (Customer, key);
    }

    public static void Encrypt(this InitiateMultipartUploadRequest request, EncryptionKind kind)
    {
        (request.ServerSideEncryptionMethod, request.ServerSideEncryptionKeyManagementServiceKeyId) = MethodOf(kind);
        if (KeyOf(kind) is { } key)
            (request.ServerSideEncryptionCustomerMethod, request.ServerSideEncryptionCustomerProvidedKey) = (Customer, key);
    }

    public static void Encrypt(this CopyObjectRequest request, EncryptionKind from, EncryptionKind to)
    {
        (request.ServerSideEncryptionMethod, request.ServerSideEncryptionKeyManagementServiceKeyId) = MethodOf(to);
        if (KeyOf(to) is { } key)
            (request.ServerSideEncryptionCustomerMethod, request.ServerSideEncryptionCustomerProvidedKey) = (Customer, key);
        if (KeyOf(from) is not { } source) return;
        request.CopySourceServerSideEncryptionCustomerMethod = Customer;
        request.CopySourceServerSideEncryptionCustomerProvidedKey = source;
    }

    public static void Encrypt(this CopyPartRequest request, EncryptionKind from, EncryptionKind to)
    {
        if (KeyOf(to) is { } key)
            (request.ServerSideEncryptionCustomerMethod, request.ServerSideEncryptionCustomerProvidedKey) = (Customer, key);
        if (KeyOf(from) is not { } source) return;
        request.CopySourceServerSideEncryptionCustomerMethod = Customer;
        request.CopySourceServerSideEncryptionCustomerProvidedKey = source;
    }

    public static void Decrypt(this GetObjectRequest request, EncryptionKind kind)
    {
        if (KeyOf(kind) is { } key)
            (request.ServerSideEncryptionCustomerMethod, request.ServerSideEncryptionCustomerProvidedKey) = (Customer, key);
    }

    public static void Decrypt(this GetObjectMetadataRequest request, EncryptionKind kind)
    {
        if (KeyOf(kind) is { } key)
            (request.ServerSideEncryptionCustomerMethod, request.ServerSideEncryptionCustomerProvidedKey) = (Customer, key);
    }

    public static void Encrypt(this UploadPartRequest request, EncryptionKind kind)
    {
        if (KeyOf(kind) is { } key)
            (request.ServerSideEncryptionCustomerMethod, request.ServerSideEncryptionCustomerProvidedKey) = (Customer, key);
    }

    private static (ServerSideEncryptionMethod? Method, string? KeyId) MethodOf(EncryptionKind kind) => kind switch
    {
        EncryptionKind.S3 => (ServerSideEncryptionMethod.AES256, null),
        EncryptionKind.Kms => (ServerSideEncryptionMethod.AWSKMS, KmsKeyId),
        EncryptionKind.TwoLayers => (new ServerSideEncryptionMethod("aws:kms:dsse"), KmsKeyId),
        _ => (null, null),
    };
}
