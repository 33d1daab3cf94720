using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Notifications;

internal static class ReportExtensions
{
    /// <summary>Tells what a request did, after it was committed.</summary>
    public static void Report(this OperationContext context, string eventName, ObjectRecord record) => context.Server.Events.Report(
        eventName, context.Bucket!, record,
        new EventSource(context.Caller.CanonicalId, context.Request.RemoteAddress.ToString(), context.RequestId));

    /// <summary>Tells of a delete: a delete marker that was added, or a version that is gone.</summary>
    public static void ReportDeletion(this OperationContext context, DeletionRequest request, DeletionRecord deletion)
    {
        bool isMarker = deletion.IsDeleteMarker && request.VersionId is null;
        ObjectRecord gone = new()
        {
            Key = request.Key,
            VersionId = deletion.VersionId ?? ObjectRecord.NullVersion,
            IsDeleteMarker = deletion.IsDeleteMarker,
            LastModified = context.Now,
            Replication = isMarker ? request.MarkerReplication : null,
        };
        context.Report(isMarker ? EventNames.Marker : EventNames.Delete, gone);
    }
}
