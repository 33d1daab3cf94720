using System.Security.Cryptography;
using S3Toolkit.Server.Encryption;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Operations.Input;

/// <summary>The data keys of bodies: drawn and sealed by who writes, opened by who may read.</summary>
internal static class DataKeys
{
    /// <summary>The encryption with a new data key in it.</summary>
    public static EncryptionRecord Seal(EncryptionRecord encryption, byte[] wrappingKey, int layers = 1)
    {
        byte[] dataKey = RandomNumberGenerator.GetBytes(layers * CounterCipher.KeyBytes);
        return encryption with { SealedKey = KeySeal.Seal(wrappingKey, dataKey, Bound(encryption)) };
    }

    /// <summary>The data key of what a request has just sealed; null when the bytes are stored as they come.</summary>
    public static BodyCipher? ForWrite(EncryptionRecord encryption, S3HeaderCollection headers, OperationContext context) =>
        encryption.SealedKey is null ? null : new BodyCipher(Open(encryption, CustomerKey.Read(headers), context)!);

    /// <summary>The cipher for a part of an upload, which takes the upload's key and no other.</summary>
    public static BodyCipher? ForPart(UploadRecord upload, OperationContext context)
    {
        EncryptionRecord encryption = upload.Properties.Encryption;
        CustomerKey? given = CustomerKey.Read(context.Request.Headers);
        if (given is null == encryption.IsCustomerKey)
        {
            throw S3Errors.InvalidRequest(given is null
                ? "The multipart upload initiate requested encryption. Subsequent part requests must include the appropriate encryption "
                    + "parameters."
                : "The multipart initiate request did not request encryption. Please resend the request without sending encryption "
                    + "parameters.").ToException();
        }
        if (encryption.SealedKey is null) return null;
        byte[] dataKey = Open(encryption, given, context) ?? throw S3Errors.InvalidRequest(
            "The provided encryption parameters did not match the ones used originally.").ToException();
        return new BodyCipher(dataKey);
    }

    /// <summary>Sets a part apart from the others under its upload's data key; null when it is not encrypted.</summary>
    public static ulong? NonceOf(BodyCipher? cipher) =>
        cipher is null ? null : BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    /// <summary>Opens the data key of an object for who reads it; null when its bytes are stored as they came.</summary>
    /// <exception cref="S3ErrorException">
    /// The customer's key is missing, wrong or not needed; the KMS has not the key, or it is disabled.
    /// </exception>
    public static byte[]? ForRead(EncryptionRecord stored, CustomerKey? given, OperationContext context)
    {
        CheckPresence(stored, given);
        if (stored.SealedKey is null) return null;
        return Open(stored, given, context) ?? throw (stored.IsCustomerKey ? S3Errors.AccessDenied() : S3Errors.InternalError())
            .ToException();
    }

    /// <summary>Checks that who asks about an object has its key. The KMS is asked by those alone who read the bytes.</summary>
    /// <exception cref="S3ErrorException">The customer's key is missing, wrong or not needed.</exception>
    public static void Check(EncryptionRecord stored, CustomerKey? given)
    {
        CheckPresence(stored, given);
        bool isWrong = given is not null && KeySeal.TryOpen(given.Bytes, stored.SealedKey, Bound(stored)) is null;
        if (isWrong) throw S3Errors.AccessDenied().ToException();
    }

    /// <summary>Whether what a copy writes can keep the data key, and so the bytes, of what it reads.</summary>
    public static bool AreOfOneKey(EncryptionRecord source, EncryptionRecord copy, OperationContext context)
    {
        if (source.SealedKey is null || copy.SealedKey is null) return source.SealedKey is null && copy.SealedKey is null;
        if (WithoutKey(source) != WithoutKey(copy)) return false;
        CustomerKey? ofSource = CustomerKey.Read(context.Request.Headers, CustomerKey.CopySourcePrefix);
        return CryptographicOperations.FixedTimeEquals(ofSource?.Bytes, CustomerKey.Read(context.Request.Headers)?.Bytes);
    }

    private static EncryptionRecord WithoutKey(EncryptionRecord encryption) =>
        encryption with { SealedKey = null, BucketKeyEnabled = false };

    private static void CheckPresence(EncryptionRecord stored, CustomerKey? given)
    {
        if (given is not null == stored.IsCustomerKey) return;
        throw S3Errors.InvalidRequest(given is null
            ? "The object was stored using a form of Server Side Encryption. "
                + "The correct parameters must be provided to retrieve the object."
            : "The encryption parameters are not applicable to this object.").ToException();
    }

    private static byte[]? Open(EncryptionRecord stored, CustomerKey? given, OperationContext context)
    {
        byte[] wrappingKey = stored switch
        {
            { IsCustomerKey: true } => given!.Bytes,
            { KmsKeyId: { } keyId } => KmsEncryption.FindStored(keyId, context).Secret,
            _ => context.Server.Keys.ServerKey,
        };
        return KeySeal.TryOpen(wrappingKey, stored.SealedKey, Bound(stored));
    }

    /// <summary>What a sealed key is bound to.</summary>
    public static string Bound(EncryptionRecord encryption) => encryption.Algorithm + "\n" + encryption.KmsContext;
}
