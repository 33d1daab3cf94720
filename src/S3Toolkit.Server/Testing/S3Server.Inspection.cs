using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server;

/// <summary>This file: what a test asks of a server after the code under test has run.</summary>
public sealed partial class S3Server
{
    private const int PageSize = 1000;

    /// <summary>The multipart uploads of all buckets that were neither completed nor aborted. Empty when clients clean up.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>By bucket, key and start.</returns>
    public async Task<IReadOnlyList<S3UnfinishedUpload>> UnfinishedUploadsAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
        List<S3UnfinishedUpload> found = [];
        string after = "";
        BucketPage page;
        do
        {
            page = await _core.Storage.ListBucketsAsync(
                new BucketQuery("", after, null, PageSize), cancellationToken).ConfigureAwait(false);
            foreach (BucketRecord bucket in page.Buckets)
            {
                await AddUploadsAsync(bucket.Name, found, cancellationToken).ConfigureAwait(false);
                after = bucket.Name;
            }
        }
        while (page.IsTruncated);
        return found;
    }

    /// <summary>The requests on each partitioned prefix that <see cref="S3ServerOptions.RateModel"/> counted; empty without one.</summary>
    /// <returns>By bucket and prefix.</returns>
    public IReadOnlyList<S3PrefixRate> PrefixRates() => _core.Rates?.Snapshot() ?? [];

    private async Task AddUploadsAsync(string bucketName, List<S3UnfinishedUpload> found, CancellationToken cancellationToken)
    {
        UploadQuery query = new("", "", "", "", PageSize);
        while (true)
        {
            StorageResult<UploadPage> result =
                await _core.Storage.ListUploadsAsync(bucketName, query, cancellationToken).ConfigureAwait(false);
            if (result.Value is not { } page) return; // the bucket has just gone
            foreach (UploadRecord upload in page.Uploads)
            {
                StorageResult<IReadOnlyList<PartRecord>> parts = await _core.Storage
                    .ListPartsAsync(bucketName, upload.Key, upload.UploadId, cancellationToken).ConfigureAwait(false);
                if (parts.Value is not { } list) continue;
                found.Add(new S3UnfinishedUpload(
                    bucketName, upload.Key, upload.UploadId, upload.Initiated, list.Count, list.Sum(static part => part.Length)));
            }
            if (!page.IsTruncated) return;
            query = query with { AfterKey = page.LastKey, AfterUploadId = page.LastUploadId };
        }
    }
}
