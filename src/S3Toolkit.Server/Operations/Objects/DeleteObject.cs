using S3Toolkit.Server.Access;
using S3Toolkit.Server.Notifications;
using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Operations.Locking;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Replication;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Operations.Objects;

internal static class DeleteObject
{
    public static async ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        ReplicaRecord? replica = ReplicaHeaders.Read(context);
        DeletionRequest request = new(
            context.Key, Parameters.VersionId(context), Conditions.ReadDelete(context.Request.Headers),
            replica?.LastModified ?? context.Now)
        {
            MarkerVersionId = replica?.VersionId,
            MarkerReplication = replica is not null
                ? ReplicationStatus.Replica
                : ReplicationRules.StatusOfMarker(context.Bucket!, context.Key),
            LocksAt = context.ExactNow,
            OwnerId = Ownership.ToStore(context.Bucket!, context.BucketOwnerId, context.Caller.CanonicalId),
            BypassesGovernance = ObjectLockHeaders.BypassesGovernance(context, context.Key),
        };
        DeletionRecord deletion = (await context.Storage.DeleteAsync(context.BucketName, request, cancellationToken).ConfigureAwait(false))
            .ValueOrThrow(context, request.VersionId);
        context.ReportDeletion(request, deletion);
        return S3Response.NoContent()
            .Header("x-amz-delete-marker", deletion.IsDeleteMarker ? "true" : null)
            .Version(deletion.VersionId, context);
    }
}
