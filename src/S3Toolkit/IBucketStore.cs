namespace S3Toolkit;

/// <summary>
/// The buckets of one endpoint and account. Registered by <c>AddS3Toolkit()</c> as a singleton; safe for use from several threads.
/// </summary>
/// <remarks>
/// All calls throw <see cref="S3AccessDeniedException"/> when the server refuses the caller, and <see cref="S3ToolkitException"/> for
/// everything else that the server or the network does; a name that no bucket can have is an <see cref="ArgumentException"/>.
/// </remarks>
public interface IBucketStore
{
    /// <summary>The objects of a bucket. No request is sent: a bucket that is missing shows on first use.</summary>
    /// <param name="bucketName">The bucket.</param>
    /// <returns>A cheap handle, which needs no disposal.</returns>
    /// <exception cref="ArgumentException">No bucket can have this name.</exception>
    IObjectStore Bucket(string bucketName);

    /// <summary>Creates a bucket.</summary>
    /// <param name="bucketName">The name, unique among all accounts on AWS.</param>
    /// <param name="options">Region, object lock, tags; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The bucket.</returns>
    /// <exception cref="S3ToolkitException">
    /// It exists: <see cref="S3ErrorCode.BucketAlreadyOwnedByYou"/>, or <see cref="S3ErrorCode.BucketAlreadyExists"/> when it is somebody
    /// else's.
    /// </exception>
    Task<BucketDetails> CreateAsync(string bucketName, CreateBucketOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Creates a bucket, or finds it when it is there and ours already. Safe to call from several processes at once.</summary>
    /// <param name="bucketName">The name.</param>
    /// <param name="options">What a new bucket is given; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The bucket.</returns>
    /// <exception cref="S3ToolkitException">It is somebody else's, or in another region than the options ask for.</exception>
    Task<BucketDetails> EnsureAsync(string bucketName, CreateBucketOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Asks whether a bucket exists and is open to us.</summary>
    /// <param name="bucketName">The name.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The bucket; null when no such bucket exists.</returns>
    /// <exception cref="S3AccessDeniedException">The bucket exists and is somebody else's, or we may not look.</exception>
    Task<BucketDetails?> FindAsync(string bucketName, CancellationToken cancellationToken = default);

    /// <summary>Deletes a bucket.</summary>
    /// <param name="bucketName">The name.</param>
    /// <param name="options">Whether to empty it first; null for no.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether it was there.</returns>
    /// <exception cref="S3ToolkitException">It is not empty: <see cref="S3ErrorCode.BucketNotEmpty"/>.</exception>
    Task<bool> DeleteAsync(string bucketName, DeleteBucketOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Lists our buckets by name.</summary>
    /// <param name="options">Prefix, region; null for all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The buckets; a page is fetched when the one before it is used up.</returns>
    IAsyncEnumerable<BucketDetails> ListAsync(ListBucketsOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Asks whether a bucket keeps old versions.</summary>
    /// <param name="bucketName">The bucket.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The state.</returns>
    /// <exception cref="BucketNotFoundException">The bucket does not exist.</exception>
    Task<BucketVersioningState> GetVersioningAsync(string bucketName, CancellationToken cancellationToken = default);

    /// <summary>Turns versioning on, or suspends it. It cannot be turned off again.</summary>
    /// <param name="bucketName">The bucket.</param>
    /// <param name="state"><see cref="BucketVersioningState.Enabled"/> or <see cref="BucketVersioningState.Suspended"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>A task that ends with the call.</returns>
    /// <exception cref="ArgumentException">The state is <see cref="BucketVersioningState.Off"/>.</exception>
    /// <exception cref="BucketNotFoundException">The bucket does not exist.</exception>
    Task SetVersioningAsync(string bucketName, BucketVersioningState state, CancellationToken cancellationToken = default);

    /// <summary>Reads the tags of a bucket.</summary>
    /// <param name="bucketName">The bucket.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The tags; empty when there are none.</returns>
    /// <exception cref="BucketNotFoundException">The bucket does not exist.</exception>
    Task<IReadOnlyDictionary<string, string>> GetTagsAsync(string bucketName, CancellationToken cancellationToken = default);

    /// <summary>Replaces all tags of a bucket.</summary>
    /// <param name="bucketName">The bucket.</param>
    /// <param name="tags">The tags; empty removes all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>A task that ends with the call.</returns>
    /// <exception cref="BucketNotFoundException">The bucket does not exist.</exception>
    Task SetTagsAsync(string bucketName, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken = default);
}
