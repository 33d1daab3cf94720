using S3Toolkit.Server.Access;
using S3Toolkit.Server.Notifications;
using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Operations.Locking;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Replication;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Objects;

internal static class DeleteObjects
{
    /// <summary>S3: 1,000 keys a request.</summary>
    private const int MaxKeys = 1000;

    public static async ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        S3XmlNode document = (await BodyReader.XmlAsync(context, "Delete", cancellationToken, needsDigest: true).ConfigureAwait(false))!;
        S3XmlNode[] objects = [.. document.Children.Where(node => node.Name == "Object")];
        if (objects.Length is 0 or > MaxKeys) throw S3Errors.MalformedXml().ToException();
        bool isQuiet = document.TextOf("Quiet")?.Trim().Equals("true", StringComparison.OrdinalIgnoreCase) ?? false;

        S3XmlWriter writer = ListingWriter.Create(isQuiet ? 0 : objects.Length);
        writer.Root("DeleteResult");
        // All are read before the first is deleted: a malformed request deletes nothing.
        DeletionRequest[] requests = [.. objects.Select(node => Read(node, context))];
        foreach (DeletionRequest request in requests)
        {
            try
            {
                DeletionRecord deletion = await DeleteAsync(context, request, cancellationToken).ConfigureAwait(false);
                if (!isQuiet) Deleted(writer, request.Key, request.VersionId, deletion);
            }
            catch (S3ErrorException exception)
            {
                Failed(writer, request.Key, request.VersionId, exception.Error);
            }
        }
        writer.End("DeleteResult");
        return S3Response.Xml(writer.ToMemory());
    }

    private static DeletionRequest Read(S3XmlNode node, OperationContext context)
    {
        string key = node.TextOf("Key") ?? throw S3Errors.MalformedXml().ToException();
        string? versionId = node.TextOf("VersionId") is { Length: > 0 } given ? given : null;
        return new DeletionRequest(key, versionId, Conditions.ReadDelete(node), context.Now)
        {
            LocksAt = context.ExactNow,
            MarkerReplication = ReplicationRules.StatusOfMarker(context.Bucket!, key),
            OwnerId = Ownership.ToStore(context.Bucket!, context.BucketOwnerId, context.Caller.CanonicalId),
            BypassesGovernance = ObjectLockHeaders.BypassesGovernance(context, key),
        };
    }

    private static async ValueTask<DeletionRecord> DeleteAsync(
        OperationContext context, DeletionRequest request, CancellationToken cancellationToken)
    {
        if (request.Key.Length == 0) throw S3Errors.InvalidArgument("The key must not be empty", "Key").ToException();
        ObjectKeys.Check(request.Key);
        Parameters.CheckVersionId(request.VersionId);
        await AccessStage.DemandDeleteAsync(context, request.Key, request.VersionId, cancellationToken).ConfigureAwait(false);
        StorageResult<DeletionRecord> result = await context.Storage.DeleteAsync(context.BucketName, request, cancellationToken)
            .ConfigureAwait(false);
        if (result.Status != StorageStatus.Done)
            throw StorageErrors.Of(result.Status, context.BucketName, request.Key, request.VersionId).ToException();
        context.ReportDeletion(request, result.Value!);
        return result.Value!;
    }

    private static void Deleted(S3XmlWriter writer, string key, string? versionId, DeletionRecord deletion)
    {
        writer.Start("Deleted");
        writer.Element("Key", key);
        writer.Element("VersionId", versionId);
        if (deletion.IsDeleteMarker)
        {
            writer.Element("DeleteMarker", true);
            writer.Element("DeleteMarkerVersionId", deletion.VersionId);
        }
        writer.End("Deleted");
    }

    private static void Failed(S3XmlWriter writer, string key, string? versionId, S3Error error)
    {
        writer.Start("Error");
        writer.Element("Key", key);
        writer.Element("VersionId", versionId);
        writer.Element("Code", error.Code);
        writer.Element("Message", error.Message);
        writer.End("Error");
    }
}
