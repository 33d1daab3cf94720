using System.Net;
using System.Text;

namespace S3Toolkit.Transport.Direct;

/// <summary>Reads the pages of listings.</summary>
internal static class ListDocument
{
    // What S3 puts on a page, whatever is asked for.
    private const int MaxExpected = 1000;

    /// <summary>A page of ListObjectsV2, or of version 1.</summary>
    /// <exception cref="FormatException">The text is no such page.</exception>
    public static ListPage<ObjectListing> Objects(ReadOnlySpan<byte> xml, int expected, bool isVersion1)
    {
        var reader = new Utf8XmlReader(xml);
        RequireRoot(ref reader, "ListBucketResult"u8);
        var page = new Page<ListedObject>(expected);
        while (reader.ReadChild(1))
        {
            if (reader.Name.SequenceEqual("Contents"u8)) page.Items.Add(Object(ref reader, ref page));
            else if (reader.Name.SequenceEqual("CommonPrefixes"u8)) Prefix(ref reader, ref page);
            else page.Take(ref reader);
        }

        page.Decode();
        var items = Merge(page);
        // S3 names the next marker of version 1 only with a delimiter; without one it is the last key.
        var next = page.NextToken ?? page.Decoded(page.NextMarker) ?? (items.Count > 0 && isVersion1 ? items[^1].Name : null);
        return new ListPage<ObjectListing>(items, page.IsTruncated, next);
    }

    /// <exception cref="FormatException">The text is no such page.</exception>
    public static ListPage<ListedVersion> Versions(ReadOnlySpan<byte> xml)
    {
        var reader = new Utf8XmlReader(xml);
        RequireRoot(ref reader, "ListVersionsResult"u8);
        var page = new Page<ListedVersion>(16);
        while (reader.ReadChild(1))
        {
            if (reader.Name.SequenceEqual("Version"u8)) page.Items.Add(Version(ref reader, isMarker: false));
            else if (reader.Name.SequenceEqual("DeleteMarker"u8)) page.Items.Add(Version(ref reader, isMarker: true));
            else page.Take(ref reader);
        }

        if (page.IsUrlEncoded)
        {
            for (var i = 0; i < page.Items.Count; i++) page.Items[i] = page.Items[i] with { Key = page.Decoded(page.Items[i].Key)! };
        }

        var next = string.IsNullOrEmpty(page.NextKeyMarker)
            ? null
            : page.Decoded(page.NextKeyMarker) + SdkReplies.MarkerSeparator + page.NextVersionMarker;
        return new ListPage<ListedVersion>(page.Items, page.IsTruncated, next);
    }

    /// <exception cref="FormatException">The text is no such page.</exception>
    public static ListPage<UploadedPart> Parts(ReadOnlySpan<byte> xml)
    {
        var reader = new Utf8XmlReader(xml);
        RequireRoot(ref reader, "ListPartsResult"u8);
        List<UploadedPart> parts = [];
        var isTruncated = false;
        string? next = null;
        while (reader.ReadChild(1))
        {
            if (reader.Name.SequenceEqual("Part"u8)) parts.Add(Part(ref reader));
            else if (reader.Name.SequenceEqual("IsTruncated"u8)) isTruncated = reader.ReadBoolean();
            else if (reader.Name.SequenceEqual("NextPartNumberMarker"u8)) next = reader.ReadText();
        }

        return new ListPage<UploadedPart>(parts, isTruncated, next);
    }

    private static void RequireRoot(ref Utf8XmlReader reader, ReadOnlySpan<byte> name)
    {
        // Some servers name all their listings alike. One of buckets comes from a server that took the bucket's host for its own.
        if (reader.ReadRoot() && reader.Name.StartsWith("List"u8) && reader.Name.EndsWith("Result"u8)
            && !reader.Name.SequenceEqual("ListAllMyBucketsResult"u8)) return;
        throw new FormatException($"The document is a {Encoding.UTF8.GetString(reader.Name)}, not a {Encoding.UTF8.GetString(name)}.");
    }

    private static ListedObject Object(ref Utf8XmlReader reader, ref Page<ListedObject> page)
    {
        string key = "";
        long size = 0;
        DateTimeOffset modified = default;
        ETag? etag = null;
        StorageClass storageClass = default;
        string? owner = null;
        ChecksumFunction? checksum = null;
        while (reader.ReadChild(2))
        {
            var name = reader.Name;
            if (name.SequenceEqual("Key"u8)) key = reader.ReadText();
            else if (name.SequenceEqual("Size"u8)) size = reader.ReadInt64();
            else if (name.SequenceEqual("LastModified"u8)) modified = DocumentTime.Read(ref reader) ?? default;
            else if (name.SequenceEqual("ETag"u8)) etag = DocumentETag.Read(ref reader);
            else if (name.SequenceEqual("StorageClass"u8)) storageClass = Class(ref reader);
            else if (name.SequenceEqual("ChecksumAlgorithm"u8)) checksum ??= DocumentChecksum.FunctionNamed(reader.ReadRawText());
            else if (name.SequenceEqual("Owner"u8)) owner = Owner(ref reader);
        }

        return new ListedObject(
            key, size, modified) { ETag = etag, StorageClass = storageClass, OwnerId = owner, ChecksumFunction = checksum };
    }

