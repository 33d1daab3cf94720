using System.Diagnostics;

namespace S3Toolkit.Tests.Pains;

/// <summary>A file system in memory that is full soon; the test is skipped where none can be mounted.</summary>
internal sealed class TinyDisk : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("s3toolkit-disk-");

    private TinyDisk()
    {
    }

    public string FullName => _folder.FullName;

    public static TinyDisk Mount(long sizeBytes)
    {
        var disk = new TinyDisk();
        var isMounted = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess
            && Run("mount", "-t", "tmpfs", "-o", $"size={sizeBytes}", "tmpfs", disk.FullName);
        if (isMounted) return disk;
        disk._folder.Delete();
        Assert.Ignore("A file system in memory can be mounted only by root on Linux, and not in every container.");
        return disk;
    }

    public void Dispose()
    {
        Run("umount", FullName);
        _folder.Delete();
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
