using Amazon.S3;
using Amazon.S3.Model;

namespace S3Toolkit.Transport;

internal sealed partial class SdkTransport
{
    public ValueTask<S3Reply<ListPage<ObjectListing>>> ListObjectsAsync(
        string bucketName, ListObjectsOptions options, string? continuationToken, S3Attempt attempt) =>
        profile.ListVersion == S3ListVersion.V1
            ? ListV1Async(bucketName, options, continuationToken, attempt)
            : ListV2Async(bucketName, options, continuationToken, attempt);

    public ValueTask<S3Reply<ListPage<ListedVersion>>> ListVersionsAsync(
        string bucketName, ListVersionsOptions options, string? continuationToken, S3Attempt attempt)
    {
        var markers = continuationToken?.Split(SdkReplies.MarkerSeparator);
        var request = new ListVersionsRequest
        {
            BucketName = bucketName,
            Prefix = options.Prefix,
            KeyMarker = markers?[0],
            VersionIdMarker = markers is [_, { Length: > 0 } version] ? version : null,
            Encoding = EncodingType.Url,
            ExpectedBucketOwner = options.ExpectedBucketOwner,
        };
        if (options.PageSize is { } size) request.MaxKeys = size;
        return SdkSend.SendAsync(
            request,
            options,
            attempt,
            token => clients.For(bucketName).ListVersionsAsync(request, token),
            response => new ListPage<ListedVersion>(
                [.. (response.Versions ?? []).Select(entry => SdkReplies.Listed(entry, response.Encoding))],
                response.IsTruncated,
                SdkReplies.Markers(response.NextKeyMarker, response.NextVersionIdMarker, response.Encoding)));
    }

    private ValueTask<S3Reply<ListPage<ObjectListing>>> ListV2Async(
        string bucketName, ListObjectsOptions options, string? continuationToken, S3Attempt attempt)
    {
        var request = new ListObjectsV2Request
        {
            BucketName = bucketName,
            Prefix = options.Prefix,
            Delimiter = options.Delimiter,
            StartAfter = continuationToken is null ? options.StartAfter : null,
            ContinuationToken = continuationToken,
            Encoding = EncodingType.Url,
            ExpectedBucketOwner = options.ExpectedBucketOwner,
        };
        if (options.FetchOwner) request.FetchOwner = true;
        if (options.PageSize is { } size) request.MaxKeys = size;
        return SdkSend.SendAsync(
            request,
            options,
            attempt,
            token => clients.For(bucketName).ListObjectsV2Async(request, token),
            response => new ListPage<ObjectListing>(
                Merge(response.S3Objects, response.CommonPrefixes, response.Encoding), response.IsTruncated,
                response.NextContinuationToken));
    }

    private ValueTask<S3Reply<ListPage<ObjectListing>>> ListV1Async(
        string bucketName, ListObjectsOptions options, string? continuationToken, S3Attempt attempt)
    {
        var request = new ListObjectsRequest
        {
            BucketName = bucketName,
            Prefix = options.Prefix,
            Delimiter = options.Delimiter,
            Marker = continuationToken ?? options.StartAfter,
            Encoding = EncodingType.Url,
            ExpectedBucketOwner = options.ExpectedBucketOwner,
        };
        if (options.PageSize is { } size) request.MaxKeys = size;
        return SdkSend.SendAsync(
            request,
            options,
            attempt,
            token => clients.For(bucketName).ListObjectsAsync(request, token),
            response =>
            {
                var items = Merge(response.S3Objects, response.CommonPrefixes, response.Encoding);
                // S3 names the next marker only with a delimiter; without one it is the last key.
                var next = response.NextMarker is { Length: > 0 } marker
                    ? SdkReplies.Text(marker, response.Encoding)
                    : items.LastOrDefault()?.Name;
                return new ListPage<ObjectListing>(items, response.IsTruncated, next);
            });
    }

    /// <summary>S3 sends keys and common prefixes in two lists, each in order; the listing has one order.</summary>
    private static List<ObjectListing> Merge(List<S3Object>? objects, List<string>? prefixes, EncodingType? encoding)
    {
        var items = new List<ObjectListing>((objects?.Count ?? 0) + (prefixes?.Count ?? 0));
        var rest = new Queue<string>((prefixes ?? []).Select(prefix => SdkReplies.Text(prefix, encoding)));
        foreach (var entry in objects ?? [])
        {
            var listed = SdkReplies.Listed(entry, encoding);
            while (rest.TryPeek(out var prefix) && Utf8Order.Compare(prefix, listed.Key) < 0) items.Add(new ListedPrefix(rest.Dequeue()));
            items.Add(listed);
        }

        items.AddRange(rest.Select(static prefix => new ListedPrefix(prefix)));
        return items;
    }
}
