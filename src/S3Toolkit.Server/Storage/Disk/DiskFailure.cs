using Microsoft.Data.Sqlite;

namespace S3Toolkit.Server.Storage.Disk;

/// <summary>What file system and database say when something fails, as the storage's own exceptions.</summary>
internal static class DiskFailure
{
    private const string FullMessage = "The disk that holds the server's data is full. Nothing was stored; free some space and try again.";

    // SQLite's result codes.
    private const int SqliteCorrupt = 11;
    private const int SqliteFull = 13;
    private const int SqliteNotADatabase = 26;

    // errno, which .NET hands on as HResult: ENOSPC, and EDQUOT on Linux and macOS; then Windows' two.
    private static readonly int[] FullCodes =
        [28, 122, 69, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    /// <summary>Whether an exception of the file system or of the database is one that <see cref="Of"/> translates.</summary>
    public static bool IsKnown(Exception exception) => exception is IOException or UnauthorizedAccessException or SqliteException;

    public static Exception Of(Exception exception) => exception switch
    {
        SqliteException { SqliteErrorCode: SqliteFull } => new StorageFullException(FullMessage, exception),
        SqliteException { SqliteErrorCode: SqliteCorrupt or SqliteNotADatabase } =>
            new StorageDamagedException("The server's metadata database is damaged.", exception),
        IOException when Array.IndexOf(FullCodes, exception.HResult) >= 0 => new StorageFullException(FullMessage, exception),
        _ => new StorageDamagedException("The server's data folder cannot be read or written: " + exception.Message, exception),
    };
}
