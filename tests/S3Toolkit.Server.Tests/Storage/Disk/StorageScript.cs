using System.Globalization;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Storage.Disk;

/// <summary>
/// Runs random steps on a storage and writes down all that it answers. Version ids are random and differ from storage to storage: they
/// appear as numbers, in the order in which they were first seen.
/// </summary>
internal sealed class StorageScript(TestStorage target)
{
    private static readonly string[] Keys = ["a", "a/b", "a/b/c", "a/😀", "a/\uE000", "b", "b/b", "é"];
    private static readonly string[] Prefixes = ["", "a", "a/", "b", "zzz"];
    private static readonly int[] Sizes = [0, 1, 300, 16_384, 16_385, 300_000];
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly List<string> _transcript = [];
    private readonly List<string> _versions = [ObjectRecord.NullVersion];
    private readonly List<(string Key, string Id)> _uploads = [];
    private int _step;

    private IS3Storage Storage => target.Storage;

    private DateTimeOffset Now => Start.AddSeconds(_step);

    public async Task<List<string>> RunAsync(IEnumerable<(int Kind, int A, int B, int C)> steps)
    {
        foreach (string bucket in new[] { "one", "two" }) await Storage.CreateBucketAsync(new BucketRecord(bucket, "r", Start), default);
        foreach ((int kind, int a, int b, int c) in steps)
        {
            _step++;
            await StepAsync(kind, c % 5 == 0 ? "two" : "one", Keys[a % Keys.Length], b, c);
        }
        foreach (string bucket in new[] { "one", "two", "none" })
        {
            foreach (string delimiter in new[] { "", "/" }) await ListAllAsync(bucket, delimiter);
        }
        foreach (string key in Keys) await ReadAsync("one", key, null);
        return _transcript;
    }

    private Task StepAsync(int kind, string bucket, string key, int b, int c) => kind switch
    {
        < 6 => PutAsync(bucket, key, b, c),
        < 9 => DeleteAsync(bucket, key, b, c),
        9 => VersioningAsync(bucket, b),
        10 => TagAsync(bucket, key, b, c),
        11 => ReadAsync(bucket, key, c % 2 == 0 ? null : Version(b)),
        12 => ListAsync(bucket, b, c),
        13 => ListVersionsAsync(bucket, b, c),
        14 => CreateUploadAsync(bucket, key, b),
        15 => PartAsync(bucket, b, c),
        16 => CompleteAsync(bucket, b, c),
        17 => AbortAsync(bucket, b),
        18 => DropBucketAsync(bucket, c),
        19 => ReplicaAsync(bucket, key, b, c),
        20 => ReplicaMarkerAsync(bucket, key, b),
        21 => ListBucketsAsync(b, c),
        22 => ListUploadsAsync(bucket, b, c),
        _ => target.ReopenAsync(),
    };

    private async Task PutAsync(string bucket, string key, int b, int c)
    {
        await using StagedBody body = await Storage.StageBytesAsync(Bytes(b), c % 3 == 0 ? null : Sizes[b % Sizes.Length]);
        WriteCondition condition = (c % 7) switch
        {
            0 => new(IfAbsent: true),
            1 => new(IfMatch: "*"),
            2 => new(IfMatch: $"e{_step - 1}"),
            _ => WriteCondition.None,
        };
        ObjectRecord record = new()
        {
            Key = key,
            ETag = $"e{_step}",
            LastModified = Now,
            Properties = new ObjectProperties { ContentType = c % 2 == 0 ? "text/plain" : null, Metadata = [new("name", $"{c}")] },
            Tags = c % 4 == 0 ? [new TagRecord("tag", $"{b}")] : [],
            Checksum = new ChecksumRecord(ChecksumFunction.Sha256, $"sum{_step}"),
            Lock = (c % 13) switch
            {
                0 => new ObjectLockRecord(LegalHold: true),
                1 => new ObjectLockRecord(new RetentionRecord(RetentionMode.Governance, Now.AddSeconds(b % 20))),
                2 => new ObjectLockRecord(new RetentionRecord(RetentionMode.Compliance, Now.AddSeconds(b % 20))),
                _ => null,
            },
        };
        Note("put", await Storage.PutAsync(bucket, record, body, condition, default));
    }

    /// <summary>A version with the id of another one: of this key or not, of this bucket or not.</summary>
    private async Task ReplicaAsync(string bucket, string key, int b, int c)
    {
        await using StagedBody body = await Storage.StageBytesAsync(Bytes(c));
        ObjectRecord record = new() { Key = key, VersionId = Version(b), ETag = $"e{_step}", LastModified = Now };
        Note("replica", await Storage.PutAsync(bucket, record, body, WriteCondition.None, default));
    }

    private async Task ReplicaMarkerAsync(string bucket, string key, int b)
    {
        string? id = Version(b) == ObjectRecord.NullVersion ? null : Version(b);
        DeletionRequest request = new(key, null, WriteCondition.None, Now) { MarkerVersionId = id };
        StorageResult<DeletionRecord> result = await Storage.DeleteAsync(bucket, request, default);
        Note($"marker {result.Status} {result.Value?.IsDeleteMarker} {Number(result.Value?.VersionId)}");
    }

