using System.Globalization;
using S3Toolkit.Server.Replication;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Notifications;

/// <summary>
/// The one place where operations and the server's own jobs tell what they did, after it was committed. Nothing is built when nobody is to
/// be told, and nobody who is told can hold up or fail who tells.
/// </summary>
internal sealed class EventHub(S3ServerEvents events, Webhook? webhook, S3ServerClock clock, string rootId)
{
    private long _sequence;

    /// <summary>Who copies what is pending; null while the server is made.</summary>
    public Action<BucketRecord, ObjectRecord>? Replicate { get; set; }

    /// <summary>A version changed in a way that nobody is told of, but that may have to be copied.</summary>
    public void Queue(BucketRecord bucket, ObjectRecord record)
    {
        if (record.Replication == ReplicationStatus.Pending) Replicate?.Invoke(bucket, record);
    }

    /// <summary>Something happened to a version: the record as it is now, or as it was when it is gone.</summary>
    public void Report(string name, BucketRecord bucket, ObjectRecord record, EventSource source)
    {
        Queue(bucket, record);
        bool isSent = webhook is not null && bucket.Notification is not null;
        if (!isSent && !events.IsHeard) return;
        Tell(Build(name, bucket, record, source), bucket);
    }

    /// <summary>As AWS does when a bucket is told whom to tell: topics and queues get a message that nothing happened to.</summary>
    public void SendTest(string bucketName, NotificationRecord notification, string requestId)
    {
        if (webhook is null) return;
        DateTimeOffset now = clock.GetUtcNow();
        int count = notification.Targets.Where(static target => target.Kind != NotificationTargetKind.Function)
            .Select(static target => target.Arn).Distinct(StringComparer.Ordinal).Count();
        for (int i = 0; i < count; i++)
            webhook.Add(new WebhookMessage(EventNames.Test, bucketName, () => EventJson.WriteTest(bucketName, now, requestId)));
    }

    private void Tell(S3ObjectEvent item, BucketRecord bucket)
    {
        events.Add(item);
        if (webhook is null) return;
        foreach (string id in item.ConfigurationIds) Send(id);
        if (bucket.Notification is { EventBridge: true }) Send("");

        void Send(string id) => webhook.Add(new WebhookMessage(item.EventName, item.BucketName, () => item.ToJson(id)));
    }

    private S3ObjectEvent Build(string name, BucketRecord bucket, ObjectRecord record, EventSource source)
    {
        bool isGone = name is EventNames.Delete or EventNames.Expired || record.IsDeleteMarker;
        return new S3ObjectEvent
        {
            EventName = name,
            Time = clock.GetUtcNow(),
            BucketName = bucket.Name,
            Region = bucket.Region,
            OwnerId = bucket.OwnerId ?? rootId,
            Key = record.Key,
            VersionId = bucket.Versioning == BucketVersioning.None ? null : record.VersionId,
            SizeBytes = isGone ? null : record.Length,
            ETag = isGone ? null : record.ETag,
            Sequencer = NextSequence().ToString("X16", CultureInfo.InvariantCulture),
            PrincipalId = source.PrincipalId,
            SourceAddress = source.Address,
            RequestId = source.RequestId,
            StorageClass = name == EventNames.Transition ? record.Properties.StorageClass : null,
            ConfigurationIds = bucket.Notification is { } configuration
                ? [.. configuration.Targets.Where(target => target.Matches(name, record.Key)).Select(static target => target.Id)]
                : [],
        };
    }

    /// <summary>The time, so that a restarted server goes on above where it was; and always one more than the last.</summary>
    private long NextSequence()
    {
        long now = clock.GetUtcNow().UtcTicks;
        while (true)
        {
            long last = Interlocked.Read(ref _sequence);
            long next = Math.Max(last + 1, now);
            if (Interlocked.CompareExchange(ref _sequence, next, last) == last) return next;
        }
    }
}
