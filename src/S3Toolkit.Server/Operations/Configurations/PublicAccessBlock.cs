using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Configurations;

/// <summary>What of a bucket's openness to everybody is refused or ignored.</summary>
internal static class PublicAccessBlock
{
    public static readonly BucketConfiguration<PublicAccessBlockRecord> Kind = new()
    {
        Root = "PublicAccessBlockConfiguration",
        Read = static (document, _) => new PublicAccessBlockRecord
        {
            BlockPublicAcls = Flag(document, "BlockPublicAcls"),
            IgnorePublicAcls = Flag(document, "IgnorePublicAcls"),
            BlockPublicPolicy = Flag(document, "BlockPublicPolicy"),
            RestrictPublicBuckets = Flag(document, "RestrictPublicBuckets"),
        },
        Write = static (writer, block) =>
        {
            writer.Element("BlockPublicAcls", block.BlockPublicAcls);
            writer.Element("IgnorePublicAcls", block.IgnorePublicAcls);
            writer.Element("BlockPublicPolicy", block.BlockPublicPolicy);
            writer.Element("RestrictPublicBuckets", block.RestrictPublicBuckets);
        },
        Of = static bucket => bucket.PublicAccessBlock,
        With = static (bucket, block) => bucket with { PublicAccessBlock = block },
        Missing = S3Errors.NoSuchPublicAccessBlock,
    };

    /// <summary>What is not named is off.</summary>
    private static bool Flag(S3XmlNode document, string name)
    {
        if (document.TextOf(name) is not { } text) return false;
        return bool.TryParse(text, out bool flag) ? flag : throw S3Errors.MalformedXml().ToException();
    }
}
