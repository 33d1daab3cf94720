namespace S3Toolkit.Server.Storage.Disk.Metadata;

/// <summary>Pages of uploads under way.</summary>
internal static class UploadLister
{
    private const string UnderWay =
        """
        SELECT key, record FROM uploads INDEXED BY uploads_by_key
        WHERE bucket_id = ?1 AND key >= ?2 AND key < ?3 AND completed IS NULL ORDER BY key, upload_id
        """;

    private const string LaterUploads =
        """
        SELECT key, record FROM uploads INDEXED BY uploads_by_key
        WHERE bucket_id = ?1 AND key = ?2 AND upload_id > ?3 AND completed IS NULL ORDER BY upload_id
        """;

    public static UploadPage List(SqliteSession session, long bucketId, UploadQuery query)
    {
        List<UploadRecord> uploads = [];
        List<string> prefixes = [];
        string lastKey = "", lastId = "";
        using KeyCursor cursor = new(session, UnderWay, LaterUploads, bucketId, KeyBytes.AfterPrefix(query.Prefix));
        Start(cursor, query);
        while (cursor.Read())
        {
            if (uploads.Count + prefixes.Count >= query.Limit)
                return new UploadPage(uploads, prefixes, query.Limit > 0, lastKey, lastId);
            string key = KeyBytes.ToKey(cursor.Row.GetFieldValue<byte[]>(0));
            if (KeyRollup.CommonPrefixOf(key, query.Prefix, query.Delimiter) is { } common)
            {
                prefixes.Add(common);
                (lastKey, lastId) = (common, "");
                cursor.Seek(KeyBytes.AfterPrefix(common));
                continue;
            }
            UploadRecord upload = UploadTable.Read(cursor.Row.GetFieldValue<byte[]>(1), key);
            uploads.Add(upload);
            (lastKey, lastId) = (key, upload.UploadId);
        }
        return new UploadPage(uploads, prefixes, false, lastKey, lastId);
    }

    private static void Start(KeyCursor cursor, UploadQuery query)
    {
        PageStart start = PageStart.Of(query.Prefix, query.Delimiter, query.AfterKey, query.AfterUploadId);
        if (start.Place == PagePlace.Within) cursor.SeekInside(start.Key, query.AfterUploadId);
        else cursor.Seek(KeyBytes.Of(start));
    }
}
