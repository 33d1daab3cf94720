using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Replication;

/// <summary>This file: finds what is pending and in no queue.</summary>
internal sealed partial class Replicator
{
    private const int PageSize = 1000;

    private async Task ScanAsync()
    {
        try
        {
            EnsureStarted();
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
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // the server stopped
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
                    ofKey.Push(new ReplicationJob(bucketName, item.Record.Key, item.Record.VersionId, null));
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
}
