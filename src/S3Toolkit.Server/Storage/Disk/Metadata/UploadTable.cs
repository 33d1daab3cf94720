using Microsoft.Data.Sqlite;
using S3Toolkit.Server.Storage.Disk.Bodies;

namespace S3Toolkit.Server.Storage.Disk.Metadata;

/// <summary>An upload and its place in the database.</summary>
internal sealed record StoredUpload(long Id, UploadRecord Record);

internal static class UploadTable
{
    /// <summary>So many completed uploads of a bucket are remembered to answer a repeated Complete.</summary>
    private const int MaxCompleted = 1000;

    public static void Create(SqliteSession session, long bucketId, UploadRecord upload) => session.Execute(
        "INSERT INTO uploads(bucket_id, key, upload_id, record) VALUES(?1, ?2, ?3, ?4)",
        bucketId, KeyBytes.Of(upload.Key), upload.UploadId, RecordJson.Write(upload));

    /// <summary>An upload under way or completed.</summary>
    public static StoredUpload? Find(SqliteSession session, long bucketId, string key, string uploadId)
    {
        using SqliteDataReader reader = session.Query(
            "SELECT id, record FROM uploads WHERE bucket_id = ?1 AND key = ?2 AND upload_id = ?3", bucketId, KeyBytes.Of(key), uploadId);
        return reader.Read() ? new StoredUpload(reader.GetInt64(0), Read(reader.GetFieldValue<byte[]>(1), key)) : null;
    }

    public static StoredUpload? FindUnderWay(SqliteSession session, long bucketId, string key, string uploadId) =>
        Find(session, bucketId, key, uploadId) is { Record.Completed: null } found ? found : null;

    public static UploadRecord Read(byte[] json, string key)
    {
        UploadRecord record = RecordJson.Read<UploadRecord>(json) with { Key = key };
        return record.Completed is { } completed ? record with { Completed = completed with { Key = key } } : record;
    }

    public static void PutPart(WriteTransaction transaction, long upload, PartRecord part, StoredFile file)
    {
        SqliteSession session = transaction.Session;
        using (SqliteDataReader reader = session.Query("SELECT file FROM parts WHERE upload = ?1 AND number = ?2", upload, part.PartNumber))
        {
            if (reader.Read()) transaction.FreedFiles.Add(reader.GetString(0));
        }
        session.Execute(
            "INSERT OR REPLACE INTO parts VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
            upload, part.PartNumber, RecordJson.Write(part), file.Name, file.Length, file.Checksums);
    }

    /// <summary>The parts in the order of their numbers, each with its file.</summary>
    public static List<(PartRecord Part, StoredFile File)> Parts(SqliteSession session, long upload)
    {
        List<(PartRecord, StoredFile)> parts = [];
        using SqliteDataReader reader = session.Query(
            "SELECT record, file, length, checksums FROM parts WHERE upload = ?1 ORDER BY number", upload);
        while (reader.Read())
        {
            PartRecord part = RecordJson.Read<PartRecord>(reader.GetFieldValue<byte[]>(0));
            parts.Add((part, new StoredFile(reader.GetString(1), reader.GetInt64(2), reader.GetFieldValue<byte[]>(3))));
        }
        return parts;
    }

    public static void Delete(WriteTransaction transaction, long upload)
    {
        FreeParts(transaction, upload);
        transaction.Session.Execute("DELETE FROM uploads WHERE id = ?1", upload);
    }

    /// <summary>All uploads of a bucket that goes.</summary>
    public static void DeleteAll(WriteTransaction transaction, long bucketId)
    {
        List<long> uploads = [];
        using (SqliteDataReader reader = transaction.Session.Query("SELECT id FROM uploads WHERE bucket_id = ?1", bucketId))
        {
            while (reader.Read()) uploads.Add(reader.GetInt64(0));
        }
        foreach (long upload in uploads) Delete(transaction, upload);
    }

    /// <summary>
    /// Remembers what an upload became. The parts in <paramref name="kept"/> have gone over to the object, the others go.
    /// </summary>
    public static void Complete(
        WriteTransaction transaction, long bucketId, StoredUpload upload, ObjectRecord written, IReadOnlySet<string> kept)
    {
        SqliteSession session = transaction.Session;
        FreeParts(transaction, upload.Id, kept);
        long order = 1 + session.Scalar(
            "SELECT coalesce(max(completed), 0) FROM uploads WHERE bucket_id = ?1 AND completed IS NOT NULL", bucketId);
        UploadRecord completed = upload.Record with { Completed = written with { Body = null, Parts = [] } };
        session.Execute("UPDATE uploads SET completed = ?2, record = ?3 WHERE id = ?1", upload.Id, order, RecordJson.Write(completed));
        session.Execute("DELETE FROM uploads WHERE bucket_id = ?1 AND completed IS NOT NULL AND completed <= ?2",
            bucketId, order - MaxCompleted);
    }

    private static void FreeParts(WriteTransaction transaction, long upload, IReadOnlySet<string>? kept = null)
    {
        using (SqliteDataReader reader = transaction.Session.Query("SELECT file FROM parts WHERE upload = ?1", upload))
        {
            while (reader.Read())
            {
                string file = reader.GetString(0);
                if (kept is null || !kept.Contains(file)) transaction.FreedFiles.Add(file);
            }
        }
        transaction.Session.Execute("DELETE FROM parts WHERE upload = ?1", upload);
    }
}
