namespace S3Toolkit.Server.Storage;

/// <param name="Prefix">Names start with it.</param>
/// <param name="After">Exclusive.</param>
/// <param name="Region">Only this region's; null = all.</param>
/// <param name="Limit">The largest number of buckets to return.</param>
internal sealed record BucketQuery(string Prefix, string After, string? Region, int Limit);

internal sealed record BucketPage(IReadOnlyList<BucketRecord> Buckets, bool IsTruncated);

/// <param name="Prefix">Keys start with it.</param>
/// <param name="Delimiter">Rolls up what follows it; "" = none.</param>
/// <param name="After">Exclusive; a common prefix that it starts with is over, too.</param>
/// <param name="Limit">The largest number of keys and common prefixes together.</param>
internal sealed record ObjectQuery(string Prefix, string Delimiter, string After, int Limit);

/// <param name="Last">The last key or common prefix of the page: the next page starts after it.</param>
internal sealed record ObjectPage(
    IReadOnlyList<ObjectRecord> Objects, IReadOnlyList<string> CommonPrefixes, bool IsTruncated, string Last);

/// <param name="AfterVersion">With <paramref name="AfterKey"/>: the last version of that key that was seen; "" = all of them were.</param>
internal sealed record VersionQuery(string Prefix, string Delimiter, string AfterKey, string AfterVersion, int Limit);

internal readonly record struct ListedVersionRecord(ObjectRecord Record, bool IsLatest);

internal sealed record VersionPage(
    IReadOnlyList<ListedVersionRecord> Versions, IReadOnlyList<string> CommonPrefixes, bool IsTruncated, string LastKey, string LastVersion);

internal sealed record UploadQuery(string Prefix, string Delimiter, string AfterKey, string AfterUploadId, int Limit);

internal sealed record UploadPage(
    IReadOnlyList<UploadRecord> Uploads, IReadOnlyList<string> CommonPrefixes, bool IsTruncated, string LastKey, string LastUploadId);
