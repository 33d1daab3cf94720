using S3Toolkit.Server.Encryption;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Configurations;

/// <summary>The default encryption of a bucket. There is always one: who deletes it has S3's own again.</summary>
internal static class BucketEncryption
{
    public static readonly BucketConfiguration<BucketEncryptionRecord> Kind = new()
    {
        Root = "ServerSideEncryptionConfiguration",
        Read = static (document, _) => Read(document),
        Write = Write,
        Of = static bucket => bucket.Encryption ?? BucketEncryptionRecord.Default,
        With = static (bucket, encryption) => bucket with { Encryption = encryption },
        Missing = S3Errors.NoSuchEncryption,
    };

    /// <summary>A document to its rule. As on S3 the key need not be there: what uses it finds out.</summary>
    /// <exception cref="S3ErrorException">MalformedXML or InvalidArgument.</exception>
    internal static BucketEncryptionRecord Read(S3XmlNode document)
    {
        // S3's schema allows many rules and its service one.
        if (document.Children.Count != 1 || document.Child("Rule") is not { } rule) throw S3Errors.MalformedXml().ToException();
        S3XmlNode? apply = rule.Child("ApplyServerSideEncryptionByDefault");
        bool? blocks = BlocksCustomerKeys(rule.Child("BlockedEncryptionTypes"));
        if (apply is null && blocks is null && rule.Child("BucketKeyEnabled") is null) throw S3Errors.MalformedXml().ToException();
        string algorithm = apply is null ? "AES256" : apply.TextOf("SSEAlgorithm") ?? throw S3Errors.MalformedXml().ToException();
        if (algorithm is not ("AES256" or "aws:kms" or "aws:kms:dsse")) throw S3Errors.MalformedXml().ToException();
        string? keyId = apply?.TextOf("KMSMasterKeyID");
        if (keyId is not null && algorithm == "AES256")
        {
            throw S3Errors.InvalidArgument(
                "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse", "KMSMasterKeyID", keyId)
                .ToException();
        }
        if (keyId is not null && (keyId.Length == 0 || KmsKeyName.Parse(keyId) is null))
            throw S3Errors.InvalidArgument("Invalid KMSMasterKeyID", "KMSMasterKeyID", keyId).ToException();
        return new BucketEncryptionRecord(algorithm)
        {
            KmsKeyId = keyId,
            BucketKeyEnabled = Flag(rule.TextOf("BucketKeyEnabled")),
            BlocksCustomerKeys = blocks,
        };
    }

    private static void Write(S3XmlWriter writer, BucketEncryptionRecord rule)
    {
        writer.Start("Rule");
        writer.Start("ApplyServerSideEncryptionByDefault");
        writer.Element("SSEAlgorithm", rule.Algorithm);
        if (rule.KmsKeyId is not null) writer.Element("KMSMasterKeyID", rule.KmsKeyId);
        writer.End("ApplyServerSideEncryptionByDefault");
        writer.Element("BucketKeyEnabled", rule.BucketKeyEnabled);
        if (rule.BlocksCustomerKeys is { } blocks)
        {
            writer.Start("BlockedEncryptionTypes");
            writer.Element("EncryptionType", blocks ? "SSE-C" : "NONE");
            writer.End("BlockedEncryptionTypes");
        }
        writer.End("Rule");
    }

    private static bool Flag(string? text) => text switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw S3Errors.MalformedXml().ToException(),
    };

    /// <summary>Customers' keys are all that S3 lets be blocked; NONE lets them be used.</summary>
    private static bool? BlocksCustomerKeys(S3XmlNode? blocked)
    {
        if (blocked is null) return null;
        if (blocked.Children.Count != 1) throw S3Errors.MalformedXml().ToException();
        return blocked.TextOf("EncryptionType") switch
        {
            "SSE-C" => true,
            "NONE" => false,
            _ => throw S3Errors.MalformedXml().ToException(),
        };
    }
}
