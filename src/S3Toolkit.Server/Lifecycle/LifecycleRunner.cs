using S3Toolkit.Server.Notifications;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Lifecycle;

/// <summary>Walks the buckets that have rules, page by page in constant memory, and does what the planner says is due.</summary>
internal sealed class LifecycleRunner(
    IS3Storage storage, EventHub events, S3ServerClock clock, LifecycleCalendar calendar, int pageSize = 1000)
{
    /// <summary>So many at once share a flush to disk.</summary>
    private const int MaxConcurrency = 64;

    /// <summary>Does what is due, and counts it as it goes. Whether any bucket has rules that are enabled.</summary>
    public async Task<bool> RunAsync(LifecycleTally tally, CancellationToken cancellationToken)
    {
        bool hasRules = false;
        await foreach (BucketRecord bucket in BucketsWithRulesAsync(cancellationToken).ConfigureAwait(false))
        {
            hasRules = true;
            await RunVersionsAsync(bucket, tally, cancellationToken).ConfigureAwait(false);
            await RunUploadsAsync(bucket, tally, cancellationToken).ConfigureAwait(false);
        }
        return hasRules;
    }

    public async Task<bool> HasRulesAsync(CancellationToken cancellationToken)
    {
        await foreach (BucketRecord _ in BucketsWithRulesAsync(cancellationToken).ConfigureAwait(false)) return true;
        return false;
    }

    private async IAsyncEnumerable<BucketRecord> BucketsWithRulesAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        BucketPage page;
        string after = "";
        do
        {
            page = await storage.ListBucketsAsync(new BucketQuery("", after, null, pageSize), cancellationToken).ConfigureAwait(false);
            foreach (BucketRecord bucket in page.Buckets)
            {
                after = bucket.Name;
                if (bucket.Lifecycle is { IsActive: true }) yield return bucket;
            }
        }
        while (page.IsTruncated);
    }

    private async Task RunVersionsAsync(BucketRecord bucket, LifecycleTally tally, CancellationToken cancellationToken)
    {
        LifecyclePlanner planner = new(bucket.Lifecycle!, bucket.Versioning, calendar, clock.GetUtcNow(), bucket.Replication is not null);
        List<LifecycleAction> due = [];
        string key = "", version = "";
        for (bool isLast = false; !isLast;)
        {
            VersionQuery query = new("", "", key, version, pageSize);
            StorageResult<VersionPage> page = await storage.ListVersionsAsync(bucket.Name, query, cancellationToken).ConfigureAwait(false);
            if (page.Value is not { } found) return; // the bucket went meanwhile
            due.Clear();
            foreach (ListedVersionRecord item in found.Versions) planner.Add(item, due);
            isLast = !found.IsTruncated;
            if (isLast) planner.End(due);
            (key, version) = (found.LastKey, found.LastVersion);
            await Parallel.ForEachAsync(
                due, Options(cancellationToken), (action, token) => ExecuteAsync(bucket, action, tally, token)).ConfigureAwait(false);
        }
    }

    private async Task RunUploadsAsync(BucketRecord bucket, LifecycleTally tally, CancellationToken cancellationToken)
    {
        if (!bucket.Lifecycle!.Rules.Any(static rule => rule is { IsEnabled: true, AbortAfterDays: not null })) return;
        DateTimeOffset now = clock.GetUtcNow();
        string key = "", uploadId = "";
        for (bool isLast = false; !isLast;)
        {
            UploadQuery query = new("", "", key, uploadId, pageSize);
            StorageResult<UploadPage> page = await storage.ListUploadsAsync(bucket.Name, query, cancellationToken).ConfigureAwait(false);
            if (page.Value is not { } found) return;
            isLast = !found.IsTruncated;
            (key, uploadId) = (found.LastKey, found.LastUploadId);
            IEnumerable<UploadRecord> due = found.Uploads
                .Where(upload => LifecycleDates.OfAbort(bucket.Lifecycle!, upload, calendar)?.Date <= now);
            await Parallel.ForEachAsync(due, Options(cancellationToken), async (upload, token) =>
            {
                StorageStatus status = await storage.AbortUploadAsync(
                    bucket.Name, upload.Key, upload.UploadId, token).ConfigureAwait(false);
                if (status == StorageStatus.Done) tally.Aborted();
            }).ConfigureAwait(false);
        }
    }

    private async ValueTask ExecuteAsync(
        BucketRecord bucket, LifecycleAction action, LifecycleTally tally, CancellationToken cancellationToken)
    {
        if (action.Kind == LifecycleActionKind.Transition)
        {
            if (await MoveAsync(bucket, action, cancellationToken).ConfigureAwait(false)) tally.Moved();
            return;
        }
        StorageResult<DeletionRecord> deleted = await storage
            .DeleteAsync(bucket.Name, Deletion(action), cancellationToken).ConfigureAwait(false);
        if (deleted.Value is not { } done) return; // it changed since it was planned: the next run looks again
        bool isHidden = action.Kind == LifecycleActionKind.ExpireCurrent && done.IsDeleteMarker;
        if (isHidden)
        {
            tally.Hid();
            ObjectRecord marker = new()
            {
                Key = action.Record.Key, VersionId = done.VersionId ?? ObjectRecord.NullVersion, IsDeleteMarker = true,
                LastModified = clock.GetUtcNow(),
            };
            events.Report(EventNames.ExpiredMarker, bucket, marker, EventSource.Server);
            return;
        }
        tally.Removed();
        events.Report(EventNames.Expired, bucket, action.Record, EventSource.Server);
    }

    private DeletionRequest Deletion(LifecycleAction action)
    {
        DateTimeOffset now = Wire.WireTime.ToWholeSeconds(clock.GetUtcNow());
        ObjectRecord record = action.Record;
        if (record.IsDeleteMarker) return new(record.Key, record.VersionId, WriteCondition.None, now);
        // What was written since is another object, and not due.
        WriteCondition same = new(IfMatch: record.ETag) { IfLastModified = record.LastModified, IfLength = record.Length };
        return new(record.Key, action.Kind == LifecycleActionKind.ExpireCurrent ? null : record.VersionId, same, now);
    }

    private async Task<bool> MoveAsync(BucketRecord bucket, LifecycleAction action, CancellationToken cancellationToken)
    {
        ObjectRecord planned = action.Record;
        StorageResult<ObjectRecord> changed = await storage.UpdateObjectAsync(
            bucket.Name, planned.Key, planned.VersionId, record =>
                record.ETag == planned.ETag && record.LastModified == planned.LastModified
                    ? record with { Properties = record.Properties with { StorageClass = action.StorageClass! } }
                    : record,
            cancellationToken).ConfigureAwait(false);
        if (changed.Value is not { } moved || moved.Properties.StorageClass != action.StorageClass) return false;
        events.Report(EventNames.Transition, bucket, moved, EventSource.Server);
        return true;
    }

    private static ParallelOptions Options(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = MaxConcurrency, CancellationToken = cancellationToken };
}
