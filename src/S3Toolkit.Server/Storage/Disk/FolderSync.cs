using System.ComponentModel;
using System.Runtime.InteropServices;

namespace S3Toolkit.Server.Storage.Disk;

/// <summary>
/// Makes a folder's entries survive a power cut: on Unix a new name is only as durable as the folder that holds it, and .NET opens no
/// folders. NTFS keeps its entries in a journal and needs nothing.
/// </summary>
internal static class FolderSync
{
    /// <summary>EINVAL: the file system has nothing to flush here.</summary>
    private const int InvalidArgument = 22;

    /// <exception cref="IOException">The disk refused.</exception>
    public static void Flush(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        int folder = NativeMethods.Open(path, 0);
        if (folder < 0) throw Failure(path, Marshal.GetLastPInvokeError());
        try
        {
            if (NativeMethods.Flush(folder) >= 0) return;
            int error = Marshal.GetLastPInvokeError();
            if (error != InvalidArgument) throw Failure(path, error);
        }
        finally
        {
            _ = NativeMethods.Close(folder);
        }
    }

    private static IOException Failure(string path, int error) =>
        new($"The folder '{path}' cannot be flushed to disk: {new Win32Exception(error).Message}", error);

    private static class NativeMethods
    {
#pragma warning disable SYSLIB1054 // Generated marshalling needs unsafe code, which nothing else here does.
        [DllImport("libc", EntryPoint = "open", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

        [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Flush(int descriptor);

        [DllImport("libc", EntryPoint = "close")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Close(int descriptor);
#pragma warning restore SYSLIB1054
    }
}
