using System.Globalization;

namespace S3Toolkit.Server.Storage.Disk;

/// <summary>
/// The folder of one server: <c>lock</c>, <c>metadata.db</c>, <c>bodies</c>, <c>temporary</c> and <c>reserve</c>. Held by one process at a
/// time, by a lock of the operating system that goes with the process, however it ends.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    // What .NET hands on as HResult when somebody else holds the lock: EWOULDBLOCK on Linux and macOS, and Windows' sharing violation.
    private static readonly int[] InUseCodes = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held, TimeProvider time, Durability durability)
    {
        Path = path;
        _lock = held;
        Durability = durability;
        Reserve = new DeletionReserve(System.IO.Path.Combine(path, "reserve"), time);
    }

    public string Path { get; }

    public Durability Durability { get; }

    public DeletionReserve Reserve { get; }

    public string DatabasePath => System.IO.Path.Combine(Path, "metadata.db");

    public string BodiesPath => System.IO.Path.Combine(Path, "bodies");

    public string TemporaryPath => System.IO.Path.Combine(Path, "temporary");

    /// <exception cref="IOException">The folder cannot be made, or another server has it.</exception>
    public static DataFolder Open(string path, TimeProvider? time = null, Durability? durability = null)
    {
        path = System.IO.Path.GetFullPath(path);
        durability ??= Durability.Default;
        try
        {
            Create(path, durability);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The data folder '{path}' cannot be made: {exception.Message}", exception);
        }
        DataFolder folder = new(path, Lock(path), time ?? TimeProvider.System, durability);
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

    /// <summary>Makes a folder and those above it. Each survives a power cut only once the one above it was flushed.</summary>
    private static void Create(string path, Durability durability)
    {
        List<string> parents = [];
        for (string? missing = path; missing is not null && !Directory.Exists(missing); missing = System.IO.Path.GetDirectoryName(missing))
        {
            if (System.IO.Path.GetDirectoryName(missing) is { } parent) parents.Add(parent);
        }
        Directory.CreateDirectory(path);
        foreach (string parent in parents) durability.FlushFolder(parent);
    }

    private static FileStream Lock(string path)
    {
        string lockPath = System.IO.Path.Combine(path, "lock");
        try
        {
            return new FileStream(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (Array.IndexOf(InUseCodes, exception.HResult) >= 0)
        {
            throw new IOException(
                $"The data folder '{path}' is in use by another S3 server. Stop that one first, or choose another folder.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The data folder '{path}' cannot be written to: {exception.Message}", exception);
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
        Reserve.RefillIfDue();
        Durability.FlushFolder(BodiesPath);
        Durability.FlushFolder(Path);
    }
}
