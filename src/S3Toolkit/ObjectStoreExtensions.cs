using S3Toolkit.Stores;

namespace S3Toolkit;

/// <summary>
/// The convenient side of <see cref="IObjectStore"/>: one-liners onto its members, so that they work on every implementation.
/// </summary>
public static partial class ObjectStoreExtensions
{
    extension(IObjectStore store)
    {
        /// <summary>Begins to describe an upload; the last verb (<c>From…Async</c>) does it.</summary>
        /// <param name="key">The key to write.</param>
        /// <returns>An immutable builder.</returns>
        public UploadBuilder Upload(string key) => new(store, key, new PutObjectOptions());

        /// <summary>Begins to describe a download; the last verb (<c>To…Async</c>) does it.</summary>
        /// <param name="key">The key to read.</param>
        /// <returns>An immutable builder.</returns>
        public DownloadBuilder Download(string key) => new(store, key, new GetObjectOptions(), progress: null);

        /// <summary>Writes an object with default options.</summary>
        /// <inheritdoc cref="IObjectStore.PutAsync"/>
        public Task<ObjectInfo> PutAsync(string key, ObjectContent content, CancellationToken cancellationToken) =>
            store.PutAsync(key, content, options: null, cancellationToken);

        /// <summary>Reads an object with default options.</summary>
        /// <inheritdoc cref="IObjectStore.GetAsync"/>
        public Task<ObjectReader> GetAsync(string key, CancellationToken cancellationToken) =>
            store.GetAsync(key, options: null, cancellationToken);

        /// <summary>Reads all of an object into memory.</summary>
        /// <param name="key">The key.</param>
        /// <param name="cancellationToken">Ends the call.</param>
        /// <returns>The bytes.</returns>
        /// <exception cref="ObjectNotFoundException">The object does not exist.</exception>
        public async Task<byte[]> ReadBytesAsync(string key, CancellationToken cancellationToken = default)
        {
            var reader = await store.GetAsync(key, options: null, cancellationToken).ConfigureAwait(false);
            return await reader.ReadAllBytesAsync(cancellationToken).ConfigureAwait(false);
        }

        /// <summary>Reads all of an object as UTF-8 text.</summary>
        /// <param name="key">The key.</param>
        /// <param name="cancellationToken">Ends the call.</param>
        /// <returns>The text.</returns>
        /// <exception cref="ObjectNotFoundException">The object does not exist.</exception>
        public async Task<string> ReadTextAsync(string key, CancellationToken cancellationToken = default)
        {
            var reader = await store.GetAsync(key, options: null, cancellationToken).ConfigureAwait(false);
            return await reader.ReadAllTextAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        }

        /// <summary>Asks for the facts about an object.</summary>
        /// <inheritdoc cref="IObjectStore.FindAsync"/>
        public Task<ObjectInfo?> FindAsync(string key, CancellationToken cancellationToken) =>
            store.FindAsync(key, options: null, cancellationToken);

        /// <summary>Asks whether an object exists. A refusal (403) is an exception, not an answer.</summary>
        /// <param name="key">The key.</param>
        /// <param name="cancellationToken">Ends the call.</param>
        /// <returns>Whether it exists.</returns>
        /// <exception cref="S3AccessDeniedException">
        /// We may not know: without the permission to list, S3 answers 403 for missing keys too.
        /// </exception>
        public async Task<bool> ExistsAsync(string key, CancellationToken cancellationToken = default) =>
            await store.FindAsync(key, options: null, cancellationToken).ConfigureAwait(false) is not null;

        /// <summary>Copies an object of this bucket within it, with headers, metadata and tags.</summary>
        /// <param name="sourceKey">The key to copy.</param>
        /// <param name="destinationKey">The key of the copy.</param>
        /// <param name="cancellationToken">Ends the call.</param>
        /// <returns>The copy.</returns>
        /// <exception cref="ObjectNotFoundException">The source does not exist.</exception>
        public Task<ObjectInfo> CopyAsync(string sourceKey, string destinationKey, CancellationToken cancellationToken = default) =>
            store.CopyAsync(new ObjectAddress(store.BucketName, sourceKey), destinationKey, options: null, cancellationToken);

