namespace S3Toolkit.Transfers;

/// <summary>
/// A file that takes its name only when it is whole: written beside it under another name, flushed to the disk, then renamed.
/// </summary>
internal sealed class TemporaryFile : IAsyncDisposable
{
    // ENOSPC and EDQUOT on Linux and macOS (28, 122, 69), ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL on Windows.
    private static readonly int[] OutOfSpaceResults = [28, 122, 69, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    private readonly string _destination;
    private readonly string _path;

    private TemporaryFile(string destination, string path, FileStream stream) =>
        (_destination, _path, Stream) = (destination, path, stream);

    public FileStream Stream { get; }

    /// <summary>
    /// Creates the file and sets its space aside where the size is known, so that a full disk shows before the transfer and not at its end.
    /// </summary>
    public static TemporaryFile Create(string destination, long? sizeBytes)
    {
        var folder = Path.GetDirectoryName(destination)!;
        // The name is random, never derived: two downloads to one file must not write into each other.
        var path = Path.Combine(folder, $".{Path.GetRandomFileName()}.s3part");
        try
        {
            return new TemporaryFile(destination, path, new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Share = FileShare.None,
                Options = FileOptions.Asynchronous,
                PreallocationSize = sizeBytes ?? 0,
                BufferSize = 0,
            }));
        }
        catch (DirectoryNotFoundException error)
        {
            throw new DirectoryNotFoundException(
                $"The folder '{folder}' does not exist: create it before you download '{destination}'.", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new UnauthorizedAccessException(
                $"'{destination}' cannot be written: no permission to create files in '{folder}'.", error);
        }
        catch (IOException error)
        {
            throw new IOException(
                $"'{destination}' cannot be written{(sizeBytes is { } size ? $" ({size} bytes)" : "")}: {error.Message}", error);
        }
    }

    public static bool IsOutOfSpace(IOException error) => Array.IndexOf(OutOfSpaceResults, error.HResult) >= 0;

    public void Commit()
    {
        Stream.Flush(flushToDisk: true);
        Stream.Dispose();
        File.Move(_path, _destination, overwrite: true);
    }

    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync().ConfigureAwait(false);
        // After a commit there is nothing of this name, and deleting nothing is no error.
        File.Delete(_path);
    }
}