    private async Task ListBucketsAsync(int b, int c)
    {
        BucketQuery query = new(c % 4 == 0 ? "t" : "", c % 3 == 0 ? "one" : "", c % 5 == 0 ? "r" : null, b % 3);
        BucketPage page = await Storage.ListBucketsAsync(query, default);
        Note($"buckets {page.IsTruncated} {string.Join(',', page.Buckets.Select(item => item.Name + item.Region))}");
    }

    private async Task ListUploadsAsync(string bucket, int b, int c)
    {
        (string key, string id) = _uploads.Count > 0 && c % 3 != 0 ? _uploads[c % _uploads.Count] : ("", "");
        UploadQuery query = new(Prefixes[b % Prefixes.Length], c % 2 == 0 ? "" : "/", key, c % 5 == 0 ? "" : id, c % 4);
        Note(await Storage.ListUploadsAsync(bucket, query, default));
    }

    private async Task DeleteAsync(string bucket, string key, int b, int c)
    {
        string? versionId = c % 2 == 0 ? null : Version(b);
        WriteCondition condition = c % 11 == 0 ? new WriteCondition { IfLength = Sizes[b % Sizes.Length] } : WriteCondition.None;
        DeletionRequest request = new(key, versionId, condition, Now) { BypassesGovernance = c % 3 == 0 };
        StorageResult<DeletionRecord> result = await Storage.DeleteAsync(bucket, request, default);
        Note($"delete {result.Status} {result.Value?.IsDeleteMarker} {Number(result.Value?.VersionId)}");
    }

    private async Task VersioningAsync(string bucket, int b)
    {
        BucketVersioning versioning = b % 3 == 0 ? BucketVersioning.Suspended : BucketVersioning.Enabled;
        Note($"versioning {await Storage.UpdateBucketAsync(bucket, record => record with { Versioning = versioning }, default)}");
        Note($"bucket {(await Storage.FindBucketAsync(bucket, default))?.Versioning}");
    }

    private async Task TagAsync(string bucket, string key, int b, int c) =>
        Note("tag", await Storage.UpdateObjectAsync(
            bucket, key, c % 2 == 0 ? null : Version(b), old => old with { Tags = [new TagRecord("t", $"{b}")] }, default));

    private async Task ReadAsync(string bucket, string key, string? versionId)
    {
        StorageResult<ObjectRecord> found = await Storage.FindAsync(bucket, key, versionId, default);
        Note("find", found);
        if (found.Value is not { Body: { } body } record) return;
        Note($"parts {string.Join(',', record.Parts.Select(part => $"{part.PartNumber}:{part.ETag}:{part.Length}"))}");
        Note($"bytes {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(await body.ReadAllAsync()))}");
        (long from, long count) = (record.Length / 3, record.Length / 2);
        Note($"range {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(await body.ReadAllAsync(from, count)))}");
    }

    private async Task ListAsync(string bucket, int b, int c)
    {
        ObjectQuery query = new(Prefixes[b % Prefixes.Length], c % 2 == 0 ? "" : "/", c % 3 == 0 ? "" : Keys[c % Keys.Length], c % 4);
        Note(await Storage.ListAsync(bucket, query, default));
    }

    private async Task ListVersionsAsync(string bucket, int b, int c)
    {
        bool hasMarker = c % 3 != 0;
        VersionQuery query = new(
            Prefixes[b % Prefixes.Length], c % 2 == 0 ? "" : "/", hasMarker ? Keys[c % Keys.Length] : "",
            hasMarker && c % 5 != 0 ? Version(b) : "", c % 6);
        Note(await Storage.ListVersionsAsync(bucket, query, default));
    }

    private async Task CreateUploadAsync(string bucket, string key, int b)
    {
        // Ids rise, as those of the server do.
        UploadRecord upload = new()
        {
            Key = key,
            UploadId = _step.ToString("d6", CultureInfo.InvariantCulture),
            Initiated = Now,
            Tags = [new TagRecord("u", $"{b}")],
            ChecksumFunction = ChecksumFunction.Crc32C,
        };
        _uploads.Add((key, upload.UploadId));
        Note($"create upload {await Storage.CreateUploadAsync(bucket, upload, default)}");
    }

    private async Task PartAsync(string bucket, int b, int c)
    {
        if (_uploads.Count == 0) return;
        (string key, string id) = _uploads[b % _uploads.Count];
        await using StagedBody body = await Storage.StageBytesAsync(Bytes(c));
        PartRecord part = new(1 + (c % 4), $"p{_step}", 0, Now) { Checksum = new ChecksumRecord(ChecksumFunction.Crc32C, $"{c}") };
        Note($"part {await Storage.PutPartAsync(bucket, key, id, part, body, default)}");
        StorageResult<IReadOnlyList<PartRecord>> parts = await Storage.ListPartsAsync(bucket, key, id, default);
        Note($"parts {parts.Status} {string.Join(',', parts.Value?.Select(item => $"{item with { Body = null }}") ?? [])}");
    }