    private static ListedVersion Version(ref Utf8XmlReader reader, bool isMarker)
    {
        string key = "", version = "null";
        long size = 0;
        var isLatest = false;
        DateTimeOffset modified = default;
        ETag? etag = null;
        StorageClass storageClass = default;
        while (reader.ReadChild(2))
        {
            var name = reader.Name;
            if (name.SequenceEqual("Key"u8)) key = reader.ReadText();
            else if (name.SequenceEqual("VersionId"u8)) version = reader.ReadText();
            else if (name.SequenceEqual("IsLatest"u8)) isLatest = reader.ReadBoolean();
            else if (name.SequenceEqual("Size"u8)) size = reader.ReadInt64();
            else if (name.SequenceEqual("LastModified"u8)) modified = DocumentTime.Read(ref reader) ?? default;
            else if (name.SequenceEqual("ETag"u8)) etag = DocumentETag.Read(ref reader);
            else if (name.SequenceEqual("StorageClass"u8)) storageClass = Class(ref reader);
        }

        return new ListedVersion(key, version, isLatest, isMarker, modified) { SizeBytes = size, ETag = etag, StorageClass = storageClass };
    }

    private static UploadedPart Part(ref Utf8XmlReader reader)
    {
        var number = 0;
        long size = 0;
        ETag etag = default;
        DateTimeOffset? modified = null;
        ObjectChecksum? checksum = null;
        while (reader.ReadChild(2))
        {
            var name = reader.Name;
            if (name.SequenceEqual("PartNumber"u8)) number = reader.ReadInt32();
            else if (name.SequenceEqual("Size"u8)) size = reader.ReadInt64();
            else if (name.SequenceEqual("ETag"u8)) etag = DocumentETag.Read(ref reader) ?? default;
            else if (name.SequenceEqual("LastModified"u8)) modified = DocumentTime.Read(ref reader);
            else if (DocumentChecksum.FunctionOf(name) is { } function)
                checksum = AnswerHeaders.Stronger(checksum, function, reader.ReadText());
        }

        return new UploadedPart(number, etag, size) { LastModified = modified, Checksum = checksum };
    }

    private static void Prefix(ref Utf8XmlReader reader, ref Page<ListedObject> page)
    {
        while (reader.ReadChild(2))
        {
            if (reader.Name.SequenceEqual("Prefix"u8)) page.Prefixes.Add(reader.ReadText());
        }
    }

    private static string? Owner(ref Utf8XmlReader reader)
    {
        string? id = null;
        while (reader.ReadChild(3))
        {
            if (reader.Name.SequenceEqual("ID"u8)) id = reader.ReadText() is { Length: > 0 } text ? text : null;
        }

        return id;
    }

    private static StorageClass Class(ref Utf8XmlReader reader)
    {
        var name = reader.ReadRawText();
        return name.IsEmpty || name.SequenceEqual("STANDARD"u8) ? default : new StorageClass(Encoding.UTF8.GetString(name));
    }

    /// <summary>S3 sends keys and common prefixes in two lists, each in order; the listing has one order.</summary>
    private static List<ObjectListing> Merge(Page<ListedObject> page)
    {
        var items = new List<ObjectListing>(page.Items.Count + page.Prefixes.Count);
        var next = 0;
        foreach (var listed in page.Items)
        {
            while (next < page.Prefixes.Count && Utf8Order.Compare(page.Prefixes[next], listed.Key) < 0) items.Add(
                new ListedPrefix(page.Prefixes[next++]));
            items.Add(listed);
        }

        for (; next < page.Prefixes.Count; next++) items.Add(new ListedPrefix(page.Prefixes[next]));
        return items;
    }

    /// <summary>A page under construction. What was encoded is known only when the page has been read.</summary>
    private struct Page<T>(int expected)
    {
        public List<T> Items { get; } = new(Math.Clamp(expected, 0, MaxExpected));

        public List<string> Prefixes { get; } = [];

        public bool IsTruncated { get; private set; }

        public bool IsUrlEncoded { get; private set; }

        public string? NextToken { get; private set; }

        public string? NextMarker { get; private set; }

        public string? NextKeyMarker { get; private set; }

        public string? NextVersionMarker { get; private set; }

        public void Take(ref Utf8XmlReader reader)
        {
            var name = reader.Name;
            if (name.SequenceEqual("IsTruncated"u8)) IsTruncated = reader.ReadBoolean();
            else if (name.SequenceEqual("EncodingType"u8)) IsUrlEncoded = reader.ReadRawText().SequenceEqual("url"u8);
            else if (name.SequenceEqual("NextContinuationToken"u8)) NextToken = reader.ReadText();
            else if (name.SequenceEqual("NextMarker"u8)) NextMarker = reader.ReadText() is { Length: > 0 } marker ? marker : null;
            else if (name.SequenceEqual("NextKeyMarker"u8)) NextKeyMarker = reader.ReadText();
            else if (name.SequenceEqual("NextVersionIdMarker"u8)) NextVersionMarker = reader.ReadText();
        }

        public readonly string? Decoded(string? text) =>
            IsUrlEncoded && text is not null && text.AsSpan().IndexOfAny('%', '+') >= 0 ? WebUtility.UrlDecode(text) : text;

        public readonly void Decode()
        {
            if (!IsUrlEncoded) return;
            for (var i = 0; i < Prefixes.Count; i++) Prefixes[i] = Decoded(Prefixes[i])!;
            if (Items is not List<ListedObject> objects) return;
            for (var i = 0; i < objects.Count; i++)
            {
                var decoded = Decoded(objects[i].Key)!;
                if (!ReferenceEquals(decoded, objects[i].Key)) objects[i] = objects[i] with { Key = decoded };
            }
        }
    }
}
