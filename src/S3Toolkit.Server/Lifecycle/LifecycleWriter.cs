using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Lifecycle;

/// <summary>The rules as their document, in the form in which they came.</summary>
internal static class LifecycleWriter
{
    public static void Write(S3XmlWriter writer, LifecycleRecord rules)
    {
        foreach (LifecycleRuleRecord rule in rules.Rules)
        {
            writer.Start("Rule");
            writer.Element("ID", rule.Id);
            if (rule.HasOldPrefix) writer.Element("Prefix", rule.Filter.Prefix);
            else Filter(writer, rule.Filter);
            writer.Element("Status", rule.IsEnabled ? "Enabled" : "Disabled");
            foreach (TransitionRecord move in rule.Transitions) Transition(writer, move);
            if (rule.Expiration is { } expiration) Expiration(writer, expiration);
            foreach (NoncurrentTransitionRecord move in rule.NoncurrentTransitions)
            {
                writer.Start("NoncurrentVersionTransition");
                Noncurrent(writer, move.Days, move.KeptVersions);
                writer.Element("StorageClass", move.StorageClass);
                writer.End("NoncurrentVersionTransition");
            }
            if (rule.NoncurrentExpiration is { } noncurrent)
            {
                writer.Start("NoncurrentVersionExpiration");
                Noncurrent(writer, noncurrent.Days, noncurrent.KeptVersions);
                writer.End("NoncurrentVersionExpiration");
            }
            if (rule.AbortAfterDays is { } days)
            {
                writer.Start("AbortIncompleteMultipartUpload");
                writer.Element("DaysAfterInitiation", days);
                writer.End("AbortIncompleteMultipartUpload");
            }
            writer.End("Rule");
        }
    }

    private static void Filter(S3XmlWriter writer, LifecycleFilterRecord filter)
    {
        writer.Start("Filter");
        if (filter.IsAnd) writer.Start("And");
        writer.Element("Prefix", filter.Prefix);
        if (filter.LargerThanBytes is { } larger) writer.Element("ObjectSizeGreaterThan", larger);
        if (filter.SmallerThanBytes is { } smaller) writer.Element("ObjectSizeLessThan", smaller);
        foreach (TagRecord tag in filter.Tags)
        {
            writer.Start("Tag");
            writer.Element("Key", tag.Key);
            writer.Element("Value", tag.Value);
            writer.End("Tag");
        }
        if (filter.IsAnd) writer.End("And");
        writer.End("Filter");
    }

    private static void Transition(S3XmlWriter writer, TransitionRecord move)
    {
        writer.Start("Transition");
        When(writer, move.Days, move.Date);
        writer.Element("StorageClass", move.StorageClass);
        writer.End("Transition");
    }

    private static void Expiration(S3XmlWriter writer, ExpirationRecord expiration)
    {
        writer.Start("Expiration");
        When(writer, expiration.Days, expiration.Date);
        if (expiration.DeletesLoneMarkers is { } lone) writer.Element("ExpiredObjectDeleteMarker", lone);
        writer.End("Expiration");
    }

    private static void When(S3XmlWriter writer, int? days, DateTimeOffset? date)
    {
        if (days is { } count) writer.Element("Days", count);
        if (date is { } day) writer.Element("Date", day);
    }

    private static void Noncurrent(S3XmlWriter writer, int days, int? keptVersions)
    {
        writer.Element("NoncurrentDays", days);
        if (keptVersions is { } kept) writer.Element("NewerNoncurrentVersions", kept);
    }
}
