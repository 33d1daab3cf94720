namespace S3Toolkit.Server.Storage;

// A question and its page belong together and are three lines each: one file for the four pairs.

/// <summary>Buckets whose names start with a prefix, after a name (exclusive), of one region or of all (null).</summary>
internal sealed record BucketQuery(string Prefix, string After, string? Region, int Limit)
{
    /// <summary>The owner's canonical id; null = of all owners.</summary>
    public string? OwnerId { get; init; }

    /// <summary>What was stored without an owner is theirs too.</summary>
    public bool OwnsUnowned { get; init; }

    public bool Includes(BucketRecord bucket) =>
        (Region is null || bucket.Region == Region)
        && (OwnerId is null || bucket.OwnerId == OwnerId || (OwnsUnowned && bucket.OwnerId is null));
}

internal sealed record BucketPage(IReadOnlyList<BucketRecord> Buckets, bool IsTruncated);

/// <summary>
/// Newest versions whose keys start with a prefix, after a key (exclusive; a common prefix that it lies in is over, too). The delimiter
/// rolls up what follows it, "" = none. The limit counts keys and common prefixes together.
/// </summary>
internal sealed record ObjectQuery(string Prefix, string Delimiter, string After, int Limit);

/// <summary>Last is the last key or common prefix of the page: the next page starts after it.</summary>
internal sealed record ObjectPage(
    IReadOnlyList<ObjectRecord> Objects, IReadOnlyList<string> CommonPrefixes, bool IsTruncated, string Last);

/// <summary>AfterVersion is the last version of AfterKey that was seen; "" = all of them were.</summary>
internal sealed record VersionQuery(string Prefix, string Delimiter, string AfterKey, string AfterVersion, int Limit);

internal readonly record struct ListedVersionRecord(ObjectRecord Record, bool IsLatest);

internal sealed record VersionPage(
    IReadOnlyList<ListedVersionRecord> Versions, IReadOnlyList<string> CommonPrefixes, bool IsTruncated, string LastKey,
        string LastVersion);

internal sealed record UploadQuery(string Prefix, string Delimiter, string AfterKey, string AfterUploadId, int Limit);

internal sealed record UploadPage(
    IReadOnlyList<UploadRecord> Uploads, IReadOnlyList<string> CommonPrefixes, bool IsTruncated, string LastKey, string LastUploadId);
