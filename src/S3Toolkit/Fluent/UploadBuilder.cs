using System.Collections.ObjectModel;
using System.IO.Pipelines;

namespace S3Toolkit;

/// <summary>
/// Describes an upload. Every <c>With…</c> returns a new builder over the same <see cref="PutObjectOptions"/>; nothing is sent until
/// a <c>From…Async</c>.
/// </summary>
public sealed class UploadBuilder
{
    private readonly IObjectStore _store;

    internal UploadBuilder(IObjectStore store, string key, PutObjectOptions options) => (_store, Key, Options) = (store, key, options);

    /// <summary>The key to write.</summary>
    public string Key { get; }

    /// <summary>What has been described so far.</summary>
    public PutObjectOptions Options { get; }

    /// <summary>Sets any of the options.</summary>
    /// <param name="change">Returns the new options, usually by a <c>with</c> expression.</param>
    /// <returns>A new builder.</returns>
    public UploadBuilder With(Func<PutObjectOptions, PutObjectOptions> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return new UploadBuilder(_store, Key, change(Options));
    }

    /// <summary>Sets the content type.</summary>
    /// <param name="contentType">The content type, such as <c>image/jpeg</c>.</param>
    /// <returns>A new builder.</returns>
    public UploadBuilder WithContentType(string contentType) => Next(Options with { ContentType = contentType });

    /// <summary>Sets the header <c>Cache-Control</c>.</summary>
    /// <param name="cacheControl">The value, such as <c>max-age=3600</c>.</param>
    /// <returns>A new builder.</returns>
    public UploadBuilder WithCacheControl(string cacheControl) => Next(Options with { CacheControl = cacheControl });

    /// <summary>Sets the header <c>Content-Disposition</c>.</summary>
    /// <param name="contentDisposition">The value.</param>
    /// <returns>A new builder.</returns>
    public UploadBuilder WithContentDisposition(string contentDisposition) =>
        Next(Options with { ContentDisposition = contentDisposition });

    /// <summary>Sets the header <c>Content-Encoding</c>; the content is not encoded by the library.</summary>
    /// <param name="contentEncoding">The value, such as <c>gzip</c>.</param>
    /// <returns>A new builder.</returns>
    public UploadBuilder WithContentEncoding(string contentEncoding) => Next(Options with { ContentEncoding = contentEncoding });

    /// <summary>Sets the header <c>Content-Language</c>.</summary>
    /// <param name="contentLanguage">The value, such as <c>en</c>.</param>
    /// <returns>A new builder.</returns>
    public UploadBuilder WithContentLanguage(string contentLanguage) => Next(Options with { ContentLanguage = contentLanguage });

    /// <summary>Sets the header <c>Expires</c>.</summary>
    /// <param name="expires">The time.</param>
    /// <returns>A new builder.</returns>
    public UploadBuilder WithExpires(DateTimeOffset expires) => Next(Options with { Expires = expires });

    /// <summary>Adds an entry of metadata.</summary>
    /// <param name="name">The name, without <c>x-amz-meta-</c>.</param>
    /// <param name="value">The value.</param>
    /// <returns>A new builder.</returns>
    public UploadBuilder WithMetadata(string name, string value) =>
        Next(Options with { Metadata = Add(Options.Metadata, name, value, StringComparer.OrdinalIgnoreCase) });

    /// <summary>Adds a tag.</summary>
    /// <param name="name">The tag's key.</param>
    /// <param name="value">The tag's value.</param>
    /// <returns>A new builder.</returns>
    public UploadBuilder WithTag(string name, string value) =>
        Next(Options with { Tags = Add(Options.Tags, name, value, StringComparer.Ordinal) });

    /// <summary>Sets the storage class.</summary>
    /// <param name="storageClass">The storage class.</param>
    /// <returns>A new builder.</returns>
    public UploadBuilder WithStorageClass(StorageClass storageClass) => Next(Options with { StorageClass = storageClass });

    /// <summary>Sets the encryption at rest.</summary>
    /// <param name="encryption">The encryption.</param>
    /// <returns>A new builder.</returns>
    public UploadBuilder WithEncryption(ServerEncryption encryption) => Next(Options with { Encryption = encryption });

