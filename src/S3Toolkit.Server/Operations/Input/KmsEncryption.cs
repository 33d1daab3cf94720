using System.Buffers;
using System.Text.Json;
using S3Toolkit.Server.Encryption;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Operations.Input;

/// <summary>Encryption by a key of the server's KMS: which key, and what binds it.</summary>
internal static class KmsEncryption
{
    /// <summary>AWS KMS's own limit, in characters of base64.</summary>
    private const int MaxContext = 8192;

    public static EncryptionRecord Of(
        string method, string? keyId, S3HeaderCollection headers, BucketEncryptionRecord rule, OperationContext context)
    {
        KmsKey key = Find(keyId ?? KmsKeyName.DefaultAlias, context);
        EncryptionRecord encryption = new(method)
        {
            KmsKeyId = key.Name.ToArn(context.Bucket!.Region, context.Server.AccountId),
            KmsContext = Context(headers[EncryptionHeaders.KmsContext]),
            // Two layers know no bucket key.
            BucketKeyEnabled = method == "aws:kms" && Flag(headers[EncryptionHeaders.BucketKey], rule.BucketKeyEnabled),
        };
        return DataKeys.Seal(encryption, key.Secret, layers: method == "aws:kms:dsse" ? 2 : 1);
    }

    /// <exception cref="S3ErrorException">KMS.NotFoundException, KMS.DisabledException.</exception>
    public static KmsKey Find(string keyId, OperationContext context) => Find(keyId, context, context.Server.AccountId);

    /// <summary>The key of what is stored. The server may have had another root then, and the keys were that one's.</summary>
    /// <exception cref="S3ErrorException">KMS.NotFoundException, KMS.DisabledException.</exception>
    public static KmsKey FindStored(string keyId, OperationContext context) =>
        Find(keyId, context, KmsKeyName.Parse(keyId)?.AccountId ?? context.Server.AccountId);

    private static KmsKey Find(string keyId, OperationContext context, string account)
    {
        string region = context.Bucket!.Region;
        KmsKeyName name = KmsKeyName.Parse(keyId) ?? throw S3Errors.KmsNotFound($"Invalid arn {keyId}").ToException();
        KmsKey key = context.Server.Keys.Find(name, region, account) ?? throw NotFound(keyId, name.ToArn(region, account)).ToException();
        return key.IsEnabled ? key : throw S3Errors.KmsDisabled(key.Name.ToArn(region, account)).ToException();
    }

    private static S3Error NotFound(string keyId, string arn) => S3Errors.KmsNotFound(
        arn.Contains(":alias/", StringComparison.Ordinal) ? $"Alias {arn} is not found."
        : arn.Contains(":key/", StringComparison.Ordinal) ? $"Key '{arn}' does not exist"
        : $"Invalid keyId '{keyId}'");

    private static bool Flag(string? value, bool otherwise) => value switch
    {
        null => otherwise,
        _ when value.Equals("true", StringComparison.OrdinalIgnoreCase) => true,
        _ when value.Equals("false", StringComparison.OrdinalIgnoreCase) => false,
        _ => throw S3Errors.InvalidArgument("The value of the bucket key header must be true or false.", EncryptionHeaders.BucketKey, value)
            .ToException(),
    };

    /// <summary>The header as it came, when it holds what it must: base64 of a JSON object of strings.</summary>
    private static string? Context(string? header)
    {
        if (header is null) return null;
        byte[] json = ArrayPool<byte>.Shared.Rent(MaxContext);
        try
        {
            if (header.Length <= MaxContext && Convert.TryFromBase64String(header, json, out int count)
                && IsMapOfStrings(json.AsMemory(0, count))) return header;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(json);
        }
        throw S3Errors.InvalidArgument(
            "The header 'x-amz-server-side-encryption-context' shall be Base64-encoded UTF-8 string holding JSON which represents a "
            + "string-string map", EncryptionHeaders.KmsContext, header).ToException();
    }

    private static bool IsMapOfStrings(ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.EnumerateObject().All(static item => item.Value.ValueKind == JsonValueKind.String);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
