using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Replication;

/// <summary>The rules as their document, in the form in which they came.</summary>
internal static class ReplicationWriter
{
    /// <summary>What S3 promises: 15 minutes, and nothing else can be asked for.</summary>
    private const int Minutes = 15;

    public static void Write(S3XmlWriter writer, ReplicationRecord replication)
    {
        writer.Element("Role", replication.Role);
        foreach (ReplicationRuleRecord rule in replication.Rules)
        {
            writer.Start("Rule");
            writer.Element("ID", rule.Id);
            if (rule.Priority is { } priority) writer.Element("Priority", priority);
            if (rule.HasOldPrefix) writer.Element("Prefix", rule.Prefix);
            else Filter(writer, rule);
            writer.Element("Status", Status(rule.IsEnabled));
            Selection(writer, rule);
            Switch(writer, "ExistingObjectReplication", rule.ExistingObjects);
            Destination(writer, rule.Destination);
            Switch(writer, "DeleteMarkerReplication", rule.DeleteMarkers);
            writer.End("Rule");
        }
    }

    private static void Filter(S3XmlWriter writer, ReplicationRuleRecord rule)
    {
        writer.Start("Filter");
        if (rule.IsAnd) writer.Start("And");
        writer.Element("Prefix", rule.Prefix);
        foreach (TagRecord tag in rule.Tags)
        {
            writer.Start("Tag");
            writer.Element("Key", tag.Key);
            writer.Element("Value", tag.Value);
            writer.End("Tag");
        }
        if (rule.IsAnd) writer.End("And");
        writer.End("Filter");
    }

    private static void Selection(S3XmlWriter writer, ReplicationRuleRecord rule)
    {
        if (rule.KmsObjects is null && rule.ReplicaModifications is null) return;
        writer.Start("SourceSelectionCriteria");
        Switch(writer, "SseKmsEncryptedObjects", rule.KmsObjects);
        Switch(writer, "ReplicaModifications", rule.ReplicaModifications);
        writer.End("SourceSelectionCriteria");
    }

    private static void Destination(S3XmlWriter writer, ReplicationDestinationRecord destination)
    {
        writer.Start("Destination");
        writer.Element("Bucket", destination.BucketArn);
        writer.Element("Account", destination.Account);
        writer.Element("StorageClass", destination.StorageClass);
        if (destination.OwnsReplicas)
        {
            writer.Start("AccessControlTranslation");
            writer.Element("Owner", "Destination");
            writer.End("AccessControlTranslation");
        }
        if (destination.KmsKeyId is not null)
        {
            writer.Start("EncryptionConfiguration");
            writer.Element("ReplicaKmsKeyID", destination.KmsKeyId);
            writer.End("EncryptionConfiguration");
        }
        Timed(writer, "ReplicationTime", "Time", destination.TimeControl);
        Timed(writer, "Metrics", "EventThreshold", destination.Metrics);
        writer.End("Destination");
    }

    private static void Timed(S3XmlWriter writer, string name, string limit, bool? value)
    {
        if (value is not { } isOn) return;
        writer.Start(name);
        writer.Element("Status", Status(isOn));
        if (isOn)
        {
            writer.Start(limit);
            writer.Element("Minutes", Minutes);
            writer.End(limit);
        }
        writer.End(name);
    }

    private static void Switch(S3XmlWriter writer, string name, bool? value)
    {
        if (value is not { } isOn) return;
        writer.Start(name);
        writer.Element("Status", Status(isOn));
        writer.End(name);
    }

    private static string Status(bool isOn) => isOn ? "Enabled" : "Disabled";
}
