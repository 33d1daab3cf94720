using System.IO.Pipelines;
using System.Text;
using S3Toolkit.Transfers;

namespace S3Toolkit;

/// <summary>
/// Describes a download. Every <c>With…</c> returns a new builder over the same <see cref="GetObjectOptions"/>; nothing is sent until
/// a <c>To…Async</c> or <see cref="OpenAsync"/>.
/// </summary>
public sealed class DownloadBuilder
{
    private readonly IObjectStore _store;
    private readonly IProgress<TransferProgress>? _progress;
    private readonly string? _journalPath;

    internal DownloadBuilder(
        IObjectStore store, string key, GetObjectOptions options, IProgress<TransferProgress>? progress, string? journalPath = null) =>
        (_store, Key, Options, _progress, _journalPath) = (store, key, options, progress, journalPath);

    /// <summary>The key to read.</summary>
    public string Key { get; }

    /// <summary>What has been described so far.</summary>
    public GetObjectOptions Options { get; }

    /// <summary>Sets any of the options.</summary>
    /// <param name="change">Returns the new options, usually by a <c>with</c> expression.</param>
    /// <returns>A new builder.</returns>
    public DownloadBuilder With(Func<GetObjectOptions, GetObjectOptions> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return Next(change(Options));
    }

    /// <summary>Reads only some bytes.</summary>
    /// <param name="offset">The first byte, from 0.</param>
    /// <param name="length">The number of bytes, at least 1.</param>
    /// <returns>A new builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The offset is negative, or the length below 1.</exception>
    public DownloadBuilder WithRange(long offset, long length) => WithRange(ObjectRange.Of(offset, length));

    /// <summary>Reads only some bytes.</summary>
    /// <param name="range">The range.</param>
    /// <returns>A new builder.</returns>
    public DownloadBuilder WithRange(ObjectRange range) => Next(Options with { Range = range });

    /// <summary>Reads a certain version.</summary>
    /// <param name="versionId">The version.</param>
    /// <returns>A new builder.</returns>
    public DownloadBuilder WithVersion(string versionId) => Next(Options with { VersionId = versionId });

    /// <summary>Gives the key of an object that was written with one (SSE-C).</summary>
    /// <param name="customerKey">The key.</param>
    /// <returns>A new builder.</returns>
    public DownloadBuilder WithCustomerKey(CustomerKeyEncryption customerKey) => Next(Options with { CustomerKey = customerKey });

    /// <summary>Reads only if the object still has this ETag; <see cref="PreconditionFailedException"/> otherwise.</summary>
    /// <param name="etag">The ETag.</param>
    /// <returns>A new builder.</returns>
    public DownloadBuilder OnlyIfMatch(ETag etag) => Next(Options with { OnlyIfMatch = etag });

    /// <summary>Makes content that can be checked by its length alone an error.</summary>
    /// <returns>A new builder.</returns>
    public DownloadBuilder RequireVerification() => Next(Options with { RequireVerification = true });

    /// <summary>Reports bytes that have arrived.</summary>
    /// <param name="progress">Is told as bytes arrive. What it throws is logged and does not end the download.</param>
    /// <returns>A new builder.</returns>
    public DownloadBuilder WithProgress(IProgress<TransferProgress> progress) => new(_store, Key, Options, progress, _journalPath);

