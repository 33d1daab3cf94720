using S3Toolkit.Transfers;

namespace S3Toolkit;

/// <content>Moves, and copies between stores.</content>
public static partial class ObjectStoreExtensions
{
    private static readonly MoveObjectOptions DefaultMove = new();
    private static readonly CopyToOptions DefaultCopyTo = new();

    extension(IObjectStore store)
    {
        /// <summary>
        /// Moves an object within the bucket, on the server's side: copies it if nothing is at the destination, compares the copy, and
        /// deletes the source if nobody changed it meanwhile. Of several movers of one object one wins, and whatever happens the content
        /// is at one place at least.
        /// </summary>
        /// <remarks>
        /// Headers, metadata, tags and storage class are kept; access control lists, locks and older versions are not. In a bucket
        /// with versioning the source becomes a delete marker.
        /// </remarks>
        /// <param name="key">The key to move.</param>
        /// <param name="destinationKey">The new key.</param>
        /// <param name="options">Whether to overwrite, how large objects are cut; null for the defaults.</param>
        /// <param name="cancellationToken">Ends the call; the source, the copy or both are there then.</param>
        /// <returns>The object at its new key.</returns>
        /// <exception cref="ObjectNotFoundException">The source does not exist.</exception>
        /// <exception cref="PreconditionFailedException">
        /// Something is at the destination, or somebody else moved or changed the source meanwhile; the message tells what is where.
        /// </exception>
        /// <exception cref="ContentCorruptedException">The copy is not what the source is; the source stays.</exception>
        /// <exception cref="NotSupportedException">The provider ignores conditions on writes, so that a move could lose data.</exception>
        public Task<ObjectInfo> MoveAsync(
            string key, string destinationKey, MoveObjectOptions? options = null, CancellationToken cancellationToken = default) =>
            ObjectMover.MoveAsync(store, key, destinationKey, options ?? DefaultMove, cancellationToken);

        /// <summary>Moves an object within the bucket, if nothing is at the destination.</summary>
        /// <param name="key">The key to move.</param>
        /// <param name="destinationKey">The new key.</param>
        /// <param name="cancellationToken">Ends the call; the source, the copy or both are there then.</param>
        /// <returns>The object at its new key.</returns>
        /// <exception cref="ObjectNotFoundException">The source does not exist.</exception>
        /// <exception cref="PreconditionFailedException">
        /// Something is at the destination, or somebody else moved or changed the source meanwhile; the message tells what is where.
        /// </exception>
        public Task<ObjectInfo> MoveAsync(string key, string destinationKey, CancellationToken cancellationToken) =>
            store.MoveAsync(key, destinationKey, options: null, cancellationToken);

        /// <summary>
        /// Copies an object to another store, at another endpoint for example: what is read from the one goes up to the other, in bounded
        /// memory. Content headers, metadata and tags are kept. Within one endpoint <see cref="IObjectStore.CopyAsync"/> moves no bytes.
        /// </summary>
        /// <remarks>
        /// What is read is verified as a download is before the copy becomes an object: by a checksum of the whole or an MD5, where the
        /// source has one (see <see cref="CopyToOptions.RequireVerification"/>). The copy's size, and its checksum or MD5 where both stores
        /// tell them, are compared with the source's.
        /// </remarks>
        /// <param name="key">The key to copy.</param>
        /// <param name="destination">The store to copy to.</param>
        /// <param name="destinationKey">The key of the copy; null for the same key.</param>
        /// <param name="options">What is read, and what the copy is given; null for the defaults.</param>
        /// <param name="cancellationToken">Ends the call; nothing stays at the destination.</param>
        /// <returns>The copy.</returns>
        /// <exception cref="ObjectNotFoundException">The source does not exist.</exception>
        /// <exception cref="PreconditionFailedException">A condition of the options does not hold.</exception>
        /// <exception cref="ContentCorruptedException">The content is not what the source store says that it is.</exception>
        public Task<ObjectInfo> CopyToAsync(
            string key,
            IObjectStore destination,
            string? destinationKey = null,
            CopyToOptions? options = null,
            CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(destination);
            return StoreToStoreCopy.RunAsync(store, key, destination, destinationKey ?? key, options ?? DefaultCopyTo, cancellationToken);
        }

        /// <summary>Copies an object to another store, under the same key, with default options.</summary>
        /// <param name="key">The key to copy.</param>
        /// <param name="destination">The store to copy to.</param>
        /// <param name="cancellationToken">Ends the call; nothing stays at the destination.</param>
        /// <returns>The copy.</returns>
        /// <exception cref="ObjectNotFoundException">The source does not exist.</exception>
        public Task<ObjectInfo> CopyToAsync(string key, IObjectStore destination, CancellationToken cancellationToken) =>
            store.CopyToAsync(key, destination, destinationKey: null, options: null, cancellationToken);
    }
}
