using Microsoft.Data.Sqlite;

namespace S3Toolkit.Server.Storage.Disk.Metadata;

/// <summary>A version and its place in the database; without its parts and its body.</summary>
internal sealed class StoredObject(long id, byte[] key, long state, bool isDeleteMarker, string versionId, byte[] json)
{
    /// <summary>What <see cref="Read"/> reads.</summary>
    public const string Columns = "id, key, state, is_marker, version_id, record";

    private ObjectRecord? _record;

    public long Id => id;

    public bool IsLatest => state != 0;

    public bool IsDeleteMarker => isDeleteMarker;

    public string VersionId => versionId;

    /// <summary>Read when asked for: a write mostly needs no more of what it replaces than its place.</summary>
    public ObjectRecord Record => _record ??= RecordJson.Read<ObjectRecord>(json) with { Key = KeyBytes.ToKey(key) };

    public static StoredObject Read(SqliteDataReader reader) => new(
        reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), reader.GetInt64(2), reader.GetInt64(3) != 0, reader.GetString(4),
        reader.GetFieldValue<byte[]>(5));

    public static StoredObject? ReadOne(SqliteDataReader reader)
    {
        using (reader) return reader.Read() ? Read(reader) : null;
    }
}
