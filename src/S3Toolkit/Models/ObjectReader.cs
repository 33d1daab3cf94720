using System.Text;
using S3Toolkit.Transfers;

namespace S3Toolkit;

/// <summary>
/// An open object: its facts, and its content as a stream. Reading to the end frees the connection; disposing does so before. Content
/// that turns out to be corrupt is a <see cref="ContentCorruptedException"/> at the last read.
/// </summary>
public sealed class ObjectReader : IAsyncDisposable, IDisposable
{
    private readonly Func<ContentVerification>? _verification;

    /// <summary>Creates a reader, for implementations of <see cref="IObjectStore"/> and for tests.</summary>
    /// <param name="info">The facts.</param>
    /// <param name="content">The content; the reader owns it.</param>
    /// <param name="range">What part of the object the content is; null for all of it.</param>
    public ObjectReader(ObjectInfo info, Stream content, ContentRange? range = null)
        : this(info, content, range, LengthOf(info, content, range))
    {
    }

    internal ObjectReader(
        ObjectInfo info, Stream content, ContentRange? range, long? lengthBytes, Func<ContentVerification>? verification = null)
    {
        ArgumentNullException.ThrowIfNull(info);
        ArgumentNullException.ThrowIfNull(content);
        (Info, Content, Range, ContentLengthBytes, _verification) = (info, content, range, lengthBytes, verification);
    }

    /// <summary>The facts about the object.</summary>
    public ObjectInfo Info { get; }

    /// <summary>The content, forward only. Empty when <see cref="IsNotModified"/>.</summary>
    public Stream Content { get; }

    /// <summary>What part of the object the content is; null for all of it.</summary>
    public ContentRange? Range { get; }

    /// <summary>The length of <see cref="Content"/> in bytes; null when the server did not say, so that only the end tells.</summary>
    public long? ContentLengthBytes { get; }

    /// <summary>Whether the object is still the one that the caller knows (304): there is no content.</summary>
    public bool IsNotModified { get; private init; }

    /// <summary>How far the content was verified; <see cref="ContentVerification.Pending"/> until it was read to its end.</summary>
    public ContentVerification Verification => _verification?.Invoke() ?? ContentVerification.Pending;

    /// <summary>Is told what a listener to the progress of reading threw.</summary>
    internal Action<Exception>? ProgressFailed { get; init; }

    /// <summary>The answer "not modified".</summary>
    /// <param name="info">What is known about the object.</param>
    /// <returns>A reader without content.</returns>
    public static ObjectReader NotModified(ObjectInfo info) =>
        new(info, Stream.Null, range: null, lengthBytes: 0) { IsNotModified = true };

    /// <summary>Reads all of the content into memory and disposes the reader.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The bytes.</returns>
    /// <exception cref="ContentCorruptedException">The content is not what was stored.</exception>
    /// <exception cref="InvalidOperationException">The content is larger than an array can be (2 GiB).</exception>
    public async Task<byte[]> ReadAllBytesAsync(CancellationToken cancellationToken = default)
    {
        await using var owned = this.ConfigureAwait(false);
        return await ContentCopy.ToArrayAsync(this, progress: null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads all of the content as text and disposes the reader.</summary>
    /// <param name="encoding">The encoding; null for UTF-8, or what a byte order mark says.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The text.</returns>
    /// <exception cref="ContentCorruptedException">The content is not what was stored.</exception>
    public async Task<string> ReadAllTextAsync(Encoding? encoding = null, CancellationToken cancellationToken = default)
    {
        await using var owned = this.ConfigureAwait(false);
        return await ContentCopy.ToTextAsync(this, encoding ?? Encoding.UTF8, progress: null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Copies all of the content into a stream, which is left open, and disposes the reader.</summary>
    /// <param name="destination">The stream.</param>
    /// <param name="cancellationToken">Ends the copying.</param>
    /// <returns>A task that ends with the copying.</returns>
    /// <exception cref="ContentCorruptedException">The content is not what was stored; the destination has its bytes already.</exception>
    public async Task CopyToAsync(Stream destination, CancellationToken cancellationToken = default)
    {
        await using var owned = this.ConfigureAwait(false);
        await Content.CopyToAsync(destination, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => Content.Dispose();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Content.DisposeAsync();

    // Readers of tests often leave the size out.
    private static long? LengthOf(ObjectInfo? info, Stream? content, ContentRange? range) => range?.LengthBytes
        ?? (content is { CanSeek: true } ? content.Length - content.Position : info?.SizeBytes > 0 ? info.SizeBytes : null);
}