        /// <summary>Deletes the current version of an object.</summary>
        /// <inheritdoc cref="IObjectStore.DeleteAsync"/>
        public Task<DeleteResult> DeleteAsync(string key, CancellationToken cancellationToken) =>
            store.DeleteAsync(key, options: null, cancellationToken);

        /// <summary>Deletes many objects.</summary>
        /// <param name="objects">The objects; a string names a key.</param>
        /// <param name="cancellationToken">Ends the call.</param>
        /// <returns>A result for each; nothing happens until it is enumerated.</returns>
        public IAsyncEnumerable<DeleteResult> DeleteManyAsync(
            IEnumerable<ObjectIdentifier> objects, CancellationToken cancellationToken = default) =>
            store.DeleteManyAsync(objects.ToAsyncEnumerable(), options: null, cancellationToken);

        /// <summary>Deletes many objects.</summary>
        /// <param name="objects">The objects; a string names a key.</param>
        /// <param name="options">The sizes of the requests, and how many run at once.</param>
        /// <param name="cancellationToken">Ends the call.</param>
        /// <returns>A result for each; nothing happens until it is enumerated.</returns>
        public IAsyncEnumerable<DeleteResult> DeleteManyAsync(
            IEnumerable<ObjectIdentifier> objects, DeleteManyOptions options, CancellationToken cancellationToken = default) =>
            store.DeleteManyAsync(objects.ToAsyncEnumerable(), options, cancellationToken);

        /// <summary>Deletes many objects by their keys.</summary>
        /// <param name="keys">The keys.</param>
        /// <param name="options">The sizes of the requests, and how many run at once.</param>
        /// <param name="cancellationToken">Ends the call.</param>
        /// <returns>A result for each; nothing happens until it is enumerated.</returns>
        public IAsyncEnumerable<DeleteResult> DeleteManyAsync(
            IEnumerable<string> keys, DeleteManyOptions options, CancellationToken cancellationToken = default) =>
            store.DeleteManyAsync(keys.Select(static key => new ObjectIdentifier(key)), options, cancellationToken);

        /// <summary>Deletes many objects by their keys.</summary>
        /// <param name="keys">The keys.</param>
        /// <param name="cancellationToken">Ends the call.</param>
        /// <returns>A result for each; nothing happens until it is enumerated.</returns>
        public IAsyncEnumerable<DeleteResult> DeleteManyAsync(IEnumerable<string> keys, CancellationToken cancellationToken = default) =>
            store.DeleteManyAsync(keys.Select(static key => new ObjectIdentifier(key)), cancellationToken);

        /// <summary>
        /// Deletes all objects whose keys begin with a prefix: the current versions, as <c>aws s3 rm --recursive</c> does.
        /// </summary>
        /// <param name="prefix">The prefix; the empty string means all objects.</param>
        /// <param name="cancellationToken">Ends the call.</param>
        /// <returns>A result for each; nothing happens until it is enumerated.</returns>
        public IAsyncEnumerable<DeleteResult> DeletePrefixAsync(string prefix, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(prefix);
            var entries = store.ListAsync(new ListObjectsOptions { Prefix = prefix }, cancellationToken);
            var objects = DetachedSequence.Map(entries, static entry => new ObjectIdentifier(entry.Name), cancellationToken);
            return store.DeleteManyAsync(objects, options: null, cancellationToken);
        }

        /// <summary>Lists all objects.</summary>
        /// <param name="cancellationToken">Ends the call.</param>
        /// <returns>The entries.</returns>
        public IAsyncEnumerable<ObjectListing> ListAsync(CancellationToken cancellationToken) =>
            store.ListAsync(options: null, cancellationToken);

        /// <summary>Lists all versions of all objects.</summary>
        /// <inheritdoc cref="IObjectStore.ListVersionsAsync"/>
        public IAsyncEnumerable<ListedVersion> ListVersionsAsync(CancellationToken cancellationToken) =>
            store.ListVersionsAsync(options: null, cancellationToken);

