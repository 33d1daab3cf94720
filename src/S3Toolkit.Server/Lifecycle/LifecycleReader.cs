using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Lifecycle;

/// <summary>
/// The document to its rules: what does not fit S3's schema is MalformedXML. What fits is judged by <see cref="LifecycleChecks"/>.
/// </summary>
internal static class LifecycleReader
{
    /// <summary>S3: 1,000 rules a bucket.</summary>
    private const int MaxRules = 1000;

    public static IReadOnlyList<LifecycleRuleRecord> Rules(S3XmlNode document)
    {
        if (document.Children.Count is 0 or > MaxRules) throw Malformed();
        List<LifecycleRuleRecord> rules = [];
        foreach (S3XmlNode node in document.Children) rules.Add(node.Name == "Rule" ? Rule(node) : throw Malformed());
        return rules;
    }

    private static LifecycleRuleRecord Rule(S3XmlNode node)
    {
        RequireOnly(
            node, "ID", "Prefix", "Filter", "Status", "Expiration", "NoncurrentVersionExpiration", "AbortIncompleteMultipartUpload",
            "*Transition", "*NoncurrentVersionTransition");
        S3XmlNode? filter = node.Child("Filter");
        string? oldPrefix = node.TextOf("Prefix");
        if ((filter is null) == (oldPrefix is null)) throw Malformed(); // one of the two
        return new LifecycleRuleRecord
        {
            Id = node.TextOf("ID") is { Length: > 0 } id ? id : NewId(),
            IsEnabled = node.TextOf("Status") switch { "Enabled" => true, "Disabled" => false, _ => throw Malformed() },
            HasOldPrefix = filter is null,
            Filter = filter is null ? new LifecycleFilterRecord { Prefix = oldPrefix } : Filter(filter),
            Expiration = node.Child("Expiration") is { } expiration ? Expiration(expiration) : null,
            NoncurrentExpiration = node.Child("NoncurrentVersionExpiration") is { } noncurrent ? Noncurrent(noncurrent) : null,
            Transitions = [.. node.Children.Where(static child => child.Name == "Transition").Select(Transition)],
            NoncurrentTransitions =
                [.. node.Children.Where(static child => child.Name == "NoncurrentVersionTransition").Select(NoncurrentTransition)],
            AbortAfterDays = node.Child("AbortIncompleteMultipartUpload") is { } abort ? Abort(abort) : null,
        };
    }

    private static LifecycleFilterRecord Filter(S3XmlNode node)
    {
        RequireOnly(node, "Prefix", "Tag", "ObjectSizeGreaterThan", "ObjectSizeLessThan", "And");
        if (node.Children.Count > 1) throw Malformed(); // several need an And
        bool isAnd = node.Child("And") is not null;
        S3XmlNode terms = node.Child("And") ?? node;
        if (isAnd)
        {
            RequireOnly(terms, "Prefix", "*Tag", "ObjectSizeGreaterThan", "ObjectSizeLessThan");
            if (terms.Children.Count < 2) throw Malformed();
        }
        return new LifecycleFilterRecord
        {
            Prefix = terms.TextOf("Prefix"),
            Tags = Tags(terms),
            LargerThanBytes = Number(terms, "ObjectSizeGreaterThan"),
            SmallerThanBytes = Number(terms, "ObjectSizeLessThan"),
            IsAnd = isAnd,
        };
    }

    private static List<TagRecord> Tags(S3XmlNode terms)
    {
        List<TagRecord> tags = [];
        foreach (S3XmlNode node in terms.Children)
        {
            if (node.Name != "Tag") continue;
            RequireOnly(node, "Key", "Value");
            tags.Add(new(node.TextOf("Key") ?? throw Malformed(), node.TextOf("Value") ?? throw Malformed()));
        }
        return tags;
    }

    private static ExpirationRecord Expiration(S3XmlNode node)
    {
        RequireOnly(node, "Days", "Date", "ExpiredObjectDeleteMarker");
        bool? lone = node.TextOf("ExpiredObjectDeleteMarker")?.Trim() switch
        {
            null => null, "true" => true, "false" => false, _ => throw Malformed(),
        };
        if (node.Children.Count != 1) throw Malformed();
        return new ExpirationRecord(Days(node, "Days"), Date(node), lone);
    }

    private static NoncurrentExpirationRecord Noncurrent(S3XmlNode node)
    {
        RequireOnly(node, "NoncurrentDays", "NewerNoncurrentVersions");
        return new(Days(node, "NoncurrentDays") ?? throw Malformed(), Days(node, "NewerNoncurrentVersions"));
    }

    private static TransitionRecord Transition(S3XmlNode node)
    {
        RequireOnly(node, "Days", "Date", "StorageClass");
        if (node.Children.Count != 2) throw Malformed();
        return new(StorageClass(node), Days(node, "Days"), Date(node));
    }

    private static NoncurrentTransitionRecord NoncurrentTransition(S3XmlNode node)
    {
        RequireOnly(node, "NoncurrentDays", "NewerNoncurrentVersions", "StorageClass");
        return new(
            StorageClass(node), Days(node, "NoncurrentDays") ?? throw Malformed(), Days(node, "NewerNoncurrentVersions"));
    }

    private static int Abort(S3XmlNode node)
    {
        RequireOnly(node, "DaysAfterInitiation");
        return Days(node, "DaysAfterInitiation") ?? throw Malformed();
    }

    private static string StorageClass(S3XmlNode node) =>
        node.TextOf("StorageClass") is { } name && StorageClasses.CanBeMovedTo(name) ? name : throw Malformed();

    private static int? Days(S3XmlNode node, string name) => Number(node, name) is { } number
        ? number is >= int.MinValue and <= int.MaxValue ? (int)number : throw Malformed()
        : null;

    private static long? Number(S3XmlNode node, string name)
    {
        if (node.TextOf(name) is not { } text) return null;
        return long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw Malformed();
    }

    private static DateTimeOffset? Date(S3XmlNode node)
    {
        if (node.TextOf("Date") is not { } text) return null;
        bool isDate = DateTimeOffset.TryParseExact(
            text.Trim(), ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset date);
        return isDate ? date : throw Malformed();
    }

    /// <summary>Elements that the schema has not, and those that come twice; a star lets one repeat.</summary>
    private static void RequireOnly(S3XmlNode node, params ReadOnlySpan<string> names)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (S3XmlNode child in node.Children)
        {
            if (names.Contains("*" + child.Name)) continue;
            if (!names.Contains(child.Name) || !seen.Add(child.Name)) throw Malformed();
        }
    }

    /// <summary>S3 names a rule that has no name, in letters of its own.</summary>
    private static string NewId() =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(new Guid(RandomNumberGenerator.GetBytes(16)).ToString("D")));

    private static S3ErrorException Malformed() => S3Errors.MalformedXml().ToException();
}