    private async Task CompleteAsync(string bucket, int b, int c)
    {
        if (_uploads.Count == 0) return;
        (string key, string id) = _uploads[b % _uploads.Count];
        StorageResult<UploadRecord> upload = await Storage.FindUploadAsync(bucket, key, id, default);
        ObjectRecord? before = upload.Value?.Completed;
        Note($"upload {upload.Status} {upload.Value?.Tags.Count} {upload.Value?.ChecksumFunction}");
        Note($"before {before?.ETag} {Number(before?.VersionId)}");
        List<PartRecord> parts = [.. (await Storage.ListPartsAsync(bucket, key, id, default)).Value ?? []];
        if (parts.Count > 1 && c % 3 == 0) parts.RemoveAt(0);
        if (parts.Count > 0 && c % 5 == 1)
        {
            await using StagedBody body = await Storage.StageBytesAsync(Bytes(c)); // replaces a part that was listed
            await Storage.PutPartAsync(bucket, key, id, parts[0], body, default);
        }
        ObjectRecord record = new()
        {
            Key = key,
            ETag = $"e{_step}-{parts.Count}",
            LastModified = Now,
            Parts = [.. parts.Select(part => part with { Body = null })],
        };
        WriteCondition condition = new(IfAbsent: c % 4 == 0);
        Note("complete", await Storage.CompleteUploadAsync(bucket, id, record, parts, condition, default));
    }

    private async Task AbortAsync(string bucket, int b)
    {
        if (_uploads.Count == 0) return;
        (string key, string id) = _uploads[b % _uploads.Count];
        Note($"abort {await Storage.AbortUploadAsync(bucket, key, id, default)}");
    }

    private async Task DropBucketAsync(string bucket, int c)
    {
        Note($"drop {await Storage.DeleteBucketAsync(bucket, default)}");
        StorageResult<BucketRecord> made = await Storage.CreateBucketAsync(new BucketRecord(bucket, $"r{c}", Now), default);
        Note($"make {made.Status} {made.Value!.Region} {made.Value.Versioning}");
    }

    private async Task ListAllAsync(string bucket, string delimiter)
    {
        Note(await Storage.ListAsync(bucket, new("", delimiter, "", 1000), default));
        Note(await Storage.ListVersionsAsync(bucket, new("", delimiter, "", "", 1000), default));
        UploadQuery query = new("", delimiter, "", "", 2);
        StorageResult<UploadPage> page;
        do
        {
            page = await Storage.ListUploadsAsync(bucket, query, default);
            Note(page);
            query = query with { AfterKey = page.Value?.LastKey ?? "", AfterUploadId = page.Value?.LastUploadId ?? "" };
        }
        while (page.Value?.IsTruncated ?? false);
    }

    private void Note(string line) => _transcript.Add($"{_step}: {line}");

    private void Note(string verb, StorageResult<ObjectRecord> result) => Note($"{verb} {result.Status} {Show(result.Value)}");

    private void Note(StorageResult<ObjectPage> page) => Note(
        $"list {page.Status} {page.Value?.IsTruncated} {page.Value?.Last} "
        + string.Join(',', page.Value?.CommonPrefixes ?? []) + "; " + string.Join(',', page.Value?.Objects.Select(Show) ?? []));

    private void Note(StorageResult<VersionPage> page) => Note(
        $"versions {page.Status} {page.Value?.IsTruncated} {page.Value?.LastKey} {Number(page.Value?.LastVersion)} "
        + string.Join(',', page.Value?.CommonPrefixes ?? []) + "; "
        + string.Join(',', page.Value?.Versions.Select(item => $"{Show(item.Record)} latest={item.IsLatest}") ?? []));

    private void Note(StorageResult<UploadPage> page) => Note(
        $"uploads {page.Status} {page.Value?.IsTruncated} {page.Value?.LastKey} {page.Value?.LastUploadId} "
        + string.Join(',', page.Value?.CommonPrefixes ?? []) + "; "
        + string.Join(',', page.Value?.Uploads.Select(item => item.Key + item.UploadId) ?? []));

    private string Show(ObjectRecord? record) => record is null
        ? "none"
        : $"{record.Key} {Number(record.VersionId)} marker={record.IsDeleteMarker} {record.LastModified:O} {record.ETag} {record.Length} "
            + $"{record.Properties.ContentType} {record.Properties.StorageClass} {record.Properties.Encryption} "
            + $"[{string.Join(';', record.Properties.Metadata)}] [{string.Join(';', record.Tags)}] {record.Checksum} {record.Lock}";

    private string Version(int index) => _versions[index % _versions.Count];

    private string Number(string? versionId)
    {
        if (string.IsNullOrEmpty(versionId)) return "-";
        int index = _versions.IndexOf(versionId);
        if (index >= 0) return $"v{index}";
        _versions.Add(versionId);
        return $"v{_versions.Count - 1}";
    }

    private static byte[] Bytes(int seed)
    {
        byte[] bytes = new byte[Sizes[seed % Sizes.Length]];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
