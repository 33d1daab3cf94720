namespace S3Toolkit;

/// <summary>
/// The objects of one bucket. Made by <see cref="IBucketStore.Bucket"/>; safe for use from several threads, and for as long as its store
/// lives.
/// </summary>
/// <remarks>
/// <para>These are the calls that an implementation or a wrapper writes; everything more convenient is an extension member in
/// <see cref="ObjectStoreExtensions"/>.</para>
/// <para>Calls throw <see cref="BucketNotFoundException"/> when the bucket is missing, save where S3 does not say so: an answer to HEAD
/// does
/// not tell a missing bucket from a missing key, so that <see cref="FindAsync"/> gives null, and a copy from a missing bucket is an
/// <see cref="ObjectNotFoundException"/>. They throw <see cref="S3AccessDeniedException"/> when the server refuses the caller, and
/// <see cref="S3ToolkitException"/> for everything else that the server or the network does; a key that S3
/// cannot have is an <see cref="ArgumentException"/>. Keys are never normalised: <c>a//b</c>, <c>./a</c> and <c>a b</c> are what they
/// say.</para>
/// </remarks>
public interface IObjectStore
{
    /// <summary>The bucket's name.</summary>
    string BucketName { get; }

    /// <summary>Writes an object of any size: in one request when it is small, in parallel parts otherwise.</summary>
    /// <param name="key">The key, 1 to 1,024 bytes of UTF-8.</param>
    /// <param name="content">The content.</param>
    /// <param name="options">Headers, metadata, conditions; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the call. An upload in parts is aborted, so that no parts stay behind.</param>
    /// <returns>The object as it was written.</returns>
    /// <exception cref="PreconditionFailedException">The condition of the options does not hold.</exception>
    /// <exception cref="ObjectNotFoundException">
    /// The options have <see cref="ObjectWriteOptions.OnlyIfMatch"/>, and there is no object to match.
    /// </exception>
    Task<ObjectInfo> PutAsync(
        string key, ObjectContent content, PutObjectOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Reads an object. A connection that breaks midway is replaced, and the reading goes on where it stopped.</summary>
    /// <param name="key">The key.</param>
    /// <param name="options">Range, version, conditions; null for all of the current version.</param>
    /// <param name="cancellationToken">Ends the call, not the reading of what it returned.</param>
    /// <returns>The open object. Dispose it, or read it to its end.</returns>
    /// <exception cref="ObjectNotFoundException">The object does not exist.</exception>
    /// <exception cref="PreconditionFailedException">The condition of the options does not hold.</exception>
    Task<ObjectReader> GetAsync(string key, GetObjectOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Asks for the facts about an object.</summary>
    /// <param name="key">The key.</param>
    /// <param name="options">Version, conditions; null for the current version.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The facts; null when the object does not exist, or when it is "not modified" by the options' conditions.</returns>
    Task<ObjectInfo?> FindAsync(string key, FindObjectOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Copies an object into this bucket on the server's side; in parts where it is too large for one request.</summary>
    /// <param name="source">The object to copy, in any bucket that the server can read with these credentials.</param>
    /// <param name="destinationKey">The key of the copy.</param>
    /// <param name="options">What the copy is given; null keeps headers, metadata and tags of the source.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The copy.</returns>
    /// <exception cref="ObjectNotFoundException">The source does not exist.</exception>
    /// <exception cref="PreconditionFailedException">The condition of the options does not hold.</exception>
    Task<ObjectInfo> CopyAsync(
        ObjectAddress source, string destinationKey, CopyObjectOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes an object. Deleting what is not there succeeds.</summary>
    /// <param name="key">The key.</param>
    /// <param name="options">Version, condition; null for the current version.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>What became of it, delete markers included.</returns>
    /// <exception cref="PreconditionFailedException">The condition of the options does not hold.</exception>
    Task<DeleteResult> DeleteAsync(string key, DeleteObjectOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes any number of objects, in batches, and tells of each what became of it.</summary>
    /// <param name="objects">The objects; read as the batches are sent.</param>
    /// <param name="options">Size and number of the batches; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>
    /// A result for each object, in no certain order. A failed delete is a result, not an exception. Nothing happens until it is
    /// enumerated.
    /// </returns>
    IAsyncEnumerable<DeleteResult> DeleteManyAsync(
        IAsyncEnumerable<ObjectIdentifier> objects, DeleteManyOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Lists objects in the order of their keys' UTF-8 bytes.</summary>
    /// <param name="options">Prefix, delimiter, start; null for all objects.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>
    /// The entries; a page is fetched when the one before it is used up, or ahead of that with
    /// <see cref="ListObjectsOptions.MaxConcurrency"/>.
    /// </returns>
    IAsyncEnumerable<ObjectListing> ListAsync(ListObjectsOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Lists all versions and delete markers, by key and from the newest.</summary>
    /// <param name="options">Prefix; null for all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The versions; a page is fetched when the one before it is used up.</returns>
    IAsyncEnumerable<ListedVersion> ListVersionsAsync(ListVersionsOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Starts a multipart upload whose parts the caller sends.</summary>
    /// <param name="key">The key.</param>
    /// <param name="options">What the object is given; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The upload.</returns>
    Task<MultipartSession> StartMultipartAsync(
        string key, StartMultipartOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Takes up a multipart upload that was started before. No request is sent.</summary>
    /// <param name="key">The key.</param>
    /// <param name="uploadId">The upload's id.</param>
    /// <param name="options">
    /// What it was started with, as far as later requests repeat it: the customer's key (SSE-C), conditions, the expected owner; null for
    /// none.
    /// </param>
    /// <returns>The upload.</returns>
    MultipartSession ResumeMultipart(string key, string uploadId, StartMultipartOptions? options = null);

    /// <summary>Lists multipart uploads that were neither completed nor aborted.</summary>
    /// <param name="options">Prefix; null for all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The uploads; a page is fetched when the one before it is used up.</returns>
    IAsyncEnumerable<UnfinishedUpload> ListUploadsAsync(ListUploadsOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Reads the tags of an object.</summary>
    /// <param name="key">The key.</param>
    /// <param name="versionId">The version; null for the current one.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The tags; empty when there are none.</returns>
    /// <exception cref="ObjectNotFoundException">The object does not exist.</exception>
    Task<IReadOnlyDictionary<string, string>> GetTagsAsync(
        string key, string? versionId = null, CancellationToken cancellationToken = default);

    /// <summary>Replaces all tags of an object.</summary>
    /// <param name="key">The key.</param>
    /// <param name="tags">The tags; empty removes all.</param>
    /// <param name="versionId">The version; null for the current one.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>A task that ends with the call.</returns>
    /// <exception cref="ObjectNotFoundException">The object does not exist.</exception>
    Task SetTagsAsync(
        string key, IReadOnlyDictionary<string, string> tags, string? versionId = null, CancellationToken cancellationToken = default);

    /// <summary>Makes a request that can be sent without credentials. Nothing is sent now.</summary>
    /// <param name="key">The key.</param>
    /// <param name="options">What the request does, and for how long.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The request.</returns>
    Task<PresignedRequest> PresignAsync(string key, PresignOptions options, CancellationToken cancellationToken = default);

    /// <summary>Makes an HTML form upload that can be posted without credentials. Nothing is sent now.</summary>
    /// <param name="key">The key, or the prefix of it.</param>
    /// <param name="options">What may be sent, and for how long; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The form.</returns>
    Task<PresignedPost> PresignPostAsync(string key, PresignPostOptions? options = null, CancellationToken cancellationToken = default);
}
