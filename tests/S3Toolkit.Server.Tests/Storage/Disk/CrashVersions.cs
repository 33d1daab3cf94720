using Amazon.S3;
using Amazon.S3.Model;

namespace S3Toolkit.Server.Tests.Storage.Disk;

/// <summary>
/// A versioned bucket of its own: versions by put, copy and multipart complete, delete markers, deleted versions, and the bucket's tags.
/// </summary>
internal sealed class CrashVersions(int id) : CrashLoad(1000 + id)
{
    private const int Keys = 4;

    private readonly string _bucket = $"crash-versions-{id}";

    /// <summary>By version id: the key, and the write that made it; 0 = a delete marker.</summary>
    private readonly Dictionary<string, (string Key, int Write)> _kept = [];
    private (string Key, int Write)? _making;
    private string? _deleting;
    private int _tag;
    private int? _tagging;
    private int _writes;

    public override async Task PrepareAsync(AmazonS3Client client)
    {
        await client.PutBucketAsync(_bucket);
        await client.PutBucketVersioningAsync(new PutBucketVersioningRequest
        {
            BucketName = _bucket, VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Enabled },
        });
    }

    public override async Task<List<string>> VerifyAsync(AmazonS3Client client)
    {
        List<string> wrong = [];
        Dictionary<string, S3ObjectVersion> found = await ListAsync(client);
        foreach ((string versionId, (string key, int write)) in _kept.ToList())
        {
            if (!found.Remove(versionId, out S3ObjectVersion? version))
            {
                if (versionId == _deleting) _kept.Remove(versionId);
                else wrong.Add($"{key}: version {versionId} of write {write} is gone");
            }
            else if (!await IsAsync(client, version, key, write))
            {
                wrong.Add($"{key}: version {versionId} is not write {write}");
            }
        }
        foreach ((string versionId, S3ObjectVersion version) in found)
        {
            if (_making is { } made && await IsAsync(client, version, made.Key, made.Write)) _kept[versionId] = made;
            else wrong.Add($"{version.Key}: nobody made version {versionId}");
        }
        if (found.Count > 1) wrong.Add($"one version was under way, {found.Count} are new");
        int tag = await TagAsync(client);
        if (tag != _tag && tag != _tagging) wrong.Add($"the bucket's tag is {tag}; {_tag} or {_tagging} is right");
        (_making, _deleting, _tagging, _tag) = (null, null, null, tag);
        return wrong;
    }

    protected override async Task WriteAsync(AmazonS3Client client)
    {
        int number = ++_writes;
        int kind = Random.Next(10);
        if (kind == 0) await SetTagAsync(client, number);
        else if (kind < 4 && _kept.Count > 0) await DeleteVersionAsync(client, _kept.Keys.ElementAt(Random.Next(_kept.Count)));
        else await MakeAsync(client, kind, $"key-{Random.Next(Keys)}", number);
    }

    private async Task MakeAsync(AmazonS3Client client, int kind, string key, int number)
    {
        (string versionId, (string sourceKey, int source)) = _kept.FirstOrDefault(pair => pair.Value.Write > 0);
        if (kind == 4 && source == 0) kind = 9;
        int write = kind switch { 4 => source, 5 => 0, _ => number };
        _making = (key, write);
        string? made = kind switch
        {
            4 => (await client.CopyObjectAsync(_bucket, sourceKey, versionId, _bucket, key)).VersionId,
            5 => (await client.DeleteObjectAsync(_bucket, key)).VersionId,
            6 => await PutInPartsAsync(client, _bucket, key, Body(number)),
            _ => (await client.PutObjectAsync(new PutObjectRequest
            {
                BucketName = _bucket, Key = key, InputStream = new MemoryStream(Body(number)),
            })).VersionId,
        };
        _kept[made!] = (key, write);
        _making = null;
    }

    private async Task DeleteVersionAsync(AmazonS3Client client, string versionId)
    {
        _deleting = versionId;
        await client.DeleteObjectAsync(_bucket, _kept[versionId].Key, versionId);
        _kept.Remove(versionId);
        _deleting = null;
    }

    private async Task SetTagAsync(AmazonS3Client client, int tag)
    {
        _tagging = tag;
        await client.PutBucketTaggingAsync(_bucket, [new Tag { Key = "t", Value = $"{tag}" }]);
        (_tag, _tagging) = (tag, null);
    }

    private async Task<int> TagAsync(AmazonS3Client client)
    {
        try
        {
            GetBucketTaggingResponse response = await client.GetBucketTaggingAsync(new GetBucketTaggingRequest { BucketName = _bucket });
            return response.TagSet is [{ } tag] ? int.Parse(tag.Value, System.Globalization.CultureInfo.InvariantCulture) : 0;
        }
        catch (AmazonS3Exception exception) when (exception.ErrorCode == "NoSuchTagSet")
        {
            return 0;
        }
    }

    private async Task<bool> IsAsync(AmazonS3Client client, S3ObjectVersion version, string key, int write)
    {
        if (version.Key != key || (version.IsDeleteMarker ?? false) != (write == 0)) return false;
        return write == 0 || (await ReadAsync(client, _bucket, key, version.VersionId)).AsSpan().SequenceEqual(Body(write));
    }

    private async Task<Dictionary<string, S3ObjectVersion>> ListAsync(AmazonS3Client client)
    {
        Dictionary<string, S3ObjectVersion> found = [];
        ListVersionsRequest request = new() { BucketName = _bucket, MaxKeys = 50 };
        while (true)
        {
            ListVersionsResponse page = await client.ListVersionsAsync(request);
            foreach (S3ObjectVersion version in page.Versions ?? []) found.Add(version.VersionId, version);
            if (!(page.IsTruncated ?? false)) return found;
            (request.KeyMarker, request.VersionIdMarker) = (page.NextKeyMarker, page.NextVersionIdMarker);
        }
    }
}
