using Microsoft.Extensions.Logging;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Replication;

/// <summary>
/// This file: finds what is pending and in no queue. What had to be put off is not kept in memory but looked for when it is due, oldest
/// first. Scans begin only when all queues are empty.
/// </summary>
internal sealed partial class Replicator
{
    private const int PageSize = 1000;

    /// <summary>Destinations to which something is pending that is in no queue; the server's own storage stands for all.</summary>
    private readonly HashSet<string> _behind = new(StringComparer.Ordinal);

    /// <summary>The same, of what was put off since the last scan began: when it is empty at the end, nothing is behind any more.</summary>
    private readonly HashSet<string> _missed = new(StringComparer.Ordinal);

    private DateTimeOffset? _retryAt;
    private bool _scansNext;

    /// <summary>Looks for what an earlier process, or the server that a snapshot is of, left pending. Nobody is away any more.</summary>
    public void Recover()
    {
        _backoff.Clear();
        lock (_gate)
        {
            _behind.Add(ReplicationBackoff.OwnStorage);
            _scansNext = true;
            if (_outstanding == 0) TryScan_NeedsLock();
        }
    }

    /// <summary>Time has passed, or was moved.</summary>
    private void Wake()
    {
        lock (_gate)
        {
            if (_outstanding == 0) TryScan_NeedsLock();
        }
    }

    /// <summary>Something stays pending, and is looked for again.</summary>
    /// <param name="destination">Where it was to go; the server's own storage when that failed.</param>
    private void Miss(string destination)
    {
        lock (_gate)
        {
            _behind.Add(destination);
            _missed.Add(destination);
        }
    }

    /// <summary>Whether an older version may have to go first.</summary>
    private bool MayOvertake(ReplicationJob job, string destination)
    {
        lock (_gate)
        {
            HashSet<string> names = job.IsFound ? _missed : _behind;
            return names.Count > 0 && (names.Contains(destination) || names.Contains(ReplicationBackoff.OwnStorage));
        }
    }

    /// <summary>Begins a scan if one is due, and else sees to it that it will be.</summary>
    private bool TryScan_NeedsLock()
    {
        if (_stopping.IsCancellationRequested) return false;
        if (!_scansNext && _missed.Count == 0)
        {
            _behind.Clear();
            _backoff.Clear();
            return false;
        }
        if (!_scansNext && Wait_NeedsLock() is { } wait)
        {
            Arm(wait);
            return false;
        }
        (_scansNext, _retryAt) = (false, null);
        _missed.Clear();
        EnsureStarted_NeedsLock();
        _outstanding++;
        _scan = Task.Run(ScanAsync);
        return true;
    }

    /// <summary>How long until what was put off is due; null when it is.</summary>
    private TimeSpan? Wait_NeedsLock()
    {
        DateTimeOffset next = _backoff.Next(), now = _clock.GetUtcNow();
        if (_retryAt is not { } due || due > next) _retryAt = due = next;
        return due > now ? due - now : null;
    }

    private void Arm(TimeSpan delay)
    {
        try
        {
            _timer.Change(delay, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // stopped meanwhile
        }
    }

    private async Task ScanAsync()
    {
        try
        {
            string after = "";
            BucketPage page;
            do
            {
                page = await _storage.ListBucketsAsync(new BucketQuery("", after, null, PageSize), _stopping.Token).ConfigureAwait(false);
                foreach (BucketRecord bucket in page.Buckets)
                {
                    after = bucket.Name;
                    if (bucket.Replication is not null) await ScanAsync(bucket.Name).ConfigureAwait(false);
                }
            }
            while (page.IsTruncated);
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            // the server stopped, and what it used is gone
        }
#pragma warning disable CA1031 // The storage failed, whatever it was; the next scan may do.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogFailedScan(exception);
            _backoff.Fail(ReplicationBackoff.OwnStorage);
            Miss(ReplicationBackoff.OwnStorage);
        }
        finally
        {
            Done();
        }
    }

    private async Task ScanAsync(string bucketName)
    {
        // A listing has the newest version of a key first; replicas must come in the order of the versions.
        Stack<ReplicationJob> ofKey = new();
        string key = "", version = "";
        for (bool isLast = false; !isLast;)
        {
            VersionQuery query = new("", "", key, version, PageSize);
            StorageResult<VersionPage> page = await _storage.ListVersionsAsync(bucketName, query, _stopping.Token).ConfigureAwait(false);
            if (page.Value is not { } found) return;
            foreach (ListedVersionRecord item in found.Versions)
            {
                if (item.IsLatest) await QueueAsync(ofKey).ConfigureAwait(false);
                if (item.Record.Replication == ReplicationStatus.Pending)
                    ofKey.Push(new ReplicationJob(bucketName, item.Record.Key, item.Record.VersionId, IsFound: true));
            }
            isLast = !found.IsTruncated;
            (key, version) = (found.LastKey, found.LastVersion);
        }
        await QueueAsync(ofKey).ConfigureAwait(false);
    }

    /// <summary>Waits for room, unlike a request.</summary>
    private async Task QueueAsync(Stack<ReplicationJob> jobs)
    {
        while (jobs.TryPop(out ReplicationJob job))
        {
            lock (_gate) _outstanding++;
            await QueueOf(job).Writer.WriteAsync(job, _stopping.Token).ConfigureAwait(false);
        }
    }

    [LoggerMessage(41, LogLevel.Warning, "What waits to be replicated could not be looked for; it is looked for again later.")]
    private partial void LogFailedScan(Exception exception);
}
