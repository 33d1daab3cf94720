namespace S3Toolkit.Server.Tests.Model;

/// <summary>
/// One call of a random sequence, small enough to be read in a failure's report. Bodies, versions, uploads and parts are numbers: who runs
/// a step knows what they stand for.
/// </summary>
internal abstract record S3Step;

/// <summary>What must hold for a write or a read. An ETag is that of one of the <see cref="Bodies"/>.</summary>
internal enum Guard
{
    None,
    IfAbsent,
    IfAny,
    IfBody,
    UnlessBody,
}

internal enum Choice
{
    All,
    AllButTheFirst,
    OneTwice,
    OneThatIsNotThere,
    WrongETag,
}

internal sealed record CreateBucket(string Bucket) : S3Step;

internal sealed record DeleteBucket(string Bucket) : S3Step;

internal sealed record ListBuckets(int Page) : S3Step;

internal sealed record SetVersioning(string Bucket, bool IsEnabled) : S3Step;

internal sealed record GetVersioning(string Bucket) : S3Step;

internal sealed record PutObject(string Bucket, string Key, int Body, int Tag, Guard Guard, int GuardBody) : S3Step;

internal sealed record ReadObject(string Bucket, string Key, int Version, bool IsHead, string? Range, Guard Guard, int GuardBody) : S3Step;

internal sealed record ReadPart(string Bucket, string Key, int Number) : S3Step;

internal sealed record DeleteObject(string Bucket, string Key, int Version, Guard Guard, int GuardBody) : S3Step;

internal sealed record DeleteMany(string Bucket, string FirstKey, int FirstVersion, string Key, Guard Guard, int GuardBody) : S3Step;

internal sealed record CopyObject(
    string FromBucket, string FromKey, int FromVersion, string Bucket, string Key, bool Replaces, Guard Guard) : S3Step;

internal sealed record PutTags(string Bucket, string Key, int Version, int Tag) : S3Step;

internal sealed record GetTags(string Bucket, string Key, int Version) : S3Step;

internal sealed record DeleteTags(string Bucket, string Key, int Version) : S3Step;

/// <summary>A listing from its start or a key on, page by page to its end.</summary>
internal sealed record ListObjects(string Bucket, bool IsV2, string Prefix, string Delimiter, string After, int Page) : S3Step;

internal sealed record ListVersions(string Bucket, string Prefix, string Delimiter, string After, int Page) : S3Step;

internal sealed record ListUploads(string Bucket, string Prefix, string Delimiter, string After, int Page) : S3Step;

internal sealed record CreateUpload(string Bucket, string Key, int Tag) : S3Step;

internal sealed record UploadPart(int Upload, int Number, int Body) : S3Step;

internal sealed record CopyPart(int Upload, int Number, string FromBucket, string FromKey, int FromVersion, int First, int Last) : S3Step;

internal sealed record ListParts(int Upload, int Page) : S3Step;

internal sealed record CompleteUpload(int Upload, Choice Choice, Guard Guard, int GuardBody) : S3Step;

internal sealed record AbortUpload(int Upload) : S3Step;
