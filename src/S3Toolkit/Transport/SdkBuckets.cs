using Amazon.S3;
using Amazon.S3.Model;

namespace S3Toolkit.Transport;

/// <summary>The calls that carry no data: each is one attempt through the SDK's client.</summary>
internal static class SdkBuckets
{
    /// <summary>
    /// us-east-1 has no location constraint, and S3 refuses its name as one; "auto" is R2's and Google's word for "where you think best".
    /// </summary>
    private static readonly string?[] RegionsWithoutConstraint = [null, "us-east-1", "auto"];

    public static ValueTask<S3Reply<BucketDetails>> CreateAsync(
        S3Wire wire, string bucketName, CreateBucketOptions options, S3Attempt attempt)
    {
        var client = options.Region is { } wanted ? wire.Clients.ForRegion(wanted) : wire.Client();
        var region = options.Region ?? RegionOf(client);
        var constraint = RegionsWithoutConstraint.Contains(region) ? null : new BucketLocationConstraint(region);
        var request = new PutBucketRequest { BucketName = bucketName };
        if (options.ObjectLock) request.ObjectLockEnabledForBucket = true;
        if (constraint is not null || options.Tags.Count > 0)
        {
            request.PutBucketConfiguration = new PutBucketConfiguration
            {
                LocationConstraint = constraint, Tags = SdkRequests.Tags(options.Tags),
            };
        }

        return SdkSend.SendAsync(
            request,
            options,
            attempt,
            token => client.PutBucketAsync(request, token),
            _ =>
            {
                if (options.Region is { } made) wire.LearnRegion(bucketName, made);
                return new BucketDetails(bucketName) { Region = region };
            });
    }

    public static ValueTask<S3Reply<BucketDetails>> HeadAsync(S3Wire wire, string bucketName, S3Attempt attempt)
    {
        var request = new HeadBucketRequest { BucketName = bucketName };
        return SdkSend.SendAsync(
            request,
            options: null,
            attempt,
            token => wire.Client(bucketName).HeadBucketAsync(request, token),
            response => new BucketDetails(bucketName) { Region = SdkReplies.NullIfEmpty(response.BucketRegion) });
    }

    public static ValueTask<S3Reply<bool>> DeleteAsync(S3Wire wire, string bucketName, DeleteBucketOptions options, S3Attempt attempt)
    {
        var request = new DeleteBucketRequest { BucketName = bucketName, ExpectedBucketOwner = options.ExpectedBucketOwner };
        return SdkSend.SendAsync(
            request,
            options,
            attempt,
            token => wire.Client(bucketName).DeleteBucketAsync(request, token),
            _ =>
            {
                wire.Clients.Forget(bucketName);
                return true;
            });
    }

    public static ValueTask<S3Reply<ListPage<BucketDetails>>> ListAsync(
        S3Wire wire, ListBucketsOptions options, string? continuationToken, S3Attempt attempt)
    {
        var request =
            new ListBucketsRequest { Prefix = options.Prefix, BucketRegion = options.Region, ContinuationToken = continuationToken };
        if (options.PageSize is { } size) request.MaxBuckets = size;
        return SdkSend.SendAsync(
            request,
            options,
            attempt,
            token => wire.Client().ListBucketsAsync(request, token),
            response => new ListPage<BucketDetails>(
                [.. (response.Buckets ?? []).Select(Details)], SdkReplies.NullIfEmpty(response.ContinuationToken)));
    }

    public static ValueTask<S3Reply<BucketVersioningState>> GetVersioningAsync(S3Wire wire, string bucketName, S3Attempt attempt)
    {
        var request = new GetBucketVersioningRequest { BucketName = bucketName };
        return SdkSend.SendAsync(
            request,
            options: null,
            attempt,
            token => wire.Client(bucketName).GetBucketVersioningAsync(request, token),
            response => response.VersioningConfig?.Status?.Value switch
            {
                "Enabled" => BucketVersioningState.Enabled,
                "Suspended" => BucketVersioningState.Suspended,
                _ => BucketVersioningState.Off,
            });
    }

    public static ValueTask<S3Reply<bool>> SetVersioningAsync(
        S3Wire wire, string bucketName, BucketVersioningState state, S3Attempt attempt)
    {
        var request = new PutBucketVersioningRequest
        {
            BucketName = bucketName,
            VersioningConfig = new S3BucketVersioningConfig
            {
                Status = state == BucketVersioningState.Enabled ? VersionStatus.Enabled : VersionStatus.Suspended,
            },
        };
        return SdkSend.SendAsync(
            request, options: null, attempt, token => wire.Client(bucketName).PutBucketVersioningAsync(request, token), static _ => true);
    }

    public static ValueTask<S3Reply<IReadOnlyDictionary<string, string>>> GetTagsAsync(S3Wire wire, string bucketName, S3Attempt attempt)
    {
        var request = new GetBucketTaggingRequest { BucketName = bucketName };
        return SdkSend.SendAsync(
            request,
            options: null,
            attempt,
            token => wire.Client(bucketName).GetBucketTaggingAsync(request, token),
            response => SdkReplies.Tags(response.TagSet));
    }

    public static ValueTask<S3Reply<bool>> SetTagsAsync(
        S3Wire wire, string bucketName, IReadOnlyDictionary<string, string> tags, S3Attempt attempt)
    {
        var request = new PutBucketTaggingRequest { BucketName = bucketName, TagSet = SdkRequests.Tags(tags) ?? [] };
        return SdkSend.SendAsync(
            request, options: null, attempt, token => wire.Client(bucketName).PutBucketTaggingAsync(request, token), static _ => true);
    }

    public static ValueTask<S3Reply<bool>> RemoveTagsAsync(S3Wire wire, string bucketName, S3Attempt attempt)
    {
        var request = new DeleteBucketTaggingRequest { BucketName = bucketName };
        return SdkSend.SendAsync(
            request, options: null, attempt, token => wire.Client(bucketName).DeleteBucketTaggingAsync(request, token), static _ => true);
    }

    private static string? RegionOf(IAmazonS3 client) =>
        SdkReplies.NullIfEmpty(client.Config?.AuthenticationRegion) ?? client.Config?.RegionEndpoint?.SystemName;

    private static BucketDetails Details(S3Bucket bucket) => new(bucket.BucketName)
    {
        Region = SdkReplies.NullIfEmpty(bucket.BucketRegion),
        CreatedAt = SdkReplies.Time(bucket.CreationDate),
    };
}
