using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Replication;

/// <summary>The document to its rules: what does not fit S3's schema is MalformedXML.</summary>
internal static class ReplicationReader
{
    private const int MaxRules = 1000;

    private static readonly string[] StorageClasses =
    [
        "STANDARD", "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER", "DEEP_ARCHIVE", "GLACIER_IR",
    ];

    public static ReplicationRecord Read(S3XmlNode document)
    {
        S3XmlNode[] rules = [.. document.Children.Where(static node => node.Name == "Rule")];
        if (rules.Length is 0 or > MaxRules || document.TextOf("Role") is not { } role) throw Malformed();
        return new ReplicationRecord { Role = role.Trim(), Rules = [.. rules.Select(Rule)] };
    }

    private static ReplicationRuleRecord Rule(S3XmlNode node)
    {
        S3XmlNode? filter = node.Child("Filter");
        string? oldPrefix = node.TextOf("Prefix");
        if ((filter is null) == (oldPrefix is null)) throw Malformed();
        S3XmlNode? terms = filter?.Child("And") ?? filter;
        if (filter is { Children.Count: > 1 }) throw Malformed();
        if (terms is not null && terms.Children.Any(static child => child.Name is not ("Prefix" or "Tag"))) throw Malformed();
        S3XmlNode? selection = node.Child("SourceSelectionCriteria");
        return new ReplicationRuleRecord
        {
            Id = node.TextOf("ID") is { Length: > 0 } id ? id : NewId(),
            IsEnabled = Status(node) ?? throw Malformed(),
            Priority = Number(node, "Priority"),
            HasOldPrefix = filter is null,
            Prefix = filter is null ? oldPrefix : terms!.TextOf("Prefix"),
            Tags = terms is null ? [] : Tags(terms),
            IsAnd = filter?.Child("And") is not null,
            DeleteMarkers = Status(node.Child("DeleteMarkerReplication")),
            ExistingObjects = Status(node.Child("ExistingObjectReplication")),
            KmsObjects = Status(selection?.Child("SseKmsEncryptedObjects")),
            ReplicaModifications = Status(selection?.Child("ReplicaModifications")),
            Destination = Destination(node.Child("Destination") ?? throw Malformed()),
        };
    }

    private static ReplicationDestinationRecord Destination(S3XmlNode node)
    {
        string? storageClass = node.TextOf("StorageClass");
        if (storageClass is not null && !StorageClasses.Contains(storageClass)) throw Malformed();
        return new ReplicationDestinationRecord
        {
            BucketArn = node.TextOf("Bucket")?.Trim() ?? throw Malformed(),
            Account = node.TextOf("Account"),
            StorageClass = storageClass,
            OwnsReplicas = node.Child("AccessControlTranslation")?.TextOf("Owner") == "Destination",
            KmsKeyId = node.Child("EncryptionConfiguration")?.TextOf("ReplicaKmsKeyID"),
            TimeControl = Status(node.Child("ReplicationTime")),
            Metrics = Status(node.Child("Metrics")),
        };
    }

    private static List<TagRecord> Tags(S3XmlNode terms)
    {
        List<TagRecord> tags = [];
        foreach (S3XmlNode node in terms.Children)
        {
            if (node.Name != "Tag") continue;
            tags.Add(new(node.TextOf("Key") ?? throw Malformed(), node.TextOf("Value") ?? throw Malformed()));
        }
        return tags;
    }

    /// <summary>Null when there is no such element.</summary>
    private static bool? Status(S3XmlNode? node) => node is null
        ? null
        : node.TextOf("Status") switch { "Enabled" => true, "Disabled" => false, _ => throw Malformed() };

    private static int? Number(S3XmlNode node, string name)
    {
        if (node.TextOf(name) is not { } text) return null;
        bool isNumber = int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        return isNumber ? number : throw Malformed();
    }

    private static string NewId() =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(new Guid(RandomNumberGenerator.GetBytes(16)).ToString("D")));

    private static S3ErrorException Malformed() => S3Errors.MalformedXml().ToException();
}
