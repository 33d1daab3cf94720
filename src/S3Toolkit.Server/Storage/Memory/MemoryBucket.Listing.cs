namespace S3Toolkit.Server.Storage.Memory;

/// <summary>Pages of keys, versions and uploads: a walk from the marker on, that jumps over what a common prefix stands for.</summary>
internal sealed partial class MemoryBucket
{
    public StorageResult<ObjectPage> List(ObjectQuery query)
    {
        lock (_gate)
        {
            if (_isDeleted) return StorageStatus.NoSuchBucket;
            List<ObjectRecord> objects = [];
            List<string> prefixes = [];
            string last = "";
            bool isTruncated = false;
            SortedKeyMap<ObjectVersions>.Cursor cursor = _objects.From(PageStart.Of(query.Prefix, query.Delimiter, query.After));
            while (!cursor.IsAtEnd && cursor.Key.StartsWith(query.Prefix, StringComparison.Ordinal))
            {
                if (cursor.Value.Latest.IsDeleteMarker)
                {
                    cursor.MoveNext();
                    continue;
                }
                if (objects.Count + prefixes.Count >= query.Limit)
                {
                    isTruncated = query.Limit > 0;
                    break;
                }
                if (KeyRollup.CommonPrefixOf(cursor.Key, query.Prefix, query.Delimiter) is { } common)
                {
                    prefixes.Add(last = common);
                    cursor = _objects.AfterPrefix(common);
                    continue;
                }
                last = cursor.Key;
                objects.Add(cursor.Value.Latest);
                cursor.MoveNext();
            }
            return StorageResult<ObjectPage>.Done(new ObjectPage(objects, prefixes, isTruncated, last));
        }
    }

    public StorageResult<VersionPage> ListVersions(VersionQuery query)
    {
        lock (_gate)
        {
            if (_isDeleted) return StorageStatus.NoSuchBucket;
            List<ListedVersionRecord> versions = [];
            List<string> prefixes = [];
            string lastKey = "", lastVersion = "";
            SortedKeyMap<ObjectVersions>.Cursor cursor = _objects.From(
                PageStart.Of(query.Prefix, query.Delimiter, query.AfterKey, query.AfterVersion));
            for (; !cursor.IsAtEnd && cursor.Key.StartsWith(query.Prefix, StringComparison.Ordinal);)
            {
                if (KeyRollup.CommonPrefixOf(cursor.Key, query.Prefix, query.Delimiter) is { } common)
                {
                    if (versions.Count + prefixes.Count >= query.Limit) return Page(query.Limit > 0);
                    prefixes.Add(common);
                    (lastKey, lastVersion) = (common, "");
                    cursor = _objects.AfterPrefix(common);
                    continue;
                }
                // A marker whose version is gone starts its key again: what was before it was deleted page by page.
                int age = cursor.Key == query.AfterKey ? cursor.Value.AgeOf(query.AfterVersion) + 1 : 0;
                for (; age < cursor.Value.Count; age++)
                {
                    if (versions.Count + prefixes.Count >= query.Limit) return Page(query.Limit > 0);
                    ObjectRecord version = cursor.Value[age];
                    versions.Add(new(version, age == 0));
                    (lastKey, lastVersion) = (version.Key, version.VersionId);
                }
                cursor.MoveNext();
            }
            return Page(false);

            StorageResult<VersionPage> Page(bool isTruncated) =>
                StorageResult<VersionPage>.Done(new VersionPage(versions, prefixes, isTruncated, lastKey, lastVersion));
        }
    }

    public StorageResult<UploadPage> ListUploads(UploadQuery query)
    {
        lock (_gate)
        {
            if (_isDeleted) return StorageStatus.NoSuchBucket;
            List<UploadRecord> uploads = [];
            List<string> prefixes = [];
            string lastKey = "", lastId = "";
            SortedKeyMap<List<MemoryUpload>>.Cursor cursor = _uploads.From(
                PageStart.Of(query.Prefix, query.Delimiter, query.AfterKey, query.AfterUploadId));
            for (; !cursor.IsAtEnd && cursor.Key.StartsWith(query.Prefix, StringComparison.Ordinal);)
            {
                if (KeyRollup.CommonPrefixOf(cursor.Key, query.Prefix, query.Delimiter) is { } common)
                {
                    if (uploads.Count + prefixes.Count >= query.Limit) return Page(query.Limit > 0);
                    prefixes.Add(common);
                    (lastKey, lastId) = (common, "");
                    cursor = _uploads.AfterPrefix(common);
                    continue;
                }
                foreach (MemoryUpload upload in cursor.Value)
                {
                    bool isSeen = cursor.Key == query.AfterKey
                        && string.CompareOrdinal(upload.Record.UploadId, query.AfterUploadId) <= 0;
                    if (isSeen) continue;
                    if (uploads.Count + prefixes.Count >= query.Limit) return Page(query.Limit > 0);
                    uploads.Add(upload.Record);
                    (lastKey, lastId) = (upload.Record.Key, upload.Record.UploadId);
                }
                cursor.MoveNext();
            }
            return Page(false);

            StorageResult<UploadPage> Page(bool isTruncated) =>
                StorageResult<UploadPage>.Done(new UploadPage(uploads, prefixes, isTruncated, lastKey, lastId));
        }
    }
}
