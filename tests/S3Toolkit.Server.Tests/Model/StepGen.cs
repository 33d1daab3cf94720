using CsCheck;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Model;

/// <summary>Random sequences of steps, on few enough names that they meet.</summary>
internal static class StepGen
{
    public static readonly string[] Buckets = ["one", "two"];

    private static readonly Gen<string> Bucket = Pick.From("one", "one", "one", "two");
    private static readonly Gen<string> Key = Pick.From("a", "a", "a/b", "a/b/c", "a/😀", "a/\uE000", "b", "é +%&<");
    private static readonly Gen<string> Prefix = Pick.From("", "", "a", "a/", "a/b", "é", "none");
    private static readonly Gen<string> Delimiter = Pick.From("", "/", "b");
    private static readonly Gen<string> After = Pick.From("", "", "", "a", "a/", "a/b", "a/zzz", "é");
    private static readonly Gen<int> Page = Pick.From(1, 2, 3, 1000);
    private static readonly Gen<int> Version = Gen.Int[0, 9];
    private static readonly Gen<int> Body = Gen.Int[0, Bodies.Count - 1];
    private static readonly Gen<int> Tag = Gen.Int[0, 2];
    private static readonly Gen<int> Number = Gen.Int[1, 4];
    private static readonly Gen<int> Upload = Gen.Int[0, 5];
    private static readonly Gen<Guard> WriteGuard = Pick.From(
        Guard.None, Guard.None, Guard.None, Guard.None, Guard.IfAbsent, Guard.IfAny, Guard.IfBody);
    private static readonly Gen<Guard> ReadGuard = Pick.From(Guard.None, Guard.None, Guard.None, Guard.IfBody, Guard.UnlessBody);
    private static readonly Gen<Guard> DeleteGuard = Pick.From(Guard.None, Guard.None, Guard.None, Guard.IfAny, Guard.IfBody);
    private static readonly Gen<string?> Range = Pick.From(
        null, null, null, "bytes=0-0", "bytes=2-", "bytes=-3", "bytes=3-200", "bytes=50-60", "bytes=-0", "bytes=7-3");

    private static readonly Gen<S3Step> OfBuckets = Gen.OneOf(
        Bucket.Select(bucket => (S3Step)new CreateBucket(bucket)),
        Bucket.Select(bucket => (S3Step)new DeleteBucket(bucket)),
        Page.Select(page => (S3Step)new ListBuckets(page)),
        Gen.Select(Bucket, Pick.From(true, true, false), (bucket, isEnabled) => (S3Step)new SetVersioning(bucket, isEnabled)),
        Bucket.Select(bucket => (S3Step)new GetVersioning(bucket)));

    private static readonly Gen<S3Step> Put = Gen.Select(Bucket, Key, Body, Tag, WriteGuard, Body,
        (bucket, key, body, tag, guard, guardBody) => (S3Step)new PutObject(bucket, key, body, tag, guard, guardBody));

    private static readonly Gen<S3Step> Read = Gen.Select(Bucket, Key, Version, Gen.Bool, Range, ReadGuard, Body,
        (bucket, key, version, isHead, range, guard, guardBody) =>
            (S3Step)new ReadObject(bucket, key, version, isHead, range, guard, guardBody));

    private static readonly Gen<S3Step> Delete = Gen.Select(Bucket, Key, Version, DeleteGuard, Body,
        (bucket, key, version, guard, guardBody) =>
            // S3 judges the current version only: what a condition on another one means, AWS does not say.
            (S3Step)new DeleteObject(bucket, key, version, version < 5 ? guard : Guard.None, guardBody));

    private static readonly Gen<S3Step> OfObjects = Gen.OneOf(
        Gen.Select(Bucket, Key, Version, Key, Pick.From(Guard.None, Guard.IfBody), Body,
            (bucket, firstKey, firstVersion, key, guard, guardBody) =>
                (S3Step)new DeleteMany(bucket, firstKey, firstVersion, key, guard, guardBody)),
        Gen.Select(Bucket, Key, Version, Bucket, Key, Gen.Bool, WriteGuard, (fromBucket, fromKey, version, bucket, key, replaces, guard) =>
            (S3Step)new CopyObject(fromBucket, fromKey, version, bucket, key, replaces, guard)),
        Gen.Select(Bucket, Key, Version, Tag, (bucket, key, version, tag) => (S3Step)new PutTags(bucket, key, version, tag)),
        Gen.Select(Bucket, Key, Version, (bucket, key, version) => (S3Step)new GetTags(bucket, key, version)),
        Gen.Select(Bucket, Key, Version, (bucket, key, version) => (S3Step)new DeleteTags(bucket, key, version)),
        Gen.Select(Bucket, Key, Number, (bucket, key, number) => (S3Step)new ReadPart(bucket, key, number)));

    private static readonly Gen<S3Step> OfListings = Gen.OneOf(
        Gen.Select(Bucket, Gen.Bool, Prefix, Delimiter, After, Page, (bucket, isV2, prefix, delimiter, after, page) =>
            (S3Step)new ListObjects(bucket, isV2, prefix, delimiter, after, page)),
        Gen.Select(Bucket, Prefix, Delimiter, After, Page, (bucket, prefix, delimiter, after, page) =>
            (S3Step)new ListVersions(bucket, prefix, delimiter, after, page)),
        Gen.Select(Bucket, Prefix, Delimiter, After, Page, (bucket, prefix, delimiter, after, page) =>
            (S3Step)new ListUploads(bucket, prefix, delimiter, after, page)));

    private static readonly Gen<S3Step> OfUploads = Gen.OneOf(
        Gen.Select(Bucket, Key, Tag, (bucket, key, tag) => (S3Step)new CreateUpload(bucket, key, tag)),
        Gen.Select(Upload, Number, Body, (upload, number, body) => (S3Step)new UploadPart(upload, number, body)),
        Gen.Select(Upload, Number, Body, (upload, number, body) => (S3Step)new UploadPart(upload, number, body)),
        Gen.Select(Upload, Number, Bucket, Key, Version, Pick.From(-1, 0, 5), Pick.From(4, 6, 119),
            (upload, number, bucket, key, version, first, last) =>
                (S3Step)new CopyPart(upload, number, bucket, key, version, first, last)),
        Gen.Select(Upload, Page, (upload, page) => (S3Step)new ListParts(upload, page)),
        Gen.Select(Upload, Pick.From(Choice.All, Choice.All, Choice.AllButTheFirst, Choice.OneTwice, Choice.OneThatIsNotThere,
            Choice.WrongETag), WriteGuard, Body, (upload, choice, guard, guardBody) =>
                (S3Step)new CompleteUpload(upload, choice, guard, guardBody)),
        Upload.Select(upload => (S3Step)new AbortUpload(upload)));

    public static readonly Gen<S3Step[]> Sequence =
        Gen.Frequency((1, OfBuckets), (4, Put), (2, Read), (2, Delete), (3, OfObjects), (2, OfListings), (4, OfUploads)).Array[1, 60];
}