    /// <summary>
    /// Keeps a journal of the parts that are in the file, so that <see cref="ToFileAsync"/> goes on where an earlier one was cancelled,
    /// failed or was killed. An object that has changed since starts afresh, which the log says. The other ways to download take no notice.
    /// </summary>
    /// <remarks>
    /// Until the download is complete, the journal and a file that begins with a dot stay, the latter beside the destination; then both are
    /// gone. Last bytes (<see cref="ObjectRange.Last"/>), customised requests, and stores that are not of this library, such as mocks, have
    /// no parts: they download as without a journal.
    /// </remarks>
    /// <param name="journalPath">The journal; its folder must exist. Only this download may use it.</param>
    /// <returns>A new builder.</returns>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public DownloadBuilder ResumeFrom(string journalPath)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(journalPath);
        return new DownloadBuilder(_store, Key, Options, _progress, journalPath);
    }

    /// <summary>Opens the object for reading.</summary>
    /// <param name="cancellationToken">Ends the call, not the reading.</param>
    /// <returns>The open object. Dispose it, or read it to its end.</returns>
    /// <exception cref="ObjectNotFoundException">The object does not exist.</exception>
    public Task<ObjectReader> OpenAsync(CancellationToken cancellationToken = default) => _store.GetAsync(Key, Options, cancellationToken);

    /// <summary>
    /// Downloads to a file. The bytes go to a temporary file beside it, which takes the name only when they are all there and verified:
    /// a file of that name is either the old one or the whole new one. Objects larger than <see cref="TransferOptions.PartSizeBytes"/>
    /// come in ranges, <see cref="TransferOptions.MaxConcurrency"/> at once, all of the same content.
    /// </summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="cancellationToken">Ends the download; nothing of it stays behind, unless <see cref="ResumeFrom"/> says so.</param>
    /// <returns>The facts about the object, and how far its content was verified (<see cref="ObjectInfo.Verification"/>).</returns>
    /// <exception cref="ObjectNotFoundException">The object does not exist.</exception>
    /// <exception cref="S3ToolkitException">
    /// The object was not modified, <see cref="S3ErrorCode.NotModified"/>: <see cref="OpenAsync"/> takes that as an answer.
    /// </exception>
    /// <exception cref="PreconditionFailedException">The object changed during the download, or is not the one asked for.</exception>
    /// <exception cref="ContentCorruptedException">The content is not what was stored.</exception>
    /// <exception cref="IOException">The file or the journal cannot be written, or the journal is in use: the message names it.</exception>
    /// <exception cref="ArgumentException">The path is a folder, or the journal is of another download.</exception>
    public Task<ObjectInfo> ToFileAsync(string path, CancellationToken cancellationToken = default) =>
        FileDownload.RunAsync(_store, Key, Options, path, _progress, _journalPath, cancellationToken);

    /// <summary>Downloads into a stream, which is left open.</summary>
    /// <param name="destination">The stream.</param>
    /// <param name="cancellationToken">Ends the download.</param>
    /// <returns>The facts about the object.</returns>
    /// <exception cref="ObjectNotFoundException">The object does not exist.</exception>
    /// <exception cref="S3ToolkitException">
    /// The object was not modified, <see cref="S3ErrorCode.NotModified"/>: <see cref="OpenAsync"/> takes that as an answer.
    /// </exception>
    /// <exception cref="ContentCorruptedException">The content is not what was stored; the stream has its bytes already.</exception>
    public async Task<ObjectInfo> ToStreamAsync(Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var reader = await OpenContentAsync(cancellationToken).ConfigureAwait(false);
        await using var owned = reader.ConfigureAwait(false);
        await ContentCopy.ToStreamAsync(reader, destination, _progress, cancellationToken).ConfigureAwait(false);
        return reader.Info with { Verification = reader.Verification };
    }

    /// <summary>Downloads into memory.</summary>
    /// <param name="cancellationToken">Ends the download.</param>
    /// <returns>The bytes.</returns>
    /// <exception cref="ObjectNotFoundException">The object does not exist.</exception>
    /// <exception cref="S3ToolkitException">
    /// The object was not modified, <see cref="S3ErrorCode.NotModified"/>: <see cref="OpenAsync"/> takes that as an answer.
    /// </exception>
    /// <exception cref="ContentCorruptedException">The content is not what was stored.</exception>
    public async Task<byte[]> ToArrayAsync(CancellationToken cancellationToken = default)
    {
        var reader = await OpenContentAsync(cancellationToken).ConfigureAwait(false);
        await using var owned = reader.ConfigureAwait(false);
        return await ContentCopy.ToArrayAsync(reader, _progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Downloads as UTF-8 text.</summary>
    /// <param name="cancellationToken">Ends the download.</param>
    /// <returns>The text.</returns>
    /// <exception cref="ObjectNotFoundException">The object does not exist.</exception>
    /// <exception cref="S3ToolkitException">
    /// The object was not modified, <see cref="S3ErrorCode.NotModified"/>: <see cref="OpenAsync"/> takes that as an answer.
    /// </exception>
    /// <exception cref="ContentCorruptedException">The content is not what was stored.</exception>
    public async Task<string> ToTextAsync(CancellationToken cancellationToken = default)
    {
        var reader = await OpenContentAsync(cancellationToken).ConfigureAwait(false);
        await using var owned = reader.ConfigureAwait(false);
        return await ContentCopy.ToTextAsync(reader, Encoding.UTF8, _progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Downloads into a pipe, which is flushed and not completed: that is for its owner to do.</summary>
    /// <param name="destination">The pipe's writer.</param>
    /// <param name="cancellationToken">Ends the download.</param>
    /// <returns>The facts about the object.</returns>
    /// <exception cref="ObjectNotFoundException">The object does not exist.</exception>
    /// <exception cref="S3ToolkitException">
    /// The object was not modified, <see cref="S3ErrorCode.NotModified"/>: <see cref="OpenAsync"/> takes that as an answer.
    /// </exception>
    /// <exception cref="ContentCorruptedException">The content is not what was stored; the pipe has its bytes already.</exception>
    public async Task<ObjectInfo> ToPipeAsync(PipeWriter destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var stream = destination.AsStream(leaveOpen: true);
        await using var _ = stream.ConfigureAwait(false);
        return await ToStreamAsync(stream, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ObjectReader> OpenContentAsync(CancellationToken cancellationToken)
    {
        var reader = await OpenAsync(cancellationToken).ConfigureAwait(false);
        ContentCopy.Require(reader);
        return reader;
    }

    private DownloadBuilder Next(GetObjectOptions options) => new(_store, Key, options, _progress, _journalPath);
}
