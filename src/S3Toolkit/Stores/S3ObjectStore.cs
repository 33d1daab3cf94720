using S3Toolkit.Listing;
using S3Toolkit.Resilience;
using S3Toolkit.Streams;
using S3Toolkit.Transfers;
using S3Toolkit.Transfers.Downloads;
using S3Toolkit.Transport;

namespace S3Toolkit.Stores;

/// <summary>The objects of one bucket over the wire. Checks arguments, names calls, and leaves the work to the engines.</summary>
internal sealed class S3ObjectStore(string bucketName, StoreServices services)
    : IObjectStore, ISdkClientSource, IStoreFactsSource, IRangedSource
{
    private static readonly GetObjectOptions DefaultGet = new();
    private static readonly FindObjectOptions DefaultFind = new();
    private static readonly PutObjectOptions DefaultPut = new();

    private readonly S3Caller _caller = services.Caller;

    public string BucketName => bucketName;

    public StoreConnection Connection => services.Connection;

    public StoreFacts Facts => services.Facts;

    public FileDownloader Downloader => services.Downloader;

    public Task<ObjectInfo> PutAsync(
        string key, ObjectContent content, PutObjectOptions? options = null, CancellationToken cancellationToken = default)
    {
        Require(key);
        ArgumentNullException.ThrowIfNull(content);
        return services.Uploader.PutAsync(bucketName, key, content, options ?? DefaultPut, cancellationToken);
    }

    public Task<ObjectReader> GetAsync(string key, GetObjectOptions? options = null, CancellationToken cancellationToken = default)
    {
        Require(key);
        return ObjectOpener.OpenAsync(_caller, bucketName, key, options ?? DefaultGet, cancellationToken);
    }

    public async Task<ObjectInfo?> FindAsync(string key, FindObjectOptions? options = null, CancellationToken cancellationToken = default)
    {
        Require(key);
        options ??= DefaultFind;
        var call = new S3Call("HeadObject", bucketName, key) { Expects = ExpectedErrors.NotFound | ExpectedErrors.NotModified };
        var reply = await _caller.CallAsync(
            call, (wire, attempt) => wire.Transport.HeadObjectAsync(bucketName, key, options, attempt),
            cancellationToken).ConfigureAwait(false);
        return reply.Error is null ? reply.Value : null;
    }

    public Task<ObjectInfo> CopyAsync(
        ObjectAddress source, string destinationKey, CopyObjectOptions? options = null, CancellationToken cancellationToken = default)
    {
        Require(destinationKey, nameof(destinationKey));
        BucketNameRule.RequireUsable(source.BucketName, nameof(source));
        ObjectKeyRule.Require(source.Key, source.BucketName, nameof(source));
        return services.Copier.CopyAsync(source, bucketName, destinationKey, options ?? new CopyObjectOptions(), cancellationToken);
    }

    public async Task<DeleteResult> DeleteAsync(
        string key, DeleteObjectOptions? options = null, CancellationToken cancellationToken = default)
    {
        Require(key);
        options ??= new DeleteObjectOptions();
        // S3 answers 204 for what is not there, other servers 404.
        var call = new S3Call("DeleteObject", bucketName, key) { Expects = ExpectedErrors.NotFound };
        var reply = await _caller.CallAsync(
            call, (wire, attempt) => wire.Transport.DeleteObjectAsync(bucketName, key, options, attempt),
            cancellationToken).ConfigureAwait(false);
        if (reply.Error is null) return reply.Value;
        // After a lost answer it may be missing because of us.
        return new DeleteResult(key) { VersionId = options.VersionId, WasMissing = reply.Attempt == 1 };
    }

    public IAsyncEnumerable<DeleteResult> DeleteManyAsync(
        IAsyncEnumerable<ObjectIdentifier> objects, DeleteManyOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objects);
        return services.Deleter.DeleteAsync(bucketName, objects, options ?? new DeleteManyOptions(), cancellationToken);
    }

    public IAsyncEnumerable<ObjectListing> ListAsync(ListObjectsOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new ListObjectsOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxConcurrency, 1, nameof(ListObjectsOptions.MaxConcurrency));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxConcurrency, 1000, nameof(ListObjectsOptions.MaxConcurrency));
        var call = new S3Call(services.Profile.ListVersion == S3ListVersion.V1 ? "ListObjects" : "ListObjectsV2", bucketName);
        // Ranges need keys in order, which directory buckets do not give.
        var isInRanges = options.MaxConcurrency > 1 && string.IsNullOrEmpty(options.Delimiter)
            && !bucketName.EndsWith("--x-s3", StringComparison.Ordinal);
        return isInRanges ? ParallelListing.ReadAsync(_caller, call, bucketName, options, cancellationToken) : Pages.ReadAsync(
            _caller,
            call,
            (wire, token, attempt) => wire.Transport.ListObjectsAsync(bucketName, options, token, attempt),
            cancellationToken);
    }

    public IAsyncEnumerable<ListedVersion> ListVersionsAsync(
        ListVersionsOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new ListVersionsOptions();
        return Pages.ReadAsync(
            _caller,
            new S3Call("ListObjectVersions", bucketName),
            (wire, token, attempt) => wire.Transport.ListVersionsAsync(bucketName, options, token, attempt),
            cancellationToken);
    }

    public async Task<MultipartSession> StartMultipartAsync(
        string key, StartMultipartOptions? options = null, CancellationToken cancellationToken = default)
    {
        Require(key);
        options ??= new StartMultipartOptions();
        WriteRules.CheckConditions(options, services.Profile, bucketName, key);
        HeaderRule.Check(options);
        var upload = await MultipartCreation.RunAsync(_caller, bucketName, key, options, cancellationToken).ConfigureAwait(false);
        return Session(key, upload.UploadId, options);
    }

    public MultipartSession ResumeMultipart(string key, string uploadId, StartMultipartOptions? options = null)
    {
        Require(key);
        ArgumentException.ThrowIfNullOrEmpty(uploadId);
        if (options is not null) WriteRules.CheckConditions(options, services.Profile, bucketName, key);
        if (options is not null) HeaderRule.Check(options);
        return Session(key, uploadId, options, isResumed: true);
    }

    public IAsyncEnumerable<UnfinishedUpload> ListUploadsAsync(
        ListUploadsOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new ListUploadsOptions();
        return Pages.ReadAsync(
            _caller,
            new S3Call("ListMultipartUploads", bucketName),
            (wire, token, attempt) => SdkObjects.ListUploadsAsync(wire, bucketName, options, token, attempt),
            cancellationToken);
    }

    public async Task<IReadOnlyDictionary<string, string>> GetTagsAsync(
        string key, string? versionId = null, CancellationToken cancellationToken = default)
    {
        Require(key);
        return await services.ReadTagsAsync(new ObjectAddress(bucketName, key, versionId), cancellationToken).ConfigureAwait(false);
    }

    public async Task SetTagsAsync(
        string key, IReadOnlyDictionary<string, string> tags, string? versionId = null, CancellationToken cancellationToken = default)
    {
        Require(key);
        ArgumentNullException.ThrowIfNull(tags);
        var address = new ObjectAddress(bucketName, key, versionId);
        var remove = tags.Count == 0;
        await _caller.CallAsync(
            new S3Call(remove ? "DeleteObjectTagging" : "PutObjectTagging", bucketName, key),
            (wire, attempt) =>
                remove ? SdkObjects.RemoveTagsAsync(wire, address, attempt) : SdkObjects.SetTagsAsync(wire, address, tags, attempt),
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<PresignedRequest> PresignAsync(string key, PresignOptions options, CancellationToken cancellationToken = default)
    {
        Require(key);
        ArgumentNullException.ThrowIfNull(options);
        PresignRule.RequireExpiry(options.ExpiresIn);
        var reply = await _caller.CallAsync(
            new S3Call("Presign" + options.Operation, bucketName, key),
            (wire, attempt) => wire.Presigner.PresignAsync(bucketName, key, options, _caller.TimeProvider.GetUtcNow(), attempt),
            cancellationToken).ConfigureAwait(false);
        return reply.Value;
    }

    public async Task<PresignedPost> PresignPostAsync(
        string key, PresignPostOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        options ??= new PresignPostOptions();
        if (!options.KeyIsPrefix) Require(key);
        PresignRule.RequireExpiry(options.ExpiresIn);
        var reply = await _caller.CallAsync(
            new S3Call("PresignPost", bucketName, key),
            (wire, attempt) => wire.Presigner.PresignPostAsync(bucketName, key, options, _caller.TimeProvider.GetUtcNow(), attempt),
            cancellationToken).ConfigureAwait(false);
        return reply.Value;
    }

    private S3MultipartSession Session(string key, string uploadId, StartMultipartOptions? options, bool isResumed = false) =>
        new(_caller, new MultipartAddress(bucketName, key, uploadId), options, services.Budget, services.Pool, isResumed);

    private void Require(string key, string parameterName = "key") => ObjectKeyRule.Require(key, bucketName, parameterName);
}
