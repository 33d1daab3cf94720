using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Storage.Disk;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Storage.Disk;

/// <summary>A server whose disk really is full: a small file system in memory, mounted in a namespace of the server's own.</summary>
[Platform("Linux")]
public sealed class FullDiskTests
{
    private const string Bucket = "full-disk";
    private const int LargeBytes = 3 * 1024 * 1024;

    [Test]
    public async Task PutObject_DiskFull_FailsWholeAndWorksAgainWithRoom()
    {
        using TemporaryFolder data = new();
        await using LocalServerProcess server = await StartOnSmallDiskAsync(data.Path);
        using AmazonS3Client client = server.CreateClient();
        await client.PutBucketAsync(Bucket);
        List<string> stored = [];
        AmazonS3Exception? refusal = null;
        for (int i = 0; i < 20 && refusal is null; i++)
        {
            try
            {
                await PutAsync(client, $"large-{i}", LargeBytes);
                stored.Add($"large-{i}");
            }
            catch (AmazonS3Exception exception)
            {
                refusal = exception;
            }
        }

        Assert.That(refusal, Is.Not.Null);
        Assert.That(((int)refusal!.StatusCode, refusal.ErrorCode), Is.EqualTo((507, "InsufficientStorage")));
        Assert.That(await KeysAsync(client), Is.EqualTo(stored), "what was refused is not there");
        await client.DeleteObjectAsync(Bucket, stored[0]);
        await PutAsync(client, "after", LargeBytes);
        Assert.That(await KeysAsync(client), Is.EqualTo(stored.Skip(1).Prepend("after")));
        foreach (string key in stored.Skip(1)) Assert.That(await LengthAsync(client, key), Is.EqualTo(LargeBytes));
    }

    [Test]
    public async Task PutObject_DiskFullForTheDatabase_FailsWholeAndWorksAgainWithRoom()
    {
        using TemporaryFolder data = new();
        await using LocalServerProcess server = await StartOnSmallDiskAsync(data.Path);
        using AmazonS3Client client = server.CreateClient();
        await client.PutBucketAsync(Bucket);
        await PutAsync(client, "ballast", LargeBytes);
        List<string> stored = ["ballast"];
        AmazonS3Exception? refusal = null;
        for (int i = 0; i < 2000 && refusal is null; i++)
        {
            try
            {
                await PutAsync(client, $"small-{i:d4}", 12_000);
                stored.Add($"small-{i:d4}");
            }
            catch (AmazonS3Exception exception)
            {
                refusal = exception;
            }
        }

        Assert.That(refusal?.ErrorCode, Is.EqualTo("InsufficientStorage"));
        Assert.That(await KeysAsync(client), Is.EqualTo(stored));
        await client.DeleteObjectAsync(Bucket, "ballast");
        await PutAsync(client, "zz-after", 12_000);
        Assert.That(await KeysAsync(client), Is.EqualTo(stored.Skip(1).Append("zz-after")));
    }

    [Test]
    public async Task Start_DiskFull_StartsAndDeletes()
    {
        using TemporaryFolder prepared = new();
        await using (DiskStorage storage = TestStorage.OpenDisk(prepared.Path))
        {
            await storage.CreateBucketAsync(new BucketRecord(Bucket, "us-east-1", default), default);
            await using StagedBody body = await storage.StageBytesAsync(new byte[LargeBytes]);
            ObjectRecord record = new() { Key = "k", ETag = new string('0', 32) + "-1", LastModified = default };
            await storage.PutAsync(Bucket, record, body, default, default);
        }
        using TemporaryFolder data = new();
        await using LocalServerProcess server = await StartOnSmallDiskAsync(
            data.Path, $"cp -r '{prepared.Path}/.' '{data.Path}' && {{ cat /dev/zero > '{data.Path}/filler' 2>/dev/null || true; }}");
        using AmazonS3Client client = server.CreateClient();

        Assert.That(await LengthAsync(client, "k"), Is.EqualTo(LargeBytes));
        await client.DeleteObjectAsync(Bucket, "k");
        Assert.That(await KeysAsync(client), Is.Empty);
        await client.DeleteBucketAsync(Bucket);
    }

    private static async Task<LocalServerProcess> StartOnSmallDiskAsync(string path, string prepare = "true")
    {
        string[] shell =
        [
            "unshare", "--user", "--map-root-user", "--mount", "sh", "-c",
            $"mount -t tmpfs -o size=12m tmpfs '{path}' && {prepare} && exec \"$@\"", "sh",
        ];
        try
        {
            return await LocalServerProcess.StartAsync(path, shell);
        }
        catch (Exception exception) when (exception is IOException or System.ComponentModel.Win32Exception
            && (exception.Message.Contains("unshare") || exception.Message.Contains("mount")))
        {
            throw new IgnoreException("This machine gives no namespace of its own: " + exception.Message);
        }
    }

    private static Task PutAsync(AmazonS3Client client, string key, int length) => client.PutObjectAsync(
        new PutObjectRequest { BucketName = Bucket, Key = key, InputStream = new MemoryStream(new byte[length]) });

    private static async Task<List<string>> KeysAsync(AmazonS3Client client)
    {
        List<string> keys = [];
        await foreach (S3Object item in client.Paginators.ListObjectsV2(new() { BucketName = Bucket }).S3Objects) keys.Add(item.Key);
        return keys;
    }

    private static async Task<long> LengthAsync(AmazonS3Client client, string key)
    {
        using GetObjectResponse response = await client.GetObjectAsync(Bucket, key);
        using MemoryStream bytes = new();
        await response.ResponseStream.CopyToAsync(bytes);
        return bytes.Length;
    }
}
