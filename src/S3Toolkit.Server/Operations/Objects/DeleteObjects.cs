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

    /// <summary>So many at once share a flush to disk.</summary>
    private const int MaxConcurrency = 64;

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
        Outcome[] outcomes = await DeleteAllAsync(context, requests, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < requests.Length; i++)
        {
            (string key, string? versionId) = (requests[i].Key, requests[i].VersionId);
            if (outcomes[i].Error is { } error) Failed(writer, key, versionId, error);
            else if (!isQuiet) Deleted(writer, key, versionId, outcomes[i].Deletion!);
        }
        writer.End("DeleteResult");
        return S3Response.Xml(writer.ToMemory());
    }

    /// <summary>Several keys at a time, the entries of one key one after the other; what came of them is in the order asked.</summary>
    private static async Task<Outcome[]> DeleteAllAsync(
        OperationContext context, DeletionRequest[] requests, CancellationToken cancellationToken)
    {
        Outcome[] outcomes = new Outcome[requests.Length];
        ParallelOptions options = new() { MaxDegreeOfParallelism = MaxConcurrency, CancellationToken = cancellationToken };
        IEnumerable<IGrouping<string, int>> keys = Enumerable.Range(0, requests.Length)
            .GroupBy(i => requests[i].Key, StringComparer.Ordinal);
        await Parallel.ForEachAsync(keys, options, async (indexes, token) =>
        {
            foreach (int i in indexes) outcomes[i] = await TryDeleteAsync(context, requests[i], token).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return outcomes;
    }

    private static async ValueTask<Outcome> TryDeleteAsync(
        OperationContext context, DeletionRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return new Outcome(await DeleteAsync(context, request, cancellationToken).ConfigureAwait(false), null);
        }
        catch (S3ErrorException exception)
        {
            return new Outcome(null, exception.Error);
        }
        catch (StorageFullException)
        {
            return new Outcome(null, S3Errors.InsufficientStorage()); // others may have been deleted: they must be told of
        }
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
        Parameters.CheckListedVersionId(context, request.Key, request.VersionId);
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

    /// <summary>What was deleted, or why nothing was.</summary>
    private readonly record struct Outcome(DeletionRecord? Deletion, S3Error? Error);
}
