namespace S3Toolkit;

/// <summary>
/// The convenient side of <see cref="IBucketStore"/>: one-liners onto its members, so that they work on every implementation.
/// </summary>
public static class BucketStoreExtensions
{
    extension(IBucketStore store)
    {
        /// <summary>Creates a bucket with default options.</summary>
        /// <inheritdoc cref="IBucketStore.CreateAsync"/>
        public Task<BucketDetails> CreateAsync(string bucketName, CancellationToken cancellationToken) =>
            store.CreateAsync(bucketName, options: null, cancellationToken);

        /// <summary>Creates a bucket in a region.</summary>
        /// <param name="bucketName">The name.</param>
        /// <param name="region">The region, such as <c>eu-west-1</c>.</param>
        /// <param name="cancellationToken">Ends the call.</param>
        /// <returns>The bucket.</returns>
        public Task<BucketDetails> CreateAsync(string bucketName, string region, CancellationToken cancellationToken = default) =>
            store.CreateAsync(bucketName, new CreateBucketOptions { Region = region }, cancellationToken);

        /// <summary>Creates a bucket with default options, or finds it when it is ours already.</summary>
        /// <inheritdoc cref="IBucketStore.EnsureAsync"/>
        public Task<BucketDetails> EnsureAsync(string bucketName, CancellationToken cancellationToken) =>
            store.EnsureAsync(bucketName, options: null, cancellationToken);

        /// <summary>Asks whether a bucket exists and is open to us. Somebody else's bucket is an exception, not an answer.</summary>
        /// <param name="bucketName">The name.</param>
        /// <param name="cancellationToken">Ends the call.</param>
        /// <returns>Whether it exists.</returns>
        /// <exception cref="S3AccessDeniedException">The bucket exists and is somebody else's, or we may not look.</exception>
        public async Task<bool> ExistsAsync(string bucketName, CancellationToken cancellationToken = default) =>
            await store.FindAsync(bucketName, cancellationToken).ConfigureAwait(false) is not null;

        /// <summary>Deletes an empty bucket.</summary>
        /// <inheritdoc cref="IBucketStore.DeleteAsync"/>
        public Task<bool> DeleteAsync(string bucketName, CancellationToken cancellationToken) =>
            store.DeleteAsync(bucketName, options: null, cancellationToken);

        /// <summary>Lists all our buckets.</summary>
        /// <inheritdoc cref="IBucketStore.ListAsync"/>
        public IAsyncEnumerable<BucketDetails> ListAsync(CancellationToken cancellationToken) =>
            store.ListAsync(options: null, cancellationToken);
    }
}
