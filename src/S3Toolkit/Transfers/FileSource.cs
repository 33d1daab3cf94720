using Microsoft.Win32.SafeHandles;
using S3Toolkit.Transport;

namespace S3Toolkit.Transfers;

/// <summary>An open file of an upload: read at any offset by several readers at once, and watched for changes.</summary>
internal sealed class FileSource : IDisposable
{
    private readonly SafeFileHandle _handle;
    private readonly FileContent _content;
    private readonly string _target;

    private FileSource(SafeFileHandle handle, FileContent content, string target) =>
        (_handle, _content, _target) = (handle, content, target);

    public long Length => _content.Length!.Value;

    /// <summary>Opens the file. Others may write to it: that is found out and said, rather than locked out.</summary>
    /// <exception cref="S3ToolkitException">The file changed since the content was made.</exception>
    public static FileSource Open(FileContent content, string bucketName, string key)
    {
        var handle = File.OpenHandle(
            content.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.Asynchronous);
        var source = new FileSource(handle, content, $"s3://{bucketName}/{key}");
        try
        {
            source.ThrowIfChanged();
            return source;
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    public RequestBody Slice(long offset, long length) => new FileSliceBody(this, offset, length);

    /// <exception cref="S3ToolkitException">The file cannot be read.</exception>
    public int Read(long offset, Span<byte> buffer)
    {
        try
        {
            return RandomAccess.Read(_handle, buffer, offset);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(offset, error);
        }
    }

    /// <exception cref="S3ToolkitException">The file cannot be read.</exception>
    public async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await RandomAccess.ReadAsync(_handle, buffer, offset, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(offset, error);
        }
    }

    public void ThrowIfChanged()
    {
        var length = RandomAccess.GetLength(_handle);
        if (length != Length) throw Changed($"it had {Length} bytes and now has {length}");
        if (File.GetLastWriteTimeUtc(_handle) != _content.LastWriteTimeUtc)
            throw Changed($"it was written to, its size is still {length} bytes");
    }

    public S3ToolkitException EndedEarly(long offset) => Changed($"it had {Length} bytes and now ends at {offset}");

    public void Dispose() => _handle.Dispose();

    // As an IOException it would pass for one of the connection, and be tried again.
    private S3ToolkitException Unreadable(long offset, Exception error) => new(
        $"The file '{_content.Path}' could not be read at byte {offset} while it was uploaded to {_target}: {error.Message} "
        + "Nothing was written; check the file and its disk.",
        S3ErrorCode.SourceUnreadable,
        error);

    private S3ToolkitException Changed(string how) => new(
        $"The file '{_content.Path}' changed while it was uploaded to {_target}: {how}. Nothing was written; upload it when it is at rest.",
        S3ErrorCode.SourceChanged);
}
