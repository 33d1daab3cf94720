using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace S3Toolkit;

/// <summary>
/// What is uploaded: a file, memory, text, a stream or a pipe. Whatever the caller opened stays the caller's: streams are read from
/// their position to their end and left open.
/// </summary>
public abstract class ObjectContent
{
    private protected ObjectContent()
    {
    }

    /// <summary>The number of bytes; null when it shows only at the end.</summary>
    public abstract long? Length { get; }

    /// <summary>Whether the bytes can be read more than once.</summary>
    public abstract bool IsReplayable { get; }

    /// <summary>A name to tell the content type from; null when there is none.</summary>
    internal virtual string? FileName => null;

    /// <summary>A file, opened when the upload starts and read as it is sent.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The content.</returns>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static ObjectContent FromFile(string path) => new FileContent(path);

    /// <summary>Bytes in memory, which must not change until the upload is done.</summary>
    /// <param name="content">The bytes.</param>
    /// <returns>The content.</returns>
    public static ObjectContent FromMemory(ReadOnlyMemory<byte> content) => new MemoryContent(content);

    /// <summary>Bytes in several pieces, which must not change until the upload is done.</summary>
    /// <param name="content">The bytes.</param>
    /// <returns>The content.</returns>
    public static ObjectContent FromSequence(ReadOnlySequence<byte> content) =>
        content.IsSingleSegment ? new MemoryContent(content.First) : new StreamContent(new ReadOnlySequenceStream(content));

    /// <summary>Text, as UTF-8 without a byte order mark.</summary>
    /// <param name="content">The text.</param>
    /// <returns>The content.</returns>
    public static ObjectContent FromText(string content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return new MemoryContent(Encoding.UTF8.GetBytes(content));
    }

    /// <summary>A stream, read once from its position to its end, and left open.</summary>
    /// <param name="content">The stream; it need not be seekable.</param>
    /// <returns>The content.</returns>
    /// <exception cref="ArgumentException">The stream cannot be read.</exception>
    public static ObjectContent FromStream(Stream content) => new StreamContent(content);

    /// <summary>A pipe, read to its end. The reader is not completed: that is for its owner to do.</summary>
    /// <param name="content">The pipe's reader.</param>
    /// <returns>The content.</returns>
    public static ObjectContent FromPipe(PipeReader content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return new StreamContent(content.AsStream(leaveOpen: true));
    }

    /// <summary>Converts bytes.</summary>
    /// <param name="content">The bytes.</param>
    public static implicit operator ObjectContent(byte[] content) => FromMemory(content);

    /// <summary>Converts bytes.</summary>
    /// <param name="content">The bytes.</param>
    public static implicit operator ObjectContent(ReadOnlyMemory<byte> content) => FromMemory(content);

    /// <summary>Converts bytes.</summary>
    /// <param name="content">The bytes.</param>
    public static implicit operator ObjectContent(Memory<byte> content) => FromMemory(content);

    /// <summary>Opens the content for reading from its start, for stores that are not over S3.</summary>
    /// <returns>A stream that the caller disposes; that closes nothing that the caller of the factory opened.</returns>
    /// <exception cref="InvalidOperationException">The content was read before and cannot be read again.</exception>
    public abstract Stream OpenRead();
}