    /// <summary>Writes only if the key does not exist yet; <see cref="PreconditionFailedException"/> otherwise.</summary>
    /// <returns>A new builder.</returns>
    public UploadBuilder OnlyIfAbsent() => Next(Options with { OnlyIfAbsent = true });

    /// <summary>Writes only if the object still has this ETag; <see cref="PreconditionFailedException"/> otherwise.</summary>
    /// <param name="etag">The ETag.</param>
    /// <returns>A new builder.</returns>
    public UploadBuilder OnlyIfMatch(ETag etag) => Next(Options with { OnlyIfMatch = etag });

    /// <summary>Reports acknowledged bytes.</summary>
    /// <param name="progress">Is told after each part. What it throws is logged and does not end the upload.</param>
    /// <returns>A new builder.</returns>
    public UploadBuilder WithProgress(IProgress<TransferProgress> progress) => Next(Options with { Progress = progress });

    /// <summary>Sets how a large body is cut.</summary>
    /// <param name="transfers">Sizes and concurrency.</param>
    /// <returns>A new builder.</returns>
    public UploadBuilder WithTransfers(TransferOptions transfers) => Next(Options with { Transfers = transfers });

    /// <summary>Uploads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Ends the upload; nothing of it stays behind.</param>
    /// <returns>The object.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="PreconditionFailedException">The condition does not hold.</exception>
    public async Task<ObjectInfo> FromFileAsync(string path, CancellationToken cancellationToken = default) =>
        await FromContentAsync(ObjectContent.FromFile(path), cancellationToken).ConfigureAwait(false);

    /// <summary>Uploads bytes, which must not change until it is done.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="cancellationToken">Ends the upload; nothing of it stays behind.</param>
    /// <returns>The object.</returns>
    /// <exception cref="PreconditionFailedException">The condition does not hold.</exception>
    public Task<ObjectInfo> FromMemoryAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        FromContentAsync(ObjectContent.FromMemory(content), cancellationToken);

    /// <summary>Uploads text as UTF-8.</summary>
    /// <param name="content">The text.</param>
    /// <param name="cancellationToken">Ends the upload; nothing of it stays behind.</param>
    /// <returns>The object.</returns>
    /// <exception cref="PreconditionFailedException">The condition does not hold.</exception>
    public Task<ObjectInfo> FromTextAsync(string content, CancellationToken cancellationToken = default) =>
        FromContentAsync(ObjectContent.FromText(content), cancellationToken);

    /// <summary>Uploads a stream from its position to its end; seekable or not, of known length or not. It is left open.</summary>
    /// <param name="content">The stream.</param>
    /// <param name="cancellationToken">Ends the upload; nothing of it stays behind.</param>
    /// <returns>The object.</returns>
    /// <exception cref="PreconditionFailedException">The condition does not hold.</exception>
    public Task<ObjectInfo> FromStreamAsync(Stream content, CancellationToken cancellationToken = default) =>
        FromContentAsync(ObjectContent.FromStream(content), cancellationToken);

    /// <summary>Uploads what a pipe brings, to its end. The reader is not completed.</summary>
    /// <param name="content">The pipe's reader.</param>
    /// <param name="cancellationToken">Ends the upload; nothing of it stays behind.</param>
    /// <returns>The object.</returns>
    /// <exception cref="PreconditionFailedException">The condition does not hold.</exception>
    public Task<ObjectInfo> FromPipeAsync(PipeReader content, CancellationToken cancellationToken = default) =>
        FromContentAsync(ObjectContent.FromPipe(content), cancellationToken);

    /// <summary>Uploads any content.</summary>
    /// <param name="content">The content.</param>
    /// <param name="cancellationToken">Ends the upload; nothing of it stays behind.</param>
    /// <returns>The object.</returns>
    /// <exception cref="PreconditionFailedException">The condition does not hold.</exception>
    public Task<ObjectInfo> FromContentAsync(ObjectContent content, CancellationToken cancellationToken = default) =>
        _store.PutAsync(Key, content, Options, cancellationToken);

    private static ReadOnlyDictionary<string, string> Add(
        IReadOnlyDictionary<string, string> entries, string name, string value, StringComparer comparer) =>
        new(new Dictionary<string, string>(entries, comparer) { [name] = value });

    private UploadBuilder Next(PutObjectOptions options) => new(_store, Key, options);
}
