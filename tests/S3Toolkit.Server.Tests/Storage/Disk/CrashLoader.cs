using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace S3Toolkit.Server.Tests.Storage.Disk;

/// <summary>
/// Writes to keys of its own, one at a time, and remembers what was acknowledged; the server may die at any moment. Of the write that was
/// under way then nobody knows whether it happened: both outcomes are right, anything else is not.
/// </summary>
internal sealed class CrashLoader(int id, string bucketName)
{
    private const int Keys = 12;

    private static readonly int[] Sizes = [0, 700, 16_000, 40_000, 700_000];

    private readonly Random _random = new(id);

    /// <summary>By key: the number of the write that was acknowledged last; 0 = absent.</summary>
    private readonly Dictionary<string, int> _acknowledged = [];
    private (string Key, int Write)? _underWay;
    private int _writes;

    public int Acknowledged { get; private set; }

    /// <summary>Loads until the server is gone.</summary>
    public async Task RunAsync(AmazonS3Client client, Action onAcknowledged)
    {
        try
        {
            while (true)
            {
                await WriteAsync(client);
                onAcknowledged();
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or AmazonS3Exception { StatusCode: 0 }
            or Amazon.Runtime.AmazonClientException)
        {
            // killed
        }
    }

    /// <summary>Compares all its keys with what was acknowledged; what was under way is settled from here on.</summary>
    /// <returns>What is wrong; nothing when all is right.</returns>
    public async Task<List<string>> VerifyAsync(AmazonS3Client client, IReadOnlySet<string> listed)
    {
        List<string> wrong = [];
        foreach (string key in _acknowledged.Keys.Append(_underWay?.Key).OfType<string>().Distinct().ToList())
        {
            int expected = _acknowledged.GetValueOrDefault(key);
            int found = await FindAsync(client, key);
            bool isRight = found == expected || (_underWay is { } open && open.Key == key && found == open.Write);
            if (!isRight) wrong.Add($"{key}: write {expected} was acknowledged, write {found} is there (0 = none, -1 = damaged)");
            if (listed.Contains(key) != (found != 0)) wrong.Add($"{key}: listing and read disagree");
            _acknowledged[key] = found;
        }
        _underWay = null;
        return wrong;
    }

    private async Task WriteAsync(AmazonS3Client client)
    {
        string key = $"loader-{id:d2}/{_random.Next(Keys):d2}";
        int kind = _random.Next(10);
        int write = kind == 0 ? 0 : ++_writes;
        _underWay = (key, write);
        if (kind == 0) await client.DeleteObjectAsync(bucketName, key);
        else if (kind == 1) await PutInPartsAsync(client, key, write);
        else await client.PutObjectAsync(new PutObjectRequest { BucketName = bucketName, Key = key, InputStream = Body(key, write) });
        _acknowledged[key] = write;
        _underWay = null;
        Acknowledged++;
    }

    private async Task PutInPartsAsync(AmazonS3Client client, string key, int write)
    {
        string uploadId = (await client.InitiateMultipartUploadAsync(bucketName, key)).UploadId;
        UploadPartResponse part = await client.UploadPartAsync(new UploadPartRequest
        {
            BucketName = bucketName,
            Key = key,
            UploadId = uploadId,
            PartNumber = 1,
            InputStream = Body(key, write),
        });
        await client.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest
        {
            BucketName = bucketName,
            Key = key,
            UploadId = uploadId,
            PartETags = [new PartETag(1, part.ETag)],
        });
    }

    /// <summary>The number of the write whose bytes the key has; 0 = none, -1 = bytes of no write.</summary>
    private async Task<int> FindAsync(AmazonS3Client client, string key)
    {
        try
        {
            using GetObjectResponse response = await client.GetObjectAsync(bucketName, key);
            using MemoryStream bytes = new();
            await response.ResponseStream.CopyToAsync(bytes);
            foreach (int candidate in new[] { _acknowledged.GetValueOrDefault(key), _underWay?.Write ?? 0 })
            {
                if (candidate > 0 && bytes.ToArray().AsSpan().SequenceEqual(Body(key, candidate).ToArray())) return candidate;
            }
            return -1;
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            return 0;
        }
    }

    private static MemoryStream Body(string key, int write)
    {
        Random random = new((write * 10_007) + (key[^1] * 131) + key[^2]);
        byte[] bytes = new byte[Sizes[random.Next(Sizes.Length)]];
        random.NextBytes(bytes);
        return new MemoryStream(bytes);
    }
}
