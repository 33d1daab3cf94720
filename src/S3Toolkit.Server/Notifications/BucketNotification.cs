using S3Toolkit.Server.Operations.Configurations;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Notifications;

/// <summary>The notifications of a bucket, told and asked. A bucket that has none shows an empty document.</summary>
internal static class BucketNotification
{
    private static readonly NotificationRecord Empty = new();

    public static readonly BucketConfiguration<NotificationRecord> Kind = new()
    {
        Root = "NotificationConfiguration",
        Read = static (document, _) => NotificationReader.Read(document),
        Write = Write,
        Of = static bucket => bucket.Notification ?? Empty,
        // An empty document is how S3 is told to stop.
        With = static (bucket, value) => bucket with { Notification = value is { Targets.Count: 0, EventBridge: false } ? null : value },
        Missing = S3Errors.NoSuchBucket, // never: there is always a document
        Told = static (value, context) =>
        {
            // S3 sends a test to see whether the destination takes it, unless it is told not to look.
            bool isSkipped = context.Header("x-amz-skip-destination-validation") is { } text
                && text.Equals("true", StringComparison.OrdinalIgnoreCase);
            if (!isSkipped) context.Server.Events.SendTest(context.BucketName, value, context.RequestId);
        },
    };

    private static void Write(S3XmlWriter writer, NotificationRecord value)
    {
        foreach (NotificationTargetRecord target in value.Targets)
        {
            (string element, string arn) = target.Kind switch
            {
                NotificationTargetKind.Topic => ("TopicConfiguration", "Topic"),
                NotificationTargetKind.Queue => ("QueueConfiguration", "Queue"),
                _ => ("CloudFunctionConfiguration", "CloudFunction"),
            };
            writer.Start(element);
            writer.Element("Id", target.Id);
            writer.Element(arn, target.Arn);
            foreach (string name in target.Events) writer.Element("Event", name);
            if (target.Prefix is not null || target.Suffix is not null) Filter(writer, target);
            writer.End(element);
        }
        if (!value.EventBridge) return;
        writer.Start("EventBridgeConfiguration");
        writer.End("EventBridgeConfiguration");
    }

    private static void Filter(S3XmlWriter writer, NotificationTargetRecord target)
    {
        writer.Start("Filter");
        writer.Start("S3Key");
        Rule("Prefix", target.Prefix);
        Rule("Suffix", target.Suffix);
        writer.End("S3Key");
        writer.End("Filter");

        void Rule(string name, string? value)
        {
            if (value is null) return;
            writer.Start("FilterRule");
            writer.Element("Name", name);
            writer.Element("Value", value);
            writer.End("FilterRule");
        }
    }
}
