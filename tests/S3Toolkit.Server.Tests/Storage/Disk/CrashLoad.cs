using Amazon.Runtime;
using Amazon.S3;

namespace S3Toolkit.Server.Tests.Storage.Disk;

/// <summary>
/// Writes one call at a time and remembers what was acknowledged; the server may die at any moment. Of the write that was under way then
/// nobody knows whether it happened: both outcomes are right, anything else is not.
/// </summary>
internal abstract class CrashLoad(int seed)
{
    private static readonly int[] Sizes = [0, 700, 16_000, 40_000, 300_000];

    protected Random Random { get; } = new(seed);

    public int Acknowledged { get; private set; }

    public abstract Task PrepareAsync(AmazonS3Client client);

    /// <summary>Compares what is there with what was acknowledged; what was under way is settled from here on.</summary>
    /// <returns>What is wrong; nothing when all is right.</returns>
    public abstract Task<List<string>> VerifyAsync(AmazonS3Client client);

    /// <summary>Loads until the server is gone.</summary>
    public async Task RunAsync(AmazonS3Client client, Action onAcknowledged)
    {
        try
        {
            while (true)
            {
                await WriteAsync(client);
                Acknowledged++;
                onAcknowledged();
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or AmazonS3Exception { StatusCode: 0 }
            or AmazonClientException)
        {
            // killed
        }
    }

    protected abstract Task WriteAsync(AmazonS3Client client);

    /// <summary>The bytes of a write, which no other write has; unless they are none.</summary>
    protected byte[] Body(int write)
    {
        Random random = new((write * 10_007) + seed);
        byte[] bytes = new byte[Sizes[random.Next(Sizes.Length)]];
        random.NextBytes(bytes);
        return bytes;
    }

    protected static async Task<byte[]> ReadAsync(AmazonS3Client client, string bucket, string key, string? versionId = null)
    {
        using var response = await client.GetObjectAsync(new() { BucketName = bucket, Key = key, VersionId = versionId });
        using MemoryStream bytes = new();
        await response.ResponseStream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    /// <summary>A multipart upload whose parts are parts of the body: one, or two when the body is large enough for that.</summary>
    protected static async Task<string?> PutInPartsAsync(AmazonS3Client client, string bucket, string key, byte[] body)
    {
        const int MinPartBytes = 5 * 1024 * 1024;
        string uploadId = (await client.InitiateMultipartUploadAsync(bucket, key)).UploadId;
        byte[][] parts = body.Length > MinPartBytes ? [body[..MinPartBytes], body[MinPartBytes..]] : [body];
        List<Amazon.S3.Model.PartETag> eTags = [];
        for (int i = 0; i < parts.Length; i++)
        {
            var part = await client.UploadPartAsync(new()
            {
                BucketName = bucket, Key = key, UploadId = uploadId, PartNumber = i + 1, InputStream = new MemoryStream(parts[i]),
            });
            eTags.Add(new(i + 1, part.ETag));
        }
        return (await client.CompleteMultipartUploadAsync(new()
        {
            BucketName = bucket, Key = key, UploadId = uploadId, PartETags = eTags,
        })).VersionId;
    }
}
