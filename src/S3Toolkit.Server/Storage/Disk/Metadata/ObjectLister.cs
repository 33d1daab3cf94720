namespace S3Toolkit.Server.Storage.Disk.Metadata;

/// <summary>
/// Pages of keys and versions: a walk along the index from the marker on, that jumps over what a common prefix stands for.
/// </summary>
internal static class ObjectLister
{
    // The index holds what is visible and nothing else: neither delete markers nor old versions cost a listing anything.
    private const string Visible =
        $"""
        SELECT {StoredObject.Columns} FROM objects INDEXED BY objects_visible
        WHERE bucket_id = ?1 AND state = 1 AND key >= ?2 AND key < ?3 ORDER BY key
        """;

    private const string Versions =
        $"""
        SELECT {StoredObject.Columns} FROM objects INDEXED BY objects_by_key
        WHERE bucket_id = ?1 AND key >= ?2 AND key < ?3 ORDER BY key, id DESC
        """;

    private const string OlderVersions =
        $"""
        SELECT {StoredObject.Columns} FROM objects INDEXED BY objects_by_key
        WHERE bucket_id = ?1 AND key = ?2 AND id < ?3 ORDER BY id DESC
        """;

    public static ObjectPage List(SqliteSession session, long bucketId, ObjectQuery query)
    {
        List<ObjectRecord> objects = [];
        List<string> prefixes = [];
        string last = "";
        using KeyCursor cursor = new(session, Visible, null, bucketId, KeyBytes.AfterPrefix(query.Prefix));
        cursor.Seek(KeyBytes.Of(PageStart.Of(query.Prefix, query.Delimiter, query.After)));
        while (cursor.Read())
        {
            if (objects.Count + prefixes.Count >= query.Limit) return new ObjectPage(objects, prefixes, query.Limit > 0, last);
            string key = KeyBytes.ToKey(cursor.Row.GetFieldValue<byte[]>(1));
            if (KeyRollup.CommonPrefixOf(key, query.Prefix, query.Delimiter) is { } common)
            {
                prefixes.Add(last = common);
                cursor.Seek(KeyBytes.AfterPrefix(common));
                continue;
            }
            last = key;
            objects.Add(StoredObject.Read(cursor.Row).Record);
        }
        return new ObjectPage(objects, prefixes, false, last);
    }

    public static VersionPage ListVersions(SqliteSession session, long bucketId, VersionQuery query)
    {
        List<ListedVersionRecord> versions = [];
        List<string> prefixes = [];
        string lastKey = "", lastVersion = "";
        using KeyCursor cursor = new(session, Versions, OlderVersions, bucketId, KeyBytes.AfterPrefix(query.Prefix));
        Start(session, cursor, bucketId, query);
        while (cursor.Read())
        {
            if (versions.Count + prefixes.Count >= query.Limit)
                return new VersionPage(versions, prefixes, query.Limit > 0, lastKey, lastVersion);
            string key = KeyBytes.ToKey(cursor.Row.GetFieldValue<byte[]>(1));
            if (KeyRollup.CommonPrefixOf(key, query.Prefix, query.Delimiter) is { } common)
            {
                prefixes.Add(common);
                (lastKey, lastVersion) = (common, "");
                cursor.Seek(KeyBytes.AfterPrefix(common));
                continue;
            }
            StoredObject version = StoredObject.Read(cursor.Row);
            versions.Add(new(version.Record, version.IsLatest));
            (lastKey, lastVersion) = (key, version.VersionId);
        }
        return new VersionPage(versions, prefixes, false, lastKey, lastVersion);
    }

    private static void Start(SqliteSession session, KeyCursor cursor, long bucketId, VersionQuery query)
    {
        PageStart start = PageStart.Of(query.Prefix, query.Delimiter, query.AfterKey, query.AfterVersion);
        // A marker whose version is gone starts its key again: what was before it was deleted page by page.
        StoredObject? seen = start.Place == PagePlace.Within
            ? ObjectTable.Find(session, bucketId, KeyBytes.Of(start.Key), query.AfterVersion)
            : null;
        if (seen is null) cursor.Seek(KeyBytes.Of(start));
        else cursor.SeekInside(start.Key, seen.Id);
    }
}
