using System.Security.Cryptography;
using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Operations.Input;

/// <summary>A customer's key as a request carries it (SSE-C). It is used and forgotten: nothing of it is stored or logged.</summary>
internal sealed class CustomerKey
{
    /// <summary>Of the object that a request reads or writes.</summary>
    public const string Prefix = "x-amz-server-side-encryption-customer";

    /// <summary>Of the object that a copy reads.</summary>
    public const string CopySourcePrefix = "x-amz-copy-source-server-side-encryption-customer";

    private const int KeyBytes = 32;

    private CustomerKey(byte[] bytes, string md5) => (Bytes, Md5) = (bytes, md5);

    public byte[] Bytes { get; }

    /// <summary>In base64: how requests and answers name the key.</summary>
    public string Md5 { get; }

    /// <summary>The key in the headers, or in the fields of a form; null when there is none.</summary>
    /// <exception cref="S3ErrorException">InvalidArgument: part of it is missing or wrong.</exception>
    public static CustomerKey? Read(S3HeaderCollection headers, string prefix = Prefix)
    {
        string? algorithm = headers[prefix + "-algorithm"];
        string? key = headers[prefix + "-key"];
        string? md5 = headers[prefix + "-key-MD5"];
        if (algorithm is null && key is null && md5 is null) return null;
        if (algorithm is null) throw Missing("a valid encryption algorithm", prefix + "-algorithm");
        if (algorithm != "AES256") throw S3Errors.InvalidEncryptionAlgorithm(prefix + "-algorithm", algorithm).ToException();
        if (key is null) throw Missing("an appropriate secret key", prefix + "-key");
        byte[] bytes = new byte[KeyBytes];
        if (!Convert.TryFromBase64String(key, bytes, out int count) || count != KeyBytes)
            throw S3Errors.InvalidArgument("The secret key was invalid for the specified algorithm.", prefix + "-key").ToException();
        if (md5 is null) throw Missing("the client calculated MD5 of the secret key", prefix + "-key-MD5");
#pragma warning disable CA5351 // The protocol identifies the key by its MD5.
        string actual = Convert.ToBase64String(MD5.HashData(bytes));
#pragma warning restore CA5351
        if (md5 == actual) return new CustomerKey(bytes, md5);
        throw S3Errors.InvalidArgument(
            "The calculated MD5 hash of the key did not match the hash that was provided.", prefix + "-key-MD5").ToException();
    }

    private static S3ErrorException Missing(string what, string header) => S3Errors.InvalidArgument(
        $"Requests specifying Server Side Encryption with Customer provided keys must provide {what}.", header).ToException();
}