        /// <summary>Lists all multipart uploads that were neither completed nor aborted.</summary>
        /// <inheritdoc cref="IObjectStore.ListUploadsAsync"/>
        public IAsyncEnumerable<UnfinishedUpload> ListUploadsAsync(CancellationToken cancellationToken) =>
            store.ListUploadsAsync(options: null, cancellationToken);

        /// <summary>Starts a multipart upload with default options.</summary>
        /// <inheritdoc cref="IObjectStore.StartMultipartAsync"/>
        public Task<MultipartSession> StartMultipartAsync(string key, CancellationToken cancellationToken) =>
            store.StartMultipartAsync(key, options: null, cancellationToken);

        /// <summary>Reads the tags of the current version of an object.</summary>
        /// <inheritdoc cref="IObjectStore.GetTagsAsync"/>
        public Task<IReadOnlyDictionary<string, string>> GetTagsAsync(string key, CancellationToken cancellationToken) =>
            store.GetTagsAsync(key, versionId: null, cancellationToken);

        /// <summary>Makes an HTML form upload with default options.</summary>
        /// <inheritdoc cref="IObjectStore.PresignPostAsync"/>
        public Task<PresignedPost> PresignPostAsync(string key, CancellationToken cancellationToken) =>
            store.PresignPostAsync(key, options: null, cancellationToken);

        /// <summary>Lists the objects below a prefix, all levels of it.</summary>
        /// <param name="prefix">The prefix; the empty string means all objects.</param>
        /// <param name="cancellationToken">Ends the call.</param>
        /// <returns>The objects.</returns>
        public IAsyncEnumerable<ListedObject> ListObjectsAsync(string prefix = "", CancellationToken cancellationToken = default) =>
            DetachedSequence.Objects(store.ListAsync(new ListObjectsOptions { Prefix = prefix }, cancellationToken), cancellationToken);

        /// <summary>Makes a request that reads an object and can be sent without credentials.</summary>
        /// <param name="key">The key.</param>
        /// <param name="expiresIn">How long it works, 1 second to 7 days.</param>
        /// <param name="cancellationToken">Ends the call.</param>
        /// <returns>The request.</returns>
        public Task<PresignedRequest> PresignGetAsync(string key, TimeSpan expiresIn, CancellationToken cancellationToken = default) =>
            store.PresignAsync(key, new PresignOptions { ExpiresIn = expiresIn }, cancellationToken);

        /// <summary>Makes a request that writes an object and can be sent without credentials.</summary>
        /// <param name="key">The key.</param>
        /// <param name="expiresIn">How long it works, 1 second to 7 days.</param>
        /// <param name="cancellationToken">Ends the call.</param>
        /// <returns>The request.</returns>
        public Task<PresignedRequest> PresignPutAsync(string key, TimeSpan expiresIn, CancellationToken cancellationToken = default) =>
            store.PresignAsync(key, new PresignOptions { Operation = PresignedOperation.Put, ExpiresIn = expiresIn }, cancellationToken);

        /// <summary>Aborts multipart uploads that were started long ago and whose parts would be billed for ever.</summary>
        /// <param name="olderThan">The least age; choose it above the longest upload that may be running.</param>
        /// <param name="prefix">Only for keys that begin so; null for all.</param>
        /// <param name="timeProvider">What tells the age; null for the system's clock.</param>
        /// <param name="cancellationToken">Ends the call.</param>
        /// <returns>The uploads that were aborted.</returns>
        public async Task<IReadOnlyList<UnfinishedUpload>> AbortStaleUploadsAsync(
            TimeSpan olderThan, string? prefix = null, TimeProvider? timeProvider = null, CancellationToken cancellationToken = default)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(olderThan, TimeSpan.Zero);
            var startedBefore = (timeProvider ?? TimeProvider.System).GetUtcNow() - olderThan;
            var aborted = new List<UnfinishedUpload>();
            var uploads = store.ListUploadsAsync(new ListUploadsOptions { Prefix = prefix }, cancellationToken);
            await foreach (var upload in uploads.ConfigureAwait(false))
            {
                if (upload.StartedAt > startedBefore) continue;
                await store.ResumeMultipart(upload.Key, upload.UploadId).AbortAsync(cancellationToken).ConfigureAwait(false);
                aborted.Add(upload);
            }

            return aborted;
        }
    }
}
