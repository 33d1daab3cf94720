using Microsoft.Data.Sqlite;

namespace S3Toolkit.Server.Storage.Disk.Metadata;

/// <summary>Walks rows in the order of an index, and jumps ahead in it.</summary>
/// <param name="session">Where.</param>
/// <param name="range">Takes bucket, first key and end.</param>
/// <param name="rest">Takes bucket, key, and the row of that key which was seen; null where a key has one row.</param>
/// <param name="bucketId">The bucket.</param>
/// <param name="end">Where the walk ends.</param>
internal sealed class KeyCursor(SqliteSession session, string range, string? rest, long bucketId, byte[] end) : IDisposable
{
    private SqliteDataReader? _reader;
    private string? _restOf;

    public SqliteDataReader Row => _reader!;

    public void Seek(byte[] from)
    {
        _reader?.Dispose();
        _restOf = null;
        _reader = session.Query(range, bucketId, from, end);
    }

    /// <summary>To what follows a row among those of its key; then to the keys after.</summary>
    public void SeekInside(string key, object row)
    {
        _reader?.Dispose();
        _restOf = key;
        _reader = session.Query(rest!, bucketId, KeyBytes.Of(key), row);
    }

    public bool Read()
    {
        if (_reader!.Read()) return true;
        if (_restOf is not { } key) return false;
        Seek(KeyBytes.After(key));
        return _reader.Read();
    }

    public void Dispose() => _reader?.Dispose();
}
