using S3Toolkit.Streams;

namespace S3Toolkit;

/// <content>Streams and ranges.</content>
public static partial class ObjectStoreExtensions
{
    private static readonly OpenObjectOptions DefaultOpen = new();
    private static readonly PutObjectOptions DefaultWrite = new();
    private static readonly ReadRangesOptions DefaultReadRanges = new();

    extension(IObjectStore store)
    {
        /// <summary>
        /// Opens an object as a stream that seeks, for readers that jump about: zip archives, Parquet files, media. One HEAD is sent now;
        /// bytes are fetched as they are read, further ahead the longer they are read in a row.
        /// </summary>
        /// <param name="key">The key.</param>
        /// <param name="options">How far it reads ahead, version, condition; null for the defaults.</param>
        /// <param name="cancellationToken">Ends the call, not the reading of what it returned.</param>
        /// <returns>
        /// A read-only stream of known length, for one thread at a time; the caller disposes it. All of its bytes are of the content that
        /// was there at the call: when the object is overwritten, a read throws <see cref="PreconditionFailedException"/>, unless the
        /// bucket keeps versions. Ranges are checked by their length, not by a checksum: to verify all of an object, download it.
        /// </returns>
        /// <exception cref="ObjectNotFoundException">The object does not exist.</exception>
        /// <exception cref="PreconditionFailedException">The condition of the options does not hold.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A size of the options is out of its range.</exception>
        public async Task<Stream> OpenAsync(
            string key, OpenObjectOptions? options = null, CancellationToken cancellationToken = default)
        {
            options ??= DefaultOpen;
            ReadAheadPlan.Check(options);
            var source = await PinnedObject.FindAsync(store, key, options, cancellationToken).ConfigureAwait(false);
            var facts = StoreFacts.Of(store);
            return new ReadAheadStream(source, ReadAheadPlan.For(options, facts.Budget.TotalBytes), facts);
        }

        /// <summary>Opens an object as a stream that seeks, with default options.</summary>
        /// <param name="key">The key.</param>
        /// <param name="cancellationToken">Ends the call, not the reading of what it returned.</param>
        /// <returns>A read-only stream of known length, for one thread at a time; the caller disposes it.</returns>
        /// <exception cref="ObjectNotFoundException">The object does not exist.</exception>
        public Task<Stream> OpenAsync(string key, CancellationToken cancellationToken) =>
            store.OpenAsync(key, options: null, cancellationToken);

        /// <summary>
        /// Reads many ranges of an object at once: ranges that are near each other share a request, and the requests run side by side.
        /// </summary>
        /// <param name="key">The key.</param>
        /// <param name="ranges">The ranges, in any order; they may overlap. One that goes beyond the end stops there.</param>
        /// <param name="options">Which ranges share a request, version, condition; null for the defaults.</param>
        /// <param name="cancellationToken">Ends the call.</param>
        /// <returns>
        /// The bytes of each range, in the order asked, all of the same content of the object. They lie in rented memory, as much as the
        /// ranges have bytes (those in several ranges count once): dispose it. The ranges are checked by their length, not by a checksum.
        /// </returns>
        /// <exception cref="ObjectNotFoundException">The object does not exist.</exception>
        /// <exception cref="PreconditionFailedException">
        /// The condition of the options does not hold, or the object was overwritten during the call.
        /// </exception>
        /// <exception cref="ArgumentOutOfRangeException">
        /// A range has no byte of the object or more than 2 GiB, or a number of the options is out of its range.
        /// </exception>
        public Task<ObjectRanges> ReadRangesAsync(
            string key,
            IReadOnlyList<ObjectRange> ranges,
            ReadRangesOptions? options = null,
            CancellationToken cancellationToken = default) =>
            RangeReader.ReadAsync(store, key, ranges, options ?? DefaultReadRanges, StoreFacts.Of(store).Pool, cancellationToken);

        /// <summary>Reads many ranges of an object at once, with default options.</summary>
        /// <param name="key">The key.</param>
        /// <param name="ranges">The ranges, in any order; they may overlap. One that goes beyond the end stops there.</param>
        /// <param name="cancellationToken">Ends the call.</param>
        /// <returns>The bytes of each range, in the order asked; dispose it.</returns>
        /// <exception cref="ObjectNotFoundException">The object does not exist.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A range has no byte of the object, or more than 2 GiB.</exception>
        public Task<ObjectRanges> ReadRangesAsync(
            string key, IReadOnlyList<ObjectRange> ranges, CancellationToken cancellationToken) =>
            store.ReadRangesAsync(key, ranges, options: null, cancellationToken);

        /// <summary>
        /// Opens an object for writing: what is written goes up in parallel parts while more is written, in bounded memory, and becomes the
        /// object by <see cref="ObjectWriter.CommitAsync"/>. Nothing is sent before there is enough for a part.
        /// </summary>
        /// <param name="key">The key to write.</param>
        /// <param name="options">
        /// Headers, metadata, sizes of parts; conditions, which are checked at the commit. Null for the defaults.
        /// </param>
        /// <param name="cancellationToken">Ends the call, not the writing.</param>
        /// <returns>The writer. Disposed without a commit, it leaves nothing behind.</returns>
        /// <exception cref="ArgumentException">S3 cannot have such a key, or the options contradict each other.</exception>
        /// <exception cref="NotSupportedException">The options have a condition, which the provider would ignore.</exception>
        public Task<ObjectWriter> OpenWriteAsync(
            string key, PutObjectOptions? options = null, CancellationToken cancellationToken = default) =>
            ObjectWriter.OpenAsync(store, key, options ?? DefaultWrite, cancellationToken);

        /// <summary>Opens an object for writing with default options.</summary>
        /// <param name="key">The key to write.</param>
        /// <param name="cancellationToken">Ends the call, not the writing.</param>
        /// <returns>The writer. Disposed without a commit, it leaves nothing behind.</returns>
        /// <exception cref="ArgumentException">S3 cannot have such a key.</exception>
        public Task<ObjectWriter> OpenWriteAsync(string key, CancellationToken cancellationToken) =>
            store.OpenWriteAsync(key, options: null, cancellationToken);
    }
}
