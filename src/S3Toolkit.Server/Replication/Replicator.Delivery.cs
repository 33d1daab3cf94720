using Microsoft.Extensions.Logging;
using S3Toolkit.Server.Notifications;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Replication;

/// <summary>
/// This file: one version to where its rules say. As on S3 it fails only when it was refused for good; while a destination is away, or the
/// own storage fails, it stays pending.
/// </summary>
internal sealed partial class Replicator
{
    private const int MaxAttempts = 4;

    private async Task ReplicateAsync(ReplicationJob job)
    {
        try
        {
            if (await _storage.FindBucketAsync(job.BucketName, _stopping.Token).ConfigureAwait(false) is not { } bucket) return;
            ObjectRecord? source = (await _storage
                .FindAsync(job.BucketName, job.Key, job.VersionId, _stopping.Token).ConfigureAwait(false)).Value;
            // It may be gone, also by a restore, or already copied.
            if (source is not { Replication: ReplicationStatus.Pending }) return;
            IReadOnlyList<ReplicationRuleRecord> rules = ReplicationRules.Of(bucket, source);
            bool isRefused = false, isDeferred = false;
            foreach (ReplicationRuleRecord rule in rules)
            {
                ReplicationOutcome outcome = await DeliverAsync(job, source, bucket, rule).ConfigureAwait(false);
                isRefused |= outcome == ReplicationOutcome.Refused;
                isDeferred |= outcome == ReplicationOutcome.Deferred;
            }
            if (isDeferred) return;
            // Of a delete marker S3 tells nobody how far it is.
            ReplicationStatus? status = isRefused ? ReplicationStatus.Failed
                : rules.Count == 0 || source.IsDeleteMarker ? null : ReplicationStatus.Completed;
            await FinishAsync(source, bucket, status).ConfigureAwait(false);
        }
        catch (Exception exception) when (!_stopping.IsCancellationRequested)
        {
            LogFailed(exception, job.BucketName);
            _backoff.Fail(ReplicationBackoff.OwnStorage);
            Miss(ReplicationBackoff.OwnStorage);
        }
    }

    private async Task FinishAsync(ObjectRecord source, BucketRecord bucket, ReplicationStatus? status)
    {
        await _storage.UpdateReplicationAsync(bucket.Name, source.Key, source.VersionId, Judge, _stopping.Token).ConfigureAwait(false);
        if (status == ReplicationStatus.Failed)
            _events.Report(EventNames.ReplicationFailed, bucket, source with { Replication = null }, EventSource.Server);

        ReplicationStatus? Judge(ObjectRecord now)
        {
            // Tags or a lock that changed meanwhile are in the queue behind this.
            bool isSame = now.Lock == source.Lock && now.Tags.SequenceEqual(source.Tags);
            return now.Replication == ReplicationStatus.Pending && isSame ? status : now.Replication;
        }
    }

    private async Task<ReplicationOutcome> DeliverAsync(
        ReplicationJob job, ObjectRecord source, BucketRecord bucket, ReplicationRuleRecord rule)
    {
        string destination = rule.Destination.BucketName;
        if (_backoff.IsAway(destination))
        {
            Miss(destination);
            return ReplicationOutcome.Deferred;
        }
        if (MayOvertake(job, destination))
        {
            // What was written last is the current version over there too.
            foreach (string versionId in await OlderAsync(job).ConfigureAwait(false))
            {
                ObjectRecord? older = (await _storage
                    .FindAsync(job.BucketName, job.Key, versionId, _stopping.Token).ConfigureAwait(false)).Value;
                ReplicationRuleRecord? same = older is null
                    ? null
                    : ReplicationRules.Of(bucket, older).FirstOrDefault(item => item.Destination.BucketName == destination);
                if (same is null) continue;
                if (await TryAsync(older!, bucket, same).ConfigureAwait(false) == ReplicationOutcome.Deferred)
                    return ReplicationOutcome.Deferred;
            }
        }
        return await TryAsync(source, bucket, rule).ConfigureAwait(false);
    }

    private async Task<ReplicationOutcome> TryAsync(ObjectRecord source, BucketRecord bucket, ReplicationRuleRecord rule)
    {
        string destination = rule.Destination.BucketName;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await _writerOf(destination).WriteAsync(source, bucket, rule.Destination, _stopping.Token).ConfigureAwait(false);
                _backoff.Succeed(destination);
                return ReplicationOutcome.Done;
            }
            catch (ReplicationException exception) when (!exception.IsTransient)
            {
                LogRefused(exception, destination);
                return ReplicationOutcome.Refused;
            }
            catch (ReplicationException exception)
            {
                if (attempt < MaxAttempts && !_backoff.HasFailed(destination))
                {
                    // 100 ms, 400 ms, 1.6 s of the machine's clock: the other server lives by it.
                    TimeSpan delay = TimeSpan.FromMilliseconds(100 * Math.Pow(4, attempt - 1));
                    await Task.Delay(delay, TimeProvider.System, _stopping.Token).ConfigureAwait(false);
                    continue;
                }
                LogAway(exception, destination, attempt);
                _backoff.Fail(destination);
            }
            catch (Exception exception) when (!_stopping.IsCancellationRequested)
            {
                // A full disk, or a body that is damaged: nothing that the destination could help.
                LogFailed(exception, destination);
                _backoff.Fail(ReplicationBackoff.OwnStorage);
            }
            Miss(destination);
            return ReplicationOutcome.Deferred;
        }
    }

    /// <summary>The versions of the job's key that came before it and are pending, oldest first.</summary>
    private async Task<IEnumerable<string>> OlderAsync(ReplicationJob job)
    {
        Stack<string> older = new();
        bool isPast = false;
        string key = "", version = "";
        while (true)
        {
            VersionQuery query = new(job.Key, "", key, version, PageSize);
            StorageResult<VersionPage> page = await _storage
                .ListVersionsAsync(job.BucketName, query, _stopping.Token).ConfigureAwait(false);
            if (page.Value is not { } found) return [];
            foreach (ListedVersionRecord item in found.Versions)
            {
                if (item.Record.Key != job.Key) return older;
                if (isPast && item.Record.Replication == ReplicationStatus.Pending) older.Push(item.Record.VersionId);
                isPast |= item.Record.VersionId == job.VersionId;
            }
            if (!found.IsTruncated) return older;
            (key, version) = (found.LastKey, found.LastVersion);
        }
    }

    [LoggerMessage(40, LogLevel.Warning, "A version cannot be replicated to bucket {Bucket}.")]
    private partial void LogRefused(Exception exception, string bucket);

    [LoggerMessage(42, LogLevel.Warning, "Bucket {Bucket} took no replica in {Attempts} attempts; it is asked again later.")]
    private partial void LogAway(Exception exception, string bucket, int attempts);

    [LoggerMessage(43, LogLevel.Warning, "A version of bucket {Bucket} could not be replicated; it is tried again later.")]
    private partial void LogFailed(Exception exception, string bucket);
}
