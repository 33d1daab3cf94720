using S3Toolkit.Checksums;
using S3Toolkit.Server.Operations.Archiving;
using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Objects;

/// <summary>What the listings have in common.</summary>
internal static class ListingWriter
{
    /// <summary>A key of a listing, percent-encoded when the client asked for that.</summary>
    public static void Key(this S3XmlWriter writer, string element, string? key, bool isUrlEncoded) =>
        writer.Element(element, isUrlEncoded && key is not null ? PercentEncoding.EncodeForListing(key) : key);

    public static void Contents(this S3XmlWriter writer, ObjectPage page, bool isUrlEncoded, OperationContext context, bool withOwner)
    {
        DateTimeOffset? restoresAt = OptionalAttributes.WantsRestoreStatus(context) ? context.ExactNow : null;
        foreach (ObjectRecord record in page.Objects)
        {
            writer.Start("Contents");
            writer.Key("Key", record.Key, isUrlEncoded);
            writer.Facts(record);
            if (withOwner) writer.User("Owner", context.OwnerIdOf(record.OwnerId), context);
            writer.Element("StorageClass", record.Properties.StorageClass);
            if (restoresAt is { } now) writer.RestoreStatus(record, now);
            writer.End("Contents");
        }
    }

    public static void CommonPrefixes(this S3XmlWriter writer, IReadOnlyList<string> prefixes, bool isUrlEncoded)
    {
        foreach (string prefix in prefixes)
        {
            writer.Start("CommonPrefixes");
            writer.Key("Prefix", prefix, isUrlEncoded);
            writer.End("CommonPrefixes");
        }
    }

    public static void Facts(this S3XmlWriter writer, ObjectRecord record)
    {
        writer.Element("LastModified", record.LastModified);
        writer.Element("ETag", $"\"{record.ETag}\"");
        if (record.Checksum is { } checksum)
        {
            writer.Element("ChecksumAlgorithm", checksum.Function.ToAlgorithmName());
            writer.Element("ChecksumType", checksum.IsComposite ? "COMPOSITE" : "FULL_OBJECT");
        }
        writer.Element("Size", record.Length);
    }

    /// <summary>A document of the right size at once: about 350 bytes an entry.</summary>
    public static S3XmlWriter Create(int entries) => new(1024 + (entries * 384));
}
