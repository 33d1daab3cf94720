using System.Diagnostics.CodeAnalysis;
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
            bool isTag = node.Name == "Tag" && node.Children.Count == 2;
            if (!isTag || node.TextOf("Key") is not { } key || node.TextOf("Value") is not { } value)
                throw S3Errors.MalformedXml().ToException();
            tags.Add(new(key, value));
        }
        return Check(tags, maxTags);
    }

    /// <summary>Reads the x-amz-tagging header: a query string, but without anything that could be read in two ways.</summary>
    public static IReadOnlyList<TagRecord> FromHeader(string? header)
    {
        if (string.IsNullOrEmpty(header)) return [];
        List<TagRecord> tags = [];
        foreach (Range range in header.AsSpan().Split('&'))
        {
            ReadOnlySpan<char> pair = header.AsSpan()[range];
            if (!pair.IsEmpty) tags.Add(Pair(pair) ?? throw MalformedHeader(header));
        }
        bool hasDuplicates = tags.DistinctBy(static tag => tag.Key).Count() < tags.Count;
        return hasDuplicates ? throw MalformedHeader(header) : Check(tags, MaxObjectTags);
    }

    /// <summary>Null when it is none.</summary>
    private static TagRecord? Pair(ReadOnlySpan<char> pair)
    {
        int equals = pair.IndexOf('=');
        ReadOnlySpan<char> value = equals < 0 ? "" : pair[(equals + 1)..];
        bool isPair = Decode(equals < 0 ? pair : pair[..equals], out string? key) && key.Length > 0;
        return isPair && !value.Contains('=') && Decode(value, out string? decoded) ? new TagRecord(key!, decoded) : null;
    }

    private static bool Decode(ReadOnlySpan<char> text, [NotNullWhen(true)] out string? decoded) =>
        PercentEncoding.TryDecode(text.ToString().Replace('+', ' '), out decoded);

    private static S3ErrorException MalformedHeader(string header) => S3Errors.InvalidArgument(
        "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
        "x-amz-tagging", header).ToException();

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
            if (tag.Key.StartsWith("aws:", StringComparison.Ordinal))
            {
                throw S3Errors.InvalidTag(maxTags == MaxObjectTags
                    ? "Your TagKey cannot be prefixed with aws:"
                    : "System tags cannot be added/updated by requester").ToException();
            }
            if (tag.Key.Length is 0 or > MaxKeyLength || !IsAllowed(tag.Key))
                throw S3Errors.InvalidTag("The TagKey you have provided is invalid").With("TagKey", tag.Key).ToException();
            if (tag.Value.Length > MaxValueLength || !IsAllowed(tag.Value))
            {
                throw S3Errors.InvalidTag("The TagValue you have provided is invalid")
                    .With("TagKey", tag.Key).With("TagValue", tag.Value).ToException();
            }
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
