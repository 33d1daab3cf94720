using Amazon.S3.Model;

namespace S3Toolkit.Server.Tests.Model;

/// <summary>This file: listings, page by page with the markers that the server gives.</summary>
internal sealed partial class SdkS3
{
    private async Task<string> SecondAsync(ListObjects step)
    {
        string pages = "200 ";
        ListObjectsV2Request request = new()
        {
            BucketName = step.Bucket, Prefix = step.Prefix, Delimiter = step.Delimiter, StartAfter = step.After, MaxKeys = step.Page,
        };
        do
        {
            ListObjectsV2Response page = await client.ListObjectsV2Async(request);
            bool isTruncated = page.IsTruncated ?? false;
            pages += Answer.Page((page.S3Objects ?? []).Select(Show), page.CommonPrefixes ?? [], isTruncated);
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (request.ContinuationToken is not null);
        return pages;
    }

    private async Task<string> FirstAsync(ListObjects step)
    {
        string pages = "200 ";
        ListObjectsRequest request = new()
        {
            BucketName = step.Bucket, Prefix = step.Prefix, Delimiter = step.Delimiter, Marker = step.After, MaxKeys = step.Page,
        };
        while (true)
        {
            ListObjectsResponse page = await client.ListObjectsAsync(request);
            bool isTruncated = page.IsTruncated ?? false;
            pages += Answer.Page((page.S3Objects ?? []).Select(Show), page.CommonPrefixes ?? [], isTruncated);
            if (!isTruncated) return pages;
            request.Marker = page.NextMarker ?? page.S3Objects![^1].Key;
        }
    }

    private async Task<string> SendAsync(ListVersions step)
    {
        string pages = "200 ";
        ListVersionsRequest request = new()
        {
            BucketName = step.Bucket, Prefix = step.Prefix, Delimiter = step.Delimiter, KeyMarker = step.After, MaxKeys = step.Page,
        };
        while (true)
        {
            ListVersionsResponse page = await client.ListVersionsAsync(request);
            bool isTruncated = page.IsTruncated ?? false;
            pages += Answer.Page((page.Versions ?? []).Select(Show), page.CommonPrefixes ?? [], isTruncated);
            if (!isTruncated) return pages;
            (request.KeyMarker, request.VersionIdMarker) = (page.NextKeyMarker, page.NextVersionIdMarker);
        }
    }

    private async Task<string> SendAsync(ListUploads step)
    {
        string pages = "200 ";
        ListMultipartUploadsRequest request = new()
        {
            BucketName = step.Bucket, Prefix = step.Prefix, Delimiter = step.Delimiter, KeyMarker = step.After, MaxUploads = step.Page,
        };
        while (true)
        {
            ListMultipartUploadsResponse page = await client.ListMultipartUploadsAsync(request);
            bool isTruncated = page.IsTruncated ?? false;
            pages += Answer.Page(
                (page.MultipartUploads ?? []).Select(item => Answer.Upload(item.Key, _shortNames[item.UploadId], Seconds(item.Initiated))),
                page.CommonPrefixes ?? [], isTruncated);
            if (!isTruncated) return pages;
            (request.KeyMarker, request.UploadIdMarker) = (page.NextKeyMarker, page.NextUploadIdMarker);
        }
    }

    private string Show(S3Object item) => Answer.Object(item.Key, Unquote(item.ETag), item.Size ?? 0, Seconds(item.LastModified));

    private string Show(S3ObjectVersion item) => Answer.Version(
        item.Key, Short(item.VersionId)!, item.IsDeleteMarker ?? false, item.IsLatest ?? false, Unquote(item.ETag), item.Size ?? 0,
        Seconds(item.LastModified));
}
