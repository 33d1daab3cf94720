using S3Toolkit.Resilience;
using S3Toolkit.Transfers;
using S3Toolkit.Transport;

namespace S3Toolkit.Stores;

/// <summary>The buckets of one endpoint over the wire.</summary>
internal sealed class S3BucketStore(StoreServices services) : IBucketStore, ISdkClientSource, IDisposable
{
    private readonly S3Caller _caller = services.Caller;

    public StoreConnection Connection => services.Connection;

    public IObjectStore Bucket(string bucketName) => new S3ObjectStore(BucketNameRule.RequireUsable(bucketName), services);

    public async Task<BucketDetails> CreateAsync(
        string bucketName, CreateBucketOptions? options = null, CancellationToken cancellationToken = default)
    {
        BucketNameRule.RequireCreatable(bucketName);
        options ??= new CreateBucketOptions();
        var (call, reply) = await TryCreateAsync(bucketName, options, cancellationToken).ConfigureAwait(false);
        if (reply.Error is null) return reply.Value;
        // After a lost answer, that the bucket is ours is the echo of our own first attempt.
        return reply.Attempt > 1
            ? await FindAsync(bucketName, cancellationToken).ConfigureAwait(false) ?? new BucketDetails(bucketName)
            : throw S3ErrorMapper.ToException(call, reply.Error, reply.Attempt);
    }

    public async Task<BucketDetails> EnsureAsync(
        string bucketName, CreateBucketOptions? options = null, CancellationToken cancellationToken = default)
    {
        BucketNameRule.RequireCreatable(bucketName);
        options ??= new CreateBucketOptions();
        var (_, reply) = await TryCreateAsync(bucketName, options, cancellationToken).ConfigureAwait(false);
        if (reply.Error is null) return reply.Value;

        var found = await FindAsync(bucketName, cancellationToken).ConfigureAwait(false) ?? new BucketDetails(bucketName);
        if (options.Region is { } wanted && found.Region is { } region
            && !string.Equals(wanted, region, StringComparison.OrdinalIgnoreCase))
        {
            throw new S3ToolkitException(
                $"Bucket '{bucketName}' is ours, but in {region} and not in {wanted}. Delete it, or ask for {region}.", reply.Error.Code)
            {
                Operation = "CreateBucket",
                BucketName = bucketName,
            };
        }

        return found;
    }

    public async Task<BucketDetails?> FindAsync(string bucketName, CancellationToken cancellationToken = default)
    {
        BucketNameRule.RequireUsable(bucketName);
        var call = new S3Call("HeadBucket", bucketName) { Expects = ExpectedErrors.NotFound };
        var reply = await _caller.CallAsync(call, (wire, attempt) => SdkBuckets.HeadAsync(wire, bucketName, attempt), cancellationToken)
            .ConfigureAwait(false);
        return reply.Error is null ? reply.Value : null;
    }

    public async Task<bool> DeleteAsync(
        string bucketName, DeleteBucketOptions? options = null, CancellationToken cancellationToken = default)
    {
        BucketNameRule.RequireUsable(bucketName);
        options ??= new DeleteBucketOptions();
        if (options.Force)
        {
            var bucket = new S3ObjectStore(bucketName, services);
            if (!await BucketEmptier.EmptyAsync(bucket, services.Profile, cancellationToken).ConfigureAwait(false)) return false;
        }

        var call = new S3Call("DeleteBucket", bucketName) { Expects = ExpectedErrors.NotFound };
        var reply = await _caller.CallAsync(
            call, (wire, attempt) => SdkBuckets.DeleteAsync(wire, bucketName, options, attempt), cancellationToken).ConfigureAwait(false);
        // After a lost answer, that the bucket is gone is our own first attempt's doing.
        return reply.Error is null || reply.Attempt > 1;
    }

    public IAsyncEnumerable<BucketDetails> ListAsync(ListBucketsOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new ListBucketsOptions();
        return Pages.ReadAsync(
            _caller,
            new S3Call("ListBuckets", BucketName: null),
            (wire, token, attempt) => SdkBuckets.ListAsync(wire, options, token, attempt),
            cancellationToken);
    }

    public async Task<BucketVersioningState> GetVersioningAsync(string bucketName, CancellationToken cancellationToken = default)
    {
        BucketNameRule.RequireUsable(bucketName);
        var reply = await _caller.CallAsync(
            new S3Call("GetBucketVersioning", bucketName),
            (wire, attempt) => SdkBuckets.GetVersioningAsync(wire, bucketName, attempt),
            cancellationToken).ConfigureAwait(false);
        return reply.Value;
    }

    public async Task SetVersioningAsync(string bucketName, BucketVersioningState state, CancellationToken cancellationToken = default)
    {
        BucketNameRule.RequireUsable(bucketName);
        if (state is not (BucketVersioningState.Enabled or BucketVersioningState.Suspended))
            throw new ArgumentException("Versioning cannot be turned off once it was on: suspend it.", nameof(state));
        await _caller.CallAsync(
            new S3Call("PutBucketVersioning", bucketName),
            (wire, attempt) => SdkBuckets.SetVersioningAsync(wire, bucketName, state, attempt),
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyDictionary<string, string>> GetTagsAsync(string bucketName, CancellationToken cancellationToken = default)
    {
        BucketNameRule.RequireUsable(bucketName);
        var call = new S3Call("GetBucketTagging", bucketName) { Expects = ExpectedErrors.NoSuchTagSet };
        var reply = await _caller.CallAsync(call, (wire, attempt) => SdkBuckets.GetTagsAsync(wire, bucketName, attempt), cancellationToken)
            .ConfigureAwait(false);
        return reply.Error is null ? reply.Value : SdkReplies.Tags(null);
    }

    public async Task SetTagsAsync(
        string bucketName, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken = default)
    {
        BucketNameRule.RequireUsable(bucketName);
        ArgumentNullException.ThrowIfNull(tags);
        var remove = tags.Count == 0;
        await _caller.CallAsync(
            new S3Call(remove ? "DeleteBucketTagging" : "PutBucketTagging", bucketName),
            (wire, attempt) =>
                remove ? SdkBuckets.RemoveTagsAsync(wire, bucketName, attempt) : SdkBuckets.SetTagsAsync(wire, bucketName, tags, attempt),
            cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => services.Dispose();

    /// <summary>Creates a bucket; that it is ours already is a reply, not an exception.</summary>
    private async Task<(S3Call Call, S3Reply<BucketDetails> Reply)> TryCreateAsync(
        string bucketName, CreateBucketOptions options, CancellationToken cancellationToken)
    {
        var call = new S3Call("CreateBucket", bucketName) { Expects = ExpectedErrors.BucketAlreadyOwned };
        var reply = await _caller.CallAsync(
            call, (wire, attempt) => SdkBuckets.CreateAsync(wire, bucketName, options, attempt), cancellationToken)
            .ConfigureAwait(false);
        return (call, reply);
    }
}
