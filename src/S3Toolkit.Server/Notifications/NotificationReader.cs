using System.Security.Cryptography;
using System.Text;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Notifications;

/// <summary>The document to its destinations. Whether a destination is there is not asked: there is no SNS, SQS or Lambda here.</summary>
internal static class NotificationReader
{
    public static NotificationRecord Read(S3XmlNode document)
    {
        List<NotificationTargetRecord> targets = [];
        bool eventBridge = false;
        foreach (S3XmlNode node in document.Children)
        {
            if (node.Name == "EventBridgeConfiguration") eventBridge = true;
            else targets.Add(Target(node));
        }
        CheckIds(targets);
        CheckOverlaps(targets);
        return new NotificationRecord { Targets = targets, EventBridge = eventBridge };
    }

    private static NotificationTargetRecord Target(S3XmlNode node)
    {
        (NotificationTargetKind kind, string arnElement, string service) = node.Name switch
        {
            "TopicConfiguration" => (NotificationTargetKind.Topic, "Topic", "sns"),
            "QueueConfiguration" => (NotificationTargetKind.Queue, "Queue", "sqs"),
            "CloudFunctionConfiguration" => (NotificationTargetKind.Function, "CloudFunction", "lambda"),
            _ => throw Malformed(),
        };
        string arn = node.TextOf(arnElement)?.Trim() ?? throw Malformed();
        string[] events = [.. node.Children.Where(static child => child.Name == "Event").Select(static child => child.Text.Trim())];
        if (events.Length == 0) throw Malformed();
        if (Array.Find(events, static name => !EventNames.IsKnown(name)) is { } unknown)
            throw S3Errors.InvalidArgument("The event is not supported for notifications", "Event", unknown).ToException();
        if (!IsArn(arn, service)) throw S3Errors.InvalidArgument("The ARN is not well formed", arnElement, arn).ToException();
        (string? prefix, string? suffix) = Filter(node.Child("Filter"));
        return new NotificationTargetRecord
        {
            Kind = kind,
            Id = node.TextOf("Id") is { Length: > 0 } id ? id : NewId(),
            Arn = arn,
            Events = events,
            Prefix = prefix,
            Suffix = suffix,
        };
    }

    private static (string? Prefix, string? Suffix) Filter(S3XmlNode? filter)
    {
        string? prefix = null, suffix = null;
        if (filter is null) return (prefix, suffix);
        S3XmlNode key = filter.Child("S3Key") ?? throw Malformed();
        foreach (S3XmlNode rule in key.Children)
        {
            string? value = rule.TextOf("Value");
            if (rule.Name != "FilterRule" || value is null) throw Malformed();
            if (value.Length > 1024)
                throw S3Errors.InvalidArgument(
                    "filter rule value cannot be longer than 1024 bytes", "FilterRule.Value", value).ToException();
            switch (rule.TextOf("Name")?.ToUpperInvariant())
            {
                case "PREFIX" when prefix is null:
                    prefix = value;
                    break;
                case "SUFFIX" when suffix is null:
                    suffix = value;
                    break;
                case "PREFIX" or "SUFFIX":
                    throw S3Errors.InvalidArgument(
                        "Cannot specify more than one prefix rule or one suffix rule in a filter.", "FilterRule.Name").ToException();
                case { } other:
                    throw S3Errors.InvalidArgument(
                        "filter rule name must be either prefix or suffix", "FilterRule.Name", other).ToException();
                default:
                    throw Malformed();
            }
        }
        return (prefix, suffix);
    }

    private static void CheckIds(List<NotificationTargetRecord> targets)
    {
        HashSet<string> ids = new(StringComparer.Ordinal);
        foreach (NotificationTargetRecord target in targets)
        {
            if (target.Id.Length > 255)
                throw S3Errors.InvalidArgument("ID length should not exceed allowed limit of 255", "Id", target.Id).ToException();
            if (!ids.Add(target.Id))
                throw S3Errors.InvalidArgument("Configuration ID must be unique", "Id", target.Id).ToException();
        }
    }

    /// <summary>S3 tells one destination of an event: filters that both match a key, for the same event, are refused.</summary>
    private static void CheckOverlaps(List<NotificationTargetRecord> targets)
    {
        for (int i = 0; i < targets.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (!NotificationOverlap.Of(targets[i], targets[j])) continue;
                throw S3Errors.InvalidArgument(
                    "Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping "
                    + "for the same event type.").ToException();
            }
        }
    }

    private static bool IsArn(string arn, string service)
    {
        string[] parts = arn.Split(':');
        return parts.Length >= 6 && parts[0] == "arn" && parts[2] == service && parts[5].Length > 0;
    }

    private static string NewId() =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(new Guid(RandomNumberGenerator.GetBytes(16)).ToString("D")));

    private static S3ErrorException Malformed() => S3Errors.MalformedXml().ToException();
}
