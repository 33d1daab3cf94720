using Microsoft.Data.Sqlite;
using S3Toolkit.Server.Storage.Disk.Bodies;

namespace S3Toolkit.Server.Storage.Disk.Metadata;

/// <summary>Where the bytes of objects are.</summary>
internal static class BodyTable
{
    /// <summary>The list of more files than these is read only when the body is opened.</summary>
    private const int MaxListed = 16;

    private const string FilesInOrder = "SELECT file, length, checksums FROM body_files WHERE object_id = ?1 ORDER BY ordinal";

    public static void Add(SqliteSession session, long objectId, BodyPlacement placement)
    {
        switch (placement)
        {
            case BodyPlacement.Inline { Length: > 0 } inline:
                session.Execute("INSERT INTO inline_bodies VALUES(?1, ?2, ?3)", objectId, (long)inline.Checksum, inline.Bytes);
                break;
            case BodyPlacement.InFiles body:
                for (int i = 0; i < body.Files.Count; i++)
                {
                    StoredFile file = body.Files[i];
                    session.Execute(
                        "INSERT INTO body_files VALUES(?1, ?2, ?3, ?4, ?5)", objectId, i, file.Name, file.Length, file.Checksums);
                }
                break;
        }
    }

    /// <summary>The body of an object takes the place of the one that it had.</summary>
    public static void Replace(WriteTransaction transaction, long objectId, BodyPlacement placement)
    {
        bool isInPlace = placement is BodyPlacement.Inline { Length: > 0 } inline && transaction.Session.Execute(
            "UPDATE inline_bodies SET checksum = ?2, bytes = ?3 WHERE object_id = ?1", objectId, (long)inline.Checksum, inline.Bytes) > 0;
        if (isInPlace) return;
        Delete(transaction, objectId);
        Add(transaction.Session, objectId, placement);
    }

    public static BodyPlacement Find(SqliteSession session, long objectId, long length)
    {
        if (length <= BodyPlacement.MaxInlineBytes)
        {
            using SqliteDataReader small = session.Query("SELECT bytes, checksum FROM inline_bodies WHERE object_id = ?1", objectId);
            if (small.Read()) return new BodyPlacement.Inline(small.GetFieldValue<byte[]>(0), (uint)small.GetInt64(1));
        }
        bool isLate = ObjectTable.HasManyParts(session, objectId);
        List<StoredFile> files = [];
        using SqliteDataReader reader = session.Query(FilesInOrder, objectId);
        while (reader.Read())
        {
            files.Add(FileOf(reader));
            if (isLate || files.Count > MaxListed) return new BodyPlacement.InManyFiles(objectId, files[0].Name, length);
        }
        return files.Count == 0 ? BodyPlacement.Inline.Empty : new BodyPlacement.InFiles(files);
    }

    /// <summary>The files of a range; null when the object has another body by now, or is gone.</summary>
    public static FileRange? FindRange(SqliteSession session, BodyPlacement.InManyFiles body, long offset, long length)
    {
        if (!IsThere(session, body)) return null;
        List<StoredFile> found = [];
        long start = 0, first = 0;
        using SqliteDataReader reader = session.Query(FilesInOrder, body.ObjectId);
        while (start < offset + length && reader.Read())
        {
            long fileLength = reader.GetInt64(1);
            if (FileRange.Touches(start, fileLength, offset, length))
            {
                if (found.Count == 0) first = offset - start;
                found.Add(FileOf(reader)); // name and checksums of the others are not even read
            }
            start += fileLength;
        }
        return new FileRange(found, first, length);
    }

    public static bool IsThere(SqliteSession session, BodyPlacement.InManyFiles body) => session.Scalar(
        "SELECT EXISTS(SELECT 1 FROM body_files WHERE object_id = ?1 AND ordinal = 0 AND file = ?2)", body.ObjectId, body.FirstFile) != 0;

    /// <summary>
    /// Forgets the body of an object, whose row must be there still with its parts; its files go once that is committed.
    /// </summary>
    public static void Delete(WriteTransaction transaction, long objectId)
    {
        SqliteSession session = transaction.Session;
        if (session.Execute("DELETE FROM inline_bodies WHERE object_id = ?1", objectId) > 0) return;
        List<StoredFile> files = [];
        using (SqliteDataReader reader = session.Query(FilesInOrder, objectId))
        {
            while (reader.Read()) files.Add(FileOf(reader));
        }
        if (files.Count == 0) return;
        foreach (StoredFile file in files) transaction.FreedFiles.Add(file.Name);
        if (files.Count > MaxListed || ObjectTable.HasManyParts(session, objectId))
            transaction.FreedBodies.Add(new FreedBody(files, ObjectTable.PartsJson(session, objectId)));
        session.Execute("DELETE FROM body_files WHERE object_id = ?1", objectId);
    }

    private static StoredFile FileOf(SqliteDataReader reader) =>
        new(reader.GetString(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2));

    /// <summary>Whether an object or a part of an upload has the file.</summary>
    public static bool HasFile(SqliteSession session, string name) => session.Scalar(
        "SELECT EXISTS(SELECT 1 FROM body_files WHERE file = ?1) OR EXISTS(SELECT 1 FROM parts WHERE file = ?1)", name) != 0;
}
