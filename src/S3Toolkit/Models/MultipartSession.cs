namespace S3Toolkit;

/// <summary>
/// A multipart upload in progress. Disposing it leaves the upload as it is, so that it can be resumed: end it with
/// <see cref="CompleteAsync"/> or <see cref="AbortAsync"/>. Safe for parts from several threads.
/// </summary>
public abstract class MultipartSession
{
    /// <summary>The bucket.</summary>
    public abstract string BucketName { get; }

    /// <summary>The key that <see cref="CompleteAsync"/> writes.</summary>
    public abstract string Key { get; }

    /// <summary>The upload's id.</summary>
    public abstract string UploadId { get; }

    /// <summary>Uploads a part, or replaces it.</summary>
    /// <param name="partNumber">The number, 1 to 10,000. The object is made of the parts in this order.</param>
    /// <param name="content">
    /// The bytes: at least 5 MiB unless it is the last part, at most 5 GiB; a part is sent from a buffer when it cannot be read twice.
    /// </param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The part as the server has it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The part number is outside 1 to 10,000.</exception>
    /// <exception cref="S3ToolkitException">The server refused, or could not be reached.</exception>
    public abstract Task<UploadedPart> UploadPartAsync(
        int partNumber, ObjectContent content, CancellationToken cancellationToken = default);

    /// <summary>Makes a part of an object that is on the server already.</summary>
    /// <param name="partNumber">The number, 1 to 10,000.</param>
    /// <param name="source">The object.</param>
    /// <param name="range">The bytes of it; null for all of them. A suffix range is not possible here.</param>
    /// <param name="sourceCustomerKey">The key of a source that was written with one (SSE-C); null for none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The part as the server has it.</returns>
    /// <exception cref="ObjectNotFoundException">The source does not exist.</exception>
    /// <exception cref="S3ToolkitException">The server refused, or could not be reached.</exception>
    public abstract Task<UploadedPart> CopyPartAsync(
        int partNumber,
        ObjectAddress source,
        ObjectRange? range = null,
        CustomerKeyEncryption? sourceCustomerKey = null,
        CancellationToken cancellationToken = default);

    /// <summary>Lists the parts that the server has, in the order of their numbers.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The parts, page by page as they are asked for.</returns>
    public abstract IAsyncEnumerable<UploadedPart> ListPartsAsync(CancellationToken cancellationToken = default);

    /// <summary>Makes the object.</summary>
    /// <param name="parts">
    /// The parts that it consists of, in any order; null for all that were uploaded through this session, and for a resumed one all that
    /// the server has.
    /// </param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The object.</returns>
    /// <exception cref="PreconditionFailedException">The condition of the upload does not hold.</exception>
    /// <exception cref="S3ToolkitException">The server refused, or could not be reached.</exception>
    public abstract Task<ObjectInfo> CompleteAsync(IEnumerable<UploadedPart>? parts = null, CancellationToken cancellationToken = default);

    /// <summary>Gives the upload up and frees its parts. Does nothing when it is gone already.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>A task that ends with the call.</returns>
    public abstract Task AbortAsync(CancellationToken cancellationToken = default);
}
