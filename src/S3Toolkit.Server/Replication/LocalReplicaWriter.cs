using S3Toolkit.Server.Notifications;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Replication;

/// <summary>Replicas in another bucket of the same server: bytes go over as they are stored, encrypted or not.</summary>
internal sealed class LocalReplicaWriter(IS3Storage storage, EventHub events, ReplicaKeys keys) : IReplicaWriter
{
    public async Task WriteAsync(
        ObjectRecord source, BucketRecord sourceBucket, ReplicationDestinationRecord destination, CancellationToken cancellationToken)
    {
        BucketRecord target = await storage.FindBucketAsync(destination.BucketName, cancellationToken).ConfigureAwait(false)
            ?? throw new ReplicationException("The destination bucket does not exist.", isTransient: false);
        if (target.Versioning != BucketVersioning.Enabled)
            throw new ReplicationException("The destination bucket keeps no versions.", isTransient: false);
        if (source.IsDeleteMarker) await WriteMarkerAsync(source, target, cancellationToken).ConfigureAwait(false);
        else await WriteObjectAsync(source, sourceBucket, target, destination, cancellationToken).ConfigureAwait(false);
    }

    private async Task WriteObjectAsync(
        ObjectRecord source, BucketRecord sourceBucket, BucketRecord target, ReplicationDestinationRecord destination,
        CancellationToken cancellationToken)
    {
        ObjectLockRecord? locked = target.ObjectLock ? source.Lock : null;
        StorageResult<ObjectRecord> updated = await storage.UpdateObjectAsync(
            target.Name, source.Key, source.VersionId, record => record with { Tags = source.Tags, Lock = locked }, cancellationToken)
            .ConfigureAwait(false);
        if (updated.Status == StorageStatus.Done) return; // it was there
        ObjectProperties properties = source.Properties;
        ObjectRecord replica = source with
        {
            // Who may read the source need not be who may read the copy.
            Acl = null, OwnerId = null, Lock = locked, Replication = ReplicationStatus.Replica,
            Properties = properties with
            {
                StorageClass = destination.StorageClass ?? properties.StorageClass,
                Encryption = keys.Reseal(properties.Encryption, sourceBucket.Region, destination.KmsKeyId, target.Region),
            },
        };
        StagedBody body = await StageAsync(source, cancellationToken).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            StorageResult<ObjectRecord> written = await storage
                .PutAsync(target.Name, replica, body, WriteCondition.None, cancellationToken).ConfigureAwait(false);
            if (written.Value is { } done) events.Report(EventNames.Put, target, done, EventSource.Server);
            else if (written.Status != StorageStatus.AlreadyExists)
                throw new ReplicationException($"The destination bucket answered {written.Status}.", isTransient: true);
        }
    }

    private async Task WriteMarkerAsync(ObjectRecord source, BucketRecord target, CancellationToken cancellationToken)
    {
        DeletionRequest request = new(source.Key, null, WriteCondition.None, source.LastModified)
        {
            MarkerVersionId = source.VersionId, MarkerReplication = ReplicationStatus.Replica,
        };
        StorageResult<DeletionRecord> done = await storage.DeleteAsync(target.Name, request, cancellationToken).ConfigureAwait(false);
        if (done.Status == StorageStatus.Done) 
            events.Report(EventNames.Marker, target, source with { Replication = ReplicationStatus.Replica }, EventSource.Server);
        else if (done.Status != StorageStatus.AlreadyExists)
            throw new ReplicationException($"The destination bucket answered {done.Status}.", isTransient: true);
    }

    private async Task<StagedBody> StageAsync(ObjectRecord source, CancellationToken cancellationToken)
    {
        if (await storage.TryShareAsync(source.Body!, cancellationToken).ConfigureAwait(false) is { } shared) return shared;
        Stream stored = await source.Body!.OpenAsync(0, source.Length, cancellationToken).ConfigureAwait(false);
        await using (stored.ConfigureAwait(false))
        {
            StagedBody staged = await storage.StageAsync(source.Length, cancellationToken).ConfigureAwait(false);
            try
            {
                while (true)
                {
                    int count = await stored.ReadAsync(staged.GetMemory(), cancellationToken).ConfigureAwait(false);
                    if (count == 0) return staged;
                    await staged.AdvanceAsync(count, cancellationToken).ConfigureAwait(false);
                }
            }
            catch
            {
                await staged.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
    }
}
