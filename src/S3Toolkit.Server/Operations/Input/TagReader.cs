using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Input;

/// <summary>Tags from a document or a header, with S3's rules.</summary>
internal static class TagReader
{
    public const int MaxObjectTags = 10;

    public const int MaxBucketTags = 50;

    private const int MaxKeyLength = 128;

    private const int MaxValueLength = 256;

    /// <summary>Reads TagSet/Tag elements.</summary>
    public static IReadOnlyList<TagRecord> FromXml(S3XmlNode? tagSet, int maxTags)
    {
        if (tagSet is null) throw S3Errors.MalformedXml().ToException();
        List<TagRecord> tags = [];
        foreach (S3XmlNode node in tagSet.Children)
        {
            if (node.Name != "Tag" || node.TextOf("Key") is not { } key) throw S3Errors.MalformedXml().ToException();
            tags.Add(new(key, node.TextOf("Value") ?? ""));
        }
        return Check(tags, maxTags);
    }

    /// <summary>Reads the x-amz-tagging header: a query string.</summary>
    public static IReadOnlyList<TagRecord> FromHeader(string? header)
    {
        if (string.IsNullOrEmpty(header)) return [];
        List<TagRecord> tags = [];
        foreach ((string key, string value) in S3QueryCollection.Parse(header)) tags.Add(new(key, value));
        return Check(tags, MaxObjectTags);
    }

    private static List<TagRecord> Check(List<TagRecord> tags, int maxTags)
    {
        if (tags.Count > maxTags)
        {
            throw (maxTags == MaxObjectTags
                ? new S3Error("BadRequest", 400, $"Object tags cannot be greater than {maxTags}")
                : S3Errors.InvalidTag($"Bucket tag count cannot be greater than {maxTags}")).ToException();
        }
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (TagRecord tag in tags)
        {
            if (tag.Key.Length is 0 or > MaxKeyLength || !IsAllowed(tag.Key))
                throw S3Errors.InvalidTag("The TagKey you have provided is invalid").With("TagKey", tag.Key).ToException();
            if (tag.Value.Length > MaxValueLength || !IsAllowed(tag.Value))
                throw S3Errors.InvalidTag("The TagValue you have provided is invalid").With("TagKey", tag.Key).ToException();
            if (!seen.Add(tag.Key))
                throw S3Errors.InvalidTag("Cannot provide multiple Tags with the same key").With("TagKey", tag.Key).ToException();
        }
        tags.Sort(static (left, right) => string.CompareOrdinal(left.Key, right.Key));
        return tags;
    }

    private static bool IsAllowed(string text)
    {
        foreach (char c in text)
        {
            if (!char.IsLetterOrDigit(c) && !char.IsSurrogate(c) && !char.IsWhiteSpace(c) && !"+-=._:/@".Contains(c)) return false;
        }
        return true;
    }
}
