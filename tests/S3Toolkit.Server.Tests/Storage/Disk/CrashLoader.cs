using System.Globalization;
using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace S3Toolkit.Server.Tests.Storage.Disk;

/// <summary>Objects of a bucket without versions: puts, multipart completes, copies, tags and deletes, on keys of its own.</summary>
internal sealed class CrashLoader(int id, string bucketName) : CrashLoad(id)
{
    private const int Keys = 12;

    /// <summary>Every so many writes there is one of two parts: 5 MiB and a little.</summary>
    private const int LargeEvery = 11;

    /// <summary>What a key has: the write that made its bytes (0 = absent) and its tag (0 = none).</summary>
    private readonly record struct State(int Write, int Tag)
    {
        public override string ToString() => Write == 0 ? "nothing" : $"write {Write} with tag {Tag}";
    }

    private readonly string _prefix = $"loader-{id:d2}/";
    private readonly Dictionary<string, State> _acknowledged = [];
    private (string Key, State State)? _underWay;
    private int _writes;

    public override Task PrepareAsync(AmazonS3Client client) => client.PutBucketAsync(bucketName);

    public override async Task<List<string>> VerifyAsync(AmazonS3Client client)
    {
        List<string> wrong = [];
        HashSet<string> listed = await ListAsync(client);
        foreach (string key in _acknowledged.Keys.Append(_underWay?.Key).OfType<string>().Distinct().ToList())
        {
            State expected = _acknowledged.GetValueOrDefault(key);
            List<State> right = _underWay is { } open && open.Key == key ? [expected, open.State] : [expected];
            (byte[]? Bytes, int Tag) found = await FindAsync(client, key);
            int at = right.FindIndex(state => Is(state, found.Bytes, found.Tag));
            if (at < 0) wrong.Add($"{key}: {string.Join(" or ", right)} is right; {found.Bytes?.Length} bytes, tag {found.Tag} are there");
            else _acknowledged[key] = right[at];
            if (listed.Contains(key) != (found.Bytes is not null)) wrong.Add($"{key}: listing and read disagree");
        }
        _underWay = null;
        return wrong;
    }

    protected override async Task WriteAsync(AmazonS3Client client)
    {
        string key = NextKey();
        State now = _acknowledged.GetValueOrDefault(key);
        string source = NextKey();
        State from = _acknowledged.GetValueOrDefault(source);
        int number = ++_writes;
        bool isLarge = number % LargeEvery == 0;
        int kind = isLarge ? 1 : Random.Next(12);
        State next = kind switch
        {
            0 => default,
            2 when now.Write > 0 => now with { Tag = number },
            3 when from.Write > 0 && source != key => from,
            _ => new State(number, 0),
        };
        _underWay = (key, next);
        if (kind == 0) await client.DeleteObjectAsync(bucketName, key);
        else if (kind == 1) await PutInPartsAsync(client, bucketName, key, BodyOf(number));
        else if (next.Write == number) await PutAsync(client, key, number);
        else if (kind == 2) await TagAsync(client, key, number);
        else await client.CopyObjectAsync(bucketName, source, bucketName, key);
        _acknowledged[key] = next;
        _underWay = null;
    }

    private string NextKey() => $"{_prefix}{Random.Next(Keys):d2}";

    private byte[] BodyOf(int write) => write % LargeEvery != 0 ? Body(write) : [.. new byte[5 * 1024 * 1024], .. Body(write), (byte)write];

    private bool Is(State state, byte[]? bytes, int tag) => state.Write == 0
        ? bytes is null
        : bytes is not null && tag == state.Tag && bytes.AsSpan().SequenceEqual(BodyOf(state.Write));

    private Task PutAsync(AmazonS3Client client, string key, int write) => client.PutObjectAsync(new PutObjectRequest
    {
        BucketName = bucketName, Key = key, InputStream = new MemoryStream(BodyOf(write)),
    });

    private Task TagAsync(AmazonS3Client client, string key, int tag) => client.PutObjectTaggingAsync(new PutObjectTaggingRequest
    {
        BucketName = bucketName, Key = key, Tagging = new Tagging { TagSet = [new Tag { Key = "t", Value = $"{tag}" }] },
    });

    /// <summary>Null bytes = there is no object.</summary>
    private async Task<(byte[]? Bytes, int Tag)> FindAsync(AmazonS3Client client, string key)
    {
        try
        {
            byte[] bytes = await ReadAsync(client, bucketName, key);
            GetObjectTaggingRequest request = new() { BucketName = bucketName, Key = key };
            List<Tag>? tags = (await client.GetObjectTaggingAsync(request)).Tagging;
            return (bytes, tags is [{ } tag] ? int.Parse(tag.Value, CultureInfo.InvariantCulture) : 0);
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            return (null, 0);
        }
    }

    private async Task<HashSet<string>> ListAsync(AmazonS3Client client)
    {
        HashSet<string> keys = [];
        string? last = null;
        ListObjectsV2Request request = new() { BucketName = bucketName, Prefix = _prefix, MaxKeys = 7 };
        await foreach (S3Object item in client.Paginators.ListObjectsV2(request).S3Objects)
        {
            Assert.That(last is null || string.CompareOrdinal(last, item.Key) < 0, "in order, and each once");
            keys.Add(last = item.Key);
        }
        return keys;
    }
}
