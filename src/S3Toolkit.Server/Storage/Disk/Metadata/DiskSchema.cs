using Microsoft.Data.Sqlite;

namespace S3Toolkit.Server.Storage.Disk.Metadata;

/// <summary>
/// The tables. Keys are UTF-8 blobs, so the order of the indexes is the order in which S3 lists. The records are JSON: a field that a later
/// version adds needs no new schema.
/// </summary>
internal static class DiskSchema
{
    private const long Version = 3;

    /// <summary>"S3TK": that the file is ours.</summary>
    private const long ApplicationId = 0x5333544B;

    private const string Tables =
        """
        CREATE TABLE settings(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        INSERT INTO settings VALUES('session', 0);

        CREATE TABLE buckets(id INTEGER PRIMARY KEY, name BLOB NOT NULL UNIQUE, record BLOB NOT NULL);

        -- One row a version; a larger id is newer. state: 0 superseded, 1 the newest and an object, 2 the newest and a delete marker.
        CREATE TABLE objects(
            id INTEGER PRIMARY KEY, bucket_id INTEGER NOT NULL, key BLOB NOT NULL, version_id TEXT NOT NULL, state INTEGER NOT NULL,
            is_marker INTEGER NOT NULL, record BLOB NOT NULL, parts BLOB);
        CREATE UNIQUE INDEX objects_by_key ON objects(bucket_id, key, id DESC);
        CREATE UNIQUE INDEX objects_visible ON objects(bucket_id, key) WHERE state = 1;
        -- A replica has the id of its source, in another bucket or as another key.
        CREATE UNIQUE INDEX objects_by_version ON objects(version_id, bucket_id, key) WHERE version_id <> 'null';
        CREATE UNIQUE INDEX objects_old_null ON objects(bucket_id, key) WHERE version_id = 'null' AND state = 0;

        -- Small bodies, apart from their records so that a listing does not walk over them.
        CREATE TABLE inline_bodies(object_id INTEGER PRIMARY KEY, checksum INTEGER NOT NULL, bytes BLOB NOT NULL);
        CREATE TABLE body_files(
            object_id INTEGER NOT NULL, ordinal INTEGER NOT NULL, file TEXT NOT NULL UNIQUE, length INTEGER NOT NULL,
            checksums BLOB NOT NULL, PRIMARY KEY(object_id, ordinal)) WITHOUT ROWID;

        -- completed: null while under way; then its place in the order in which uploads were completed.
        CREATE TABLE uploads(
            id INTEGER PRIMARY KEY, bucket_id INTEGER NOT NULL, key BLOB NOT NULL, upload_id TEXT NOT NULL, completed INTEGER,
            record BLOB NOT NULL);
        CREATE UNIQUE INDEX uploads_by_key ON uploads(bucket_id, key, upload_id);
        CREATE UNIQUE INDEX uploads_completed ON uploads(bucket_id, completed) WHERE completed IS NOT NULL;
        CREATE TABLE parts(
            upload INTEGER NOT NULL, number INTEGER NOT NULL, record BLOB NOT NULL, file TEXT NOT NULL UNIQUE, length INTEGER NOT NULL,
            checksums BLOB NOT NULL, PRIMARY KEY(upload, number)) WITHOUT ROWID;
        """;

    /// <summary>Version ids were unique in all buckets (1), then in each of them (2).</summary>
    private const string ToVersion3 =
        """
        DROP INDEX objects_by_version;
        CREATE UNIQUE INDEX objects_by_version ON objects(version_id, bucket_id, key) WHERE version_id <> 'null';
        PRAGMA user_version = 3;
        """;

    /// <summary>Makes the tables of a new database, checks those of an old one, and begins a session.</summary>
    /// <returns>The number of the session: larger than all before.</returns>
    /// <exception cref="IOException">The database is not ours, or of a later version.</exception>
    /// <exception cref="StorageFullException">There is no room.</exception>
    public static long Open(SqliteSession writer, string path)
    {
        try
        {
            return Begin(writer, path);
        }
        catch (SqliteException exception) when (DiskFailure.IsFull(exception, writer.SystemError))
        {
            throw DiskFailure.Of(exception, writer.SystemError);
        }
        catch (SqliteException exception)
        {
            throw new IOException($"The server's metadata '{path}' cannot be read: {exception.Message}", exception);
        }
    }

    private static long Begin(SqliteSession writer, string path)
    {
        writer.Execute("BEGIN IMMEDIATE");
        long version = writer.Scalar("PRAGMA user_version");
        if (version == 0 && writer.Scalar("SELECT count(*) FROM sqlite_master") == 0)
        {
            writer.ExecuteOnce(Tables);
            writer.ExecuteOnce(FormattableString.Invariant($"PRAGMA user_version = {Version}; PRAGMA application_id = {ApplicationId}"));
        }
        else if (writer.Scalar("PRAGMA application_id") != ApplicationId)
        {
            throw new IOException($"'{path}' is a database of something else than S3Toolkit.Server. Choose another data folder.");
        }
        else if (version > Version)
        {
            throw new IOException(
                $"The data in '{path}' was written by a later version of S3Toolkit.Server (schema {version}; this one reads up to "
                + $"{Version}). Update S3Toolkit.Server, or choose another data folder.");
        }
        else if (version < Version)
        {
            writer.ExecuteOnce(ToVersion3);
        }
        writer.Execute("UPDATE settings SET value = value + 1 WHERE name = 'session'");
        long session = writer.Scalar("SELECT value FROM settings WHERE name = 'session'");
        writer.Execute("COMMIT");
        return session;
    }
}
