namespace S3Toolkit.Server.Storage.Memory;

/// <summary>The versions of one key, oldest first. Guarded by the bucket's lock.</summary>
internal sealed class ObjectVersions
{
    private readonly List<ObjectRecord> _items;

    public ObjectVersions() => _items = new(1);

    private ObjectVersions(List<ObjectRecord> items) => _items = items;

    public int Count => _items.Count;

    public ObjectRecord Latest => _items[^1];

    /// <summary>Counted from the newest.</summary>
    public ObjectRecord this[int age] => _items[_items.Count - 1 - age];

    public ObjectVersions Copy() => new([.. _items]);

    public ObjectRecord? Find(string? versionId) => versionId is null ? Latest : _items.Find(item => item.VersionId == versionId);

    /// <summary>The age of a version; -1 when it is gone.</summary>
    public int AgeOf(string versionId)
    {
        int index = _items.FindLastIndex(item => item.VersionId == versionId);
        return index < 0 ? -1 : _items.Count - 1 - index;
    }

    /// <summary>The bytes of all versions.</summary>
    public long Bytes => _items.Sum(static item => item.Length);

    /// <summary>Makes a version the newest. There is only one null version: it replaces an older one.</summary>
    /// <returns>The one that it replaced.</returns>
    public ObjectRecord? Add(ObjectRecord record)
    {
        ObjectRecord? replaced = record.VersionId == ObjectRecord.NullVersion ? Remove(ObjectRecord.NullVersion) : null;
        _items.Add(record);
        return replaced;
    }

    public void Replace(ObjectRecord old, ObjectRecord changed) => _items[_items.IndexOf(old)] = changed;

    /// <returns>The version that is gone; null when there was none.</returns>
    public ObjectRecord? Remove(string versionId)
    {
        int index = _items.FindLastIndex(item => item.VersionId == versionId);
        if (index < 0) return null;
        ObjectRecord removed = _items[index];
        _items.RemoveAt(index);
        return removed;
    }
}
