namespace S3Toolkit.Transfers;

/// <summary>
/// A file that takes its name only when it is whole: written beside it under another name, flushed to the disk, then renamed.
/// </summary>
internal sealed class TemporaryFile : IAsyncDisposable
{
    // ENOSPC and EDQUOT on Linux and macOS (28, 122, 69), ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL on Windows.
    private static readonly int[] OutOfSpaceResults = [28, 122, 69, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    private const string Suffix = ".s3part";

    private readonly string _destination;
    private readonly string _path;
    private bool _isKept;

    private TemporaryFile(string destination, string path, FileStream stream) =>
        (_destination, _path, Stream) = (destination, path, stream);

    public FileStream Stream { get; }

    /// <summary>A new name in the folder of a file. It is random, never derived: two downloads to one file must not meet.</summary>
    public static string NewName() => $".{Path.GetRandomFileName()}{Suffix}";

    /// <summary>Whether a name can be that of a temporary file.</summary>
    public static bool IsName(string name) =>
        name.StartsWith('.') && name.EndsWith(Suffix, StringComparison.Ordinal) && Path.GetFileName(name) == name;

    /// <summary>
    /// Creates the file and sets its space aside where the size is known, so that a full disk shows before the transfer and not at its end.
    /// </summary>
    public static TemporaryFile Create(string destination, long? sizeBytes, string? name = null)
    {
        var folder = Path.GetDirectoryName(destination)!;
        var path = Path.Combine(folder, name ?? NewName());
        try
        {
            return new TemporaryFile(destination, path, new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
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

    /// <summary>Opens the file that an earlier run left behind.</summary>
    /// <returns>The file; null when it is not there.</returns>
    public static TemporaryFile? Reopen(string destination, string name)
    {
        var path = Path.Combine(Path.GetDirectoryName(destination)!, name);
        return File.Exists(path) ? new TemporaryFile(destination, path, Open(path, FileAccess.ReadWrite)) { _isKept = true } : null;
    }

    /// <summary>Opens the file that has its name already: an earlier run ended between giving it and saying so.</summary>
    /// <returns>The file; null when there is none of that size.</returns>
    public static TemporaryFile? Adopt(string destination, long sizeBytes) =>
        new FileInfo(destination) is { Exists: true } found && found.Length == sizeBytes
            ? new TemporaryFile(destination, destination, Open(destination, FileAccess.Read)) { _isKept = true }
            : null;

    public static void Delete(string destination, string name) => File.Delete(Path.Combine(Path.GetDirectoryName(destination)!, name));

    public static bool IsOutOfSpace(IOException error) => Array.IndexOf(OutOfSpaceResults, error.HResult) >= 0;

    /// <summary>Leaves the file where it is when this is disposed.</summary>
    public void Keep() => _isKept = true;

    /// <summary>Deletes the file, whatever was said before.</summary>
    public async ValueTask DiscardAsync()
    {
        _isKept = _path == _destination;
        await DisposeAsync().ConfigureAwait(false);
    }

    public void Commit()
    {
        if (Stream.CanWrite) Stream.Flush(flushToDisk: true);
        Stream.Dispose();
        if (_path != _destination) File.Move(_path, _destination, overwrite: true);
    }

    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync().ConfigureAwait(false);
        if (_isKept) return;
        // After a commit there is nothing of this name, and deleting nothing is no error.
        File.Delete(_path);
    }

    private static FileStream Open(string path, FileAccess access) => new(path, new FileStreamOptions
    {
        Mode = FileMode.Open,
        Access = access,
        Share = FileShare.None,
        Options = FileOptions.Asynchronous,
        BufferSize = 0,
    });
}
