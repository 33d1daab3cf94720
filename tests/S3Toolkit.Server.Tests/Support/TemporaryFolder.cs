namespace S3Toolkit.Server.Tests.Support;

/// <summary>
/// A folder of the test's own, gone with it. In memory where the system has such: flushes to a disk would be most of the time.
/// </summary>
internal sealed class TemporaryFolder : IDisposable
{
    private const string SharedMemory = "/dev/shm";

    public TemporaryFolder(bool onDisk = false)
    {
        string root = !onDisk && Directory.Exists(SharedMemory) ? SharedMemory : System.IO.Path.GetTempPath();
        Path = System.IO.Path.Combine(root, "s3toolkit-" + Guid.NewGuid().ToString("n"));
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
