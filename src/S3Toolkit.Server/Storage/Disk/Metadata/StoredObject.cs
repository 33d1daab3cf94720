using Microsoft.Data.Sqlite;

namespace S3Toolkit.Server.Storage.Disk.Metadata;

/// <summary>A version and its place in the database; without its parts and its body.</summary>
internal sealed record StoredObject(long Id, bool IsLatest, ObjectRecord Record)
{
    /// <summary>What <see cref="Read"/> reads.</summary>
    public const string Columns = "id, key, state, record";

    public static StoredObject Read(SqliteDataReader reader) => new(
        reader.GetInt64(0), reader.GetInt64(2) != 0,
        RecordJson.Read<ObjectRecord>(reader.GetFieldValue<byte[]>(3)) with { Key = KeyBytes.ToKey(reader.GetFieldValue<byte[]>(1)) });

    public static StoredObject? ReadOne(SqliteDataReader reader)
    {
        using (reader) return reader.Read() ? Read(reader) : null;
    }
}
