using System.Globalization;

namespace S3Toolkit.Server.Storage.Disk;

/// <summary>
/// The folder of one server: <c>lock</c>, <c>metadata.db</c>, <c>bodies</c> and <c>temporary</c>. Held by one process at a time, by a
/// lock of the operating system that goes with the process, however it ends.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    /// <summary>Enough for the log of some hundred deletions.</summary>
    private const int ReserveBytes = 1024 * 1024;

    private DataFolder(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    public string Path { get; }

    public string DatabasePath => System.IO.Path.Combine(Path, "metadata.db");

    public string BodiesPath => System.IO.Path.Combine(Path, "bodies");

    private string ReservePath => System.IO.Path.Combine(Path, "reserve");

    public string TemporaryPath => System.IO.Path.Combine(Path, "temporary");

    /// <exception cref="IOException">The folder cannot be made, or another server has it.</exception>
    public static DataFolder Open(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The data folder '{path}' cannot be made: {exception.Message}", exception);
        }
        DataFolder folder = new(path, Lock(path));
        try
        {
            folder.Prepare();
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public void Dispose() => _lock.Dispose();

    /// <summary>
    /// Sets room aside, so that on a full disk deletions, which must be written down too, still can be. Without room for it there is none.
    /// </summary>
    public void FillReserve()
    {
        try
        {
            if (File.Exists(ReservePath)) return;
            using FileStream file = new(ReservePath, FileMode.CreateNew, FileAccess.Write);
            file.Write(new byte[ReserveBytes]); // written, not only sized: a sparse file reserves nothing
        }
        catch (IOException)
        {
            ReleaseReserve();
        }
    }

    public void ReleaseReserve() => File.Delete(ReservePath);

    private static FileStream Lock(string path)
    {
        string lockPath = System.IO.Path.Combine(path, "lock");
        try
        {
            return new FileStream(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException($"The data folder '{path}' cannot be written to: {exception.Message}", exception);
        }
        catch (IOException exception)
        {
            throw new IOException(
                $"The data folder '{path}' is in use by another S3 server. Stop that one first, or choose another folder.", exception);
        }
    }

    private void Prepare()
    {
        // Half-written bodies of a process that was killed: nobody else writes here while the lock is held.
        Directory.CreateDirectory(TemporaryPath);
        foreach (string left in Directory.EnumerateFiles(TemporaryPath)) File.Delete(left);
        Directory.CreateDirectory(BodiesPath);
        for (int shard = 0; shard < Bodies.BodyFiles.Shards; shard++)
            Directory.CreateDirectory(System.IO.Path.Combine(BodiesPath, shard.ToString("x2", CultureInfo.InvariantCulture)));
        FillReserve();
        FolderSync.Flush(BodiesPath);
        FolderSync.Flush(Path);
    }
}
