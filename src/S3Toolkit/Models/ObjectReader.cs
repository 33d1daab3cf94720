using System.Text;

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
        : this(info, content, range, verification: null)
    {
    }

    internal ObjectReader(ObjectInfo info, Stream content, ContentRange? range, Func<ContentVerification>? verification)
    {
        ArgumentNullException.ThrowIfNull(info);
        ArgumentNullException.ThrowIfNull(content);
        (Info, Content, Range, _verification) = (info, content, range, verification);
        ContentLengthBytes = range?.LengthBytes ?? info.SizeBytes;
    }

    private ObjectReader(ObjectInfo info)
        : this(info, Stream.Null, range: null, verification: null) => (IsNotModified, ContentLengthBytes) = (true, 0);

    /// <summary>The facts about the object.</summary>
    public ObjectInfo Info { get; }

    /// <summary>The content, forward only. Empty when <see cref="IsNotModified"/>.</summary>
    public Stream Content { get; }

    /// <summary>What part of the object the content is; null for all of it.</summary>
    public ContentRange? Range { get; }

    /// <summary>The length of <see cref="Content"/> in bytes.</summary>
    public long ContentLengthBytes { get; }

    /// <summary>Whether the object is still the one that the caller knows (304): there is no content.</summary>
    public bool IsNotModified { get; }

    /// <summary>How far the content was verified; <see cref="ContentVerification.Pending"/> until it was read to its end.</summary>
    public ContentVerification Verification => _verification?.Invoke() ?? ContentVerification.Pending;

    /// <summary>The answer "not modified".</summary>
    /// <param name="info">What is known about the object.</param>
    /// <returns>A reader without content.</returns>
    public static ObjectReader NotModified(ObjectInfo info) => new(info);

    /// <summary>Reads all of the content into memory and disposes the reader.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The bytes.</returns>
    /// <exception cref="ContentCorruptedException">The content is not what was stored.</exception>
    /// <exception cref="InvalidOperationException">The content is larger than an array can be (2 GiB).</exception>
    public async Task<byte[]> ReadAllBytesAsync(CancellationToken cancellationToken = default)
    {
        await using var owned = this.ConfigureAwait(false);
        if (ContentLengthBytes > Array.MaxLength)
        {
            throw new InvalidOperationException(
                $"The content of s3://{Info.BucketName}/{Info.Key} has {ContentLengthBytes} bytes, more than an array can hold. Copy it to a stream or a file.");
        }

        var bytes = GC.AllocateUninitializedArray<byte>((int)ContentLengthBytes);
        await Content.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
        // The read that meets the end is the one that verifies.
        await Content.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
        return bytes;
    }

    /// <summary>Reads all of the content as text and disposes the reader.</summary>
    /// <param name="encoding">The encoding; null for UTF-8, or what a byte order mark says.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The text.</returns>
    /// <exception cref="ContentCorruptedException">The content is not what was stored.</exception>
    public async Task<string> ReadAllTextAsync(Encoding? encoding = null, CancellationToken cancellationToken = default)
    {
        await using var owned = this.ConfigureAwait(false);
        using var reader = new StreamReader(Content, encoding ?? Encoding.UTF8, leaveOpen: true);
        return await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
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

}
