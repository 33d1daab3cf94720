using System.Runtime.InteropServices;
using SQLitePCL;

namespace S3Toolkit.Server.Storage.Disk.Metadata;

/// <summary>
/// What the operating system told SQLite last, which its own codes do not tell: a quota that is used up is a mere "I/O error".
/// </summary>
internal static class SqliteError
{
    /// <returns>errno; 0 when there is none, or the library has no such function.</returns>
    public static int SystemErrorOf(sqlite3? database)
    {
        if (database is null || database.IsInvalid || database.IsClosed) return 0;
        try
        {
            return NativeMethods.SystemError(database);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return 0;
        }
    }

    private static class NativeMethods
    {
#pragma warning disable SYSLIB1054 // Generated marshalling needs unsafe code, which nothing else here does.
        [DllImport("e_sqlite3", EntryPoint = "sqlite3_system_errno")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
        public static extern int SystemError(sqlite3 database);
#pragma warning restore SYSLIB1054
    }
}
