using Microsoft.Data.Sqlite;
using S3Toolkit.Server.Storage.Disk.Bodies;

namespace S3Toolkit.Server.Storage.Disk.Metadata;

/// <summary>Finds versions and adds and removes their rows, so that one of each key is the latest.</summary>
internal static class ObjectTable
{
    /// <summary>The JSON of some thirty parts: more are read only when somebody asks for them.</summary>
    private const long MaxPartsBytes = 4096;

    public static StoredObject? Latest(SqliteSession session, long bucketId, byte[] key) => StoredObject.ReadOne(session.Query(
        $"SELECT {StoredObject.Columns} FROM objects WHERE bucket_id = ?1 AND key = ?2 ORDER BY id DESC LIMIT 1", bucketId, key));

    /// <summary>The named version; the latest when none is named.</summary>
    public static StoredObject? Find(SqliteSession session, long bucketId, byte[] key, string? versionId)
    {
        if (versionId is null) return Latest(session, bucketId, key);
        if (versionId == ObjectRecord.NullVersion) return FindNull(session, bucketId, key, Latest(session, bucketId, key));
        return StoredObject.ReadOne(session.Query(
            $"""
            SELECT {StoredObject.Columns} FROM objects
            WHERE version_id = ?1 AND version_id <> 'null' AND bucket_id = ?2 AND key = ?3
            """,
            versionId, bucketId, key));
    }

    /// <summary>The null version, which is mostly the latest one.</summary>
    public static StoredObject? FindNull(SqliteSession session, long bucketId, byte[] key, StoredObject? latest)
    {
        if (latest is null || latest.VersionId == ObjectRecord.NullVersion) return latest;
        return StoredObject.ReadOne(session.Query(
            $"""
            SELECT {StoredObject.Columns} FROM objects
            WHERE bucket_id = ?1 AND key = ?2 AND version_id = 'null' AND state = 0
            """,
            bucketId, key));
    }

    /// <summary>Adds a version as the latest of its key. There is only one null version: it replaces an older one.</summary>
    public static void Add(
        WriteTransaction transaction, long bucketId, byte[] key, ObjectRecord record, BodyPlacement placement, StoredObject? latest)
    {
        SqliteSession session = transaction.Session;
        StoredObject? replaced = record.VersionId == ObjectRecord.NullVersion ? FindNull(session, bucketId, key, latest) : null;
        if (replaced is not null && replaced.Id == latest!.Id && !replaced.IsDeleteMarker && !record.IsDeleteMarker)
        {
            Replace(transaction, replaced.Id, record, placement);
            return;
        }
        if (replaced is not null) Delete(transaction, replaced.Id);
        if (latest is not null && latest.Id != replaced?.Id) session.Execute("UPDATE objects SET state = 0 WHERE id = ?1", latest.Id);
        session.Execute(
            """
            INSERT INTO objects(bucket_id, key, version_id, state, is_marker, record, parts)
            VALUES(?1, ?2, ?3, CASE WHEN ?4 THEN 2 ELSE 1 END, ?4, ?5, ?6)
            """,
            bucketId, key, record.VersionId, record.IsDeleteMarker, RecordJson.Write(record), PartsJson(record));
        BodyTable.Add(session, session.LastInsertId, placement);
    }

    /// <summary>Removes a version; when it was the latest, the one before becomes that.</summary>
    public static void Remove(WriteTransaction transaction, long bucketId, byte[] key, StoredObject version)
    {
        Delete(transaction, version.Id);
        if (!version.IsLatest) return;
        transaction.Session.Execute(
            """
            UPDATE objects SET state = CASE WHEN is_marker THEN 2 ELSE 1 END
            WHERE id = (SELECT id FROM objects WHERE bucket_id = ?1 AND key = ?2 ORDER BY id DESC LIMIT 1)
            """,
            bucketId, key);
    }

    /// <summary>
    /// The parts that an object was completed from. A page of a listing does without them: there may be 10,000 an object.
    /// </summary>
    public static IReadOnlyList<PartRecord> Parts(SqliteSession session, long id) =>
        PartsJson(session, id) is { } json ? RecordJson.Read<IReadOnlyList<PartRecord>>(json) : [];

    public static byte[]? PartsJson(SqliteSession session, long id)
    {
        using SqliteDataReader reader = session.Query("SELECT parts FROM objects WHERE id = ?1", id);
        return reader.Read() && !reader.IsDBNull(0) ? reader.GetFieldValue<byte[]>(0) : null;
    }

    /// <summary>Whether the parts are too many to be read before somebody asks for them.</summary>
    public static bool HasManyParts(SqliteSession session, long id) => session.Scalar(
        "SELECT EXISTS(SELECT 1 FROM objects WHERE id = ?1 AND length(parts) > ?2)", id, MaxPartsBytes) != 0;

    public static void Update(SqliteSession session, long id, ObjectRecord record) =>
        session.Execute("UPDATE objects SET record = ?2 WHERE id = ?1", id, RecordJson.Write(record));

    /// <summary>In its place: no index has to know.</summary>
    private static void Replace(WriteTransaction transaction, long id, ObjectRecord record, BodyPlacement placement)
    {
        BodyTable.Replace(transaction, id, placement);
        transaction.Session.Execute(
            "UPDATE objects SET record = ?2, parts = ?3 WHERE id = ?1", id, RecordJson.Write(record), PartsJson(record));
    }

    private static byte[]? PartsJson(ObjectRecord record) => record.Parts.Count == 0 ? null : RecordJson.Write(record.Parts);

    private static void Delete(WriteTransaction transaction, long id)
    {
        BodyTable.Delete(transaction, id);
        transaction.Session.Execute("DELETE FROM objects WHERE id = ?1", id);
    }
}
