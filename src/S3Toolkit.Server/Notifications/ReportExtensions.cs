using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Replication;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Notifications;

internal static class ReportExtensions
{
    /// <summary>Tells what a request did, after it was committed.</summary>
    public static void Report(this OperationContext context, string eventName, ObjectRecord record) => context.Server.Events.Report(
        eventName, context.Bucket!, record,
        new EventSource(context.Caller.CanonicalId, context.Request.RemoteAddress.ToString(), context.RequestId));

    /// <summary>Tells of a delete: a delete marker that was added, or a version that is gone.</summary>
    public static void ReportDeletion(this OperationContext context, string key, string? versionId, DeletionRecord deletion)
    {
        bool isMarker = deletion.IsDeleteMarker && versionId is null;
        ObjectRecord gone = new()
        {
            Key = key,
            VersionId = deletion.VersionId ?? ObjectRecord.NullVersion,
            IsDeleteMarker = deletion.IsDeleteMarker,
            LastModified = context.Now,
        };
        if (isMarker) gone = gone.Replicated(context);
        context.Report(isMarker ? EventNames.Marker : EventNames.Delete, gone);
    }
}
