using Microsoft.Data.Sqlite;

namespace S3Toolkit.Server.Storage.Disk;

/// <summary>What file system and database say when something fails, as the storage's own exceptions.</summary>
internal static class DiskFailure
{
    private const string FullMessage = "The disk that holds the server's data is full. Nothing was stored; free some space and try again.";

    // SQLite's result codes.
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;
    private const int SqliteIoError = 10;
    private const int SqliteCorrupt = 11;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;
    private const int SqliteNotADatabase = 26;

    /// <summary>SQLITE_IOERR_SHMSIZE: the index of the log could not grow, which nothing but a full disk keeps it from.</summary>
    private const int SqliteNoRoomForIndex = 4874;

    // errno, which .NET hands on as HResult: ENOSPC, and EDQUOT on Linux and macOS; then Windows' two.
    private static readonly int[] FullCodes =
        [28, 122, 69, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    /// <summary>Whether an exception of the file system or of the database is one that <see cref="Of"/> translates.</summary>
    public static bool IsKnown(Exception exception) => exception is IOException or UnauthorizedAccessException or SqliteException;

    /// <summary>Whether there was no room.</summary>
    /// <param name="exception">Of the file system, or of the database.</param>
    /// <param name="systemError">What the system told the database; 0 when that is not known.</param>
    public static bool IsFull(Exception exception, int systemError = 0) => exception switch
    {
        SqliteException { SqliteErrorCode: SqliteFull } or SqliteException { SqliteExtendedErrorCode: SqliteNoRoomForIndex } => true,
        SqliteException { SqliteErrorCode: SqliteIoError or SqliteCannotOpen } => Array.IndexOf(FullCodes, systemError) >= 0,
        IOException => Array.IndexOf(FullCodes, exception.HResult) >= 0,
        _ => exception is StorageFullException,
    };

    /// <param name="exception">Of the file system, or of the database.</param>
    /// <param name="systemError">What the system told the database; 0 when that is not known.</param>
    public static Exception Of(Exception exception, int systemError = 0) => exception switch
    {
        _ when IsFull(exception, systemError) => new StorageFullException(FullMessage, exception),
        SqliteException { SqliteErrorCode: SqliteBusy or SqliteLocked } => new StorageBusyException(
            "Another program holds the server's metadata database. Nothing was stored; close it there and try again.", exception),
        SqliteException { SqliteErrorCode: SqliteCorrupt or SqliteNotADatabase } =>
            new StorageDamagedException("The server's metadata database is damaged.", exception),
        _ => new StorageDamagedException("The server's data folder cannot be read or written: " + exception.Message, exception),
    };
}
