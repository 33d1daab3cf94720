using System.Globalization;
using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Replication;

/// <summary>
/// How far a version is, as a header of an answer; and what a server of ours says to another with a replica: AWS's own servers tell each
/// other by ways that are not public. A server that does not know them stores a version of its own. Their names begin like AWS's so that no
/// signature leaves them out (ADR 11).
/// </summary>
internal static class ReplicaHeaders
{
    public const string Version = "x-amz-s3toolkit-replica-version";

    public const string Modified = "x-amz-s3toolkit-replica-modified";

    public static S3Response Replication(this S3Response response, ObjectRecord record) => response.Header(
        "x-amz-replication-status", record.Replication switch
        {
            ReplicationStatus.Pending => "PENDING",
            ReplicationStatus.Completed => "COMPLETED",
            ReplicationStatus.Failed => "FAILED",
            ReplicationStatus.Replica => "REPLICA",
            _ => null,
        });

    /// <summary>
    /// A record that is about to be written: as a replica when the request says so, else pending when a rule is about it.
    /// </summary>
    public static ObjectRecord Replicated(this ObjectRecord record, OperationContext context) => Read(context) is { } replica
        ? record.Replicated(replica)
        : record with { Replication = ReplicationRules.StatusOf(context.Bucket!, record) };

    public static ObjectRecord Replicated(this ObjectRecord record, ReplicaRecord replica) => record with
    {
        VersionId = replica.VersionId, LastModified = replica.LastModified, Replication = ReplicationStatus.Replica,
    };

    /// <summary>A record whose tags or lock have changed: what a rule is about is pending again.</summary>
    public static ObjectRecord ReplicatedAgain(this ObjectRecord record, OperationContext context) =>
        record.Replication is null or ReplicationStatus.Replica
            ? record
            : record with { Replication = ReplicationRules.StatusOf(context.Bucket!, record) ?? record.Replication };

    /// <exception cref="S3ErrorException">The bucket has the version already: no need to send its parts.</exception>
    public static async ValueTask RequireMissingAsync(
        ReplicaRecord? replica, OperationContext context, CancellationToken cancellationToken)
    {
        if (replica is null) return;
        StorageResult<ObjectRecord> found = await context.Storage
            .FindAsync(context.BucketName, context.Key, replica.VersionId, cancellationToken).ConfigureAwait(false);
        if (found.Status == StorageStatus.Done) StorageStatus.AlreadyExists.ThrowUnlessDone(context);
    }

    /// <summary>A form is a browser's: no server hands over a replica by one.</summary>
    /// <exception cref="S3ErrorException">It says that it does.</exception>
    public static void RefuseForm(OperationContext context, S3HeaderCollection fields)
    {
        bool isReplica = fields.Contains(Version) || fields.Contains(Modified)
            || context.Header(Version) is not null || context.Header(Modified) is not null;
        if (isReplica) throw S3Errors.AccessDenied().ToException();
    }

    /// <summary>Null when the request is none of another server's.</summary>
    /// <exception cref="S3ErrorException">Somebody else than the bucket's owner says so himself, or it cannot be read.</exception>
    public static ReplicaRecord? Read(OperationContext context)
    {
        if (context.Header(Version) is not { } versionId) return null;
        // Who may choose ids and times may forge a history: the owner alone, and nobody to whom he gave a presigned request.
        bool isOwner = context.Caller.CanonicalId == context.BucketOwnerId
            && context.Authenticated.Signature is { AuthType: SignatureFacts.Header };
        if (!isOwner) throw S3Errors.AccessDenied().ToException();
        bool isTime = long.TryParse(context.Header(Modified), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            && seconds < 253_402_300_800; // the year 10,000
        if (!isTime || versionId == ObjectRecord.NullVersion || context.Bucket!.Versioning != BucketVersioning.Enabled)
            throw S3Errors.InvalidRequest("The replica has no version or no time, or its bucket keeps no versions.").ToException();
        return new ReplicaRecord(Parameters.CheckVersionId(versionId)!, DateTimeOffset.FromUnixTimeSeconds(seconds));
    }
}
