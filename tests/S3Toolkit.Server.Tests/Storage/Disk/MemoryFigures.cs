using System.Globalization;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Transfer;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Storage.Disk;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Storage.Disk;

/// <summary>
/// Prints the resident memory of a server with its data on disk. Run by name only; S3TOOLKIT_FIGURE_OBJECTS and S3TOOLKIT_FIGURE_MIB say
/// how much.
/// </summary>
[Explicit("Takes minutes; prints figures.")]
[Platform("Linux")]
public sealed class MemoryFigures
{
    private const string Bucket = "figures";
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Test]
    public async Task ManySmallObjects_ListedAndRead()
    {
        int count = Setting("S3TOOLKIT_FIGURE_OBJECTS", 1_000_000);
        using TemporaryFolder data = new(onDisk: true);
        await FillAsync(data.Path, count);
        await using LocalServerProcess server = await LocalServerProcess.StartAsync(data.Path);
        using AmazonS3Client client = server.CreateClient();
        Print("after its start", server);
        int listed = 0;
        await foreach (S3Object _ in client.Paginators.ListObjectsV2(new() { BucketName = Bucket }).S3Objects) listed++;
        Print($"after listing {listed} objects of 1 KiB", server);
        for (int i = 0; i < 2000; i++)
            (await client.GetObjectAsync(Bucket, Key(i * (count / 2000)))).Dispose();
        Print("after reading 2,000 of them", server);
        Assert.That(listed, Is.EqualTo(count));
    }

    [Test]
    public async Task OneLargeObject_PutAndGot()
    {
        long length = Setting("S3TOOLKIT_FIGURE_MIB", 1024) * 1024L * 1024;
        using TemporaryFolder data = new(onDisk: true);
        await using LocalServerProcess server = await LocalServerProcess.StartAsync(data.Path);
        using AmazonS3Client client = server.CreateClient();
        await client.PutBucketAsync(Bucket);
        string source = Path.Combine(data.Path, "source");
        await using (FileStream file = File.Create(source)) file.SetLength(length);
        await client.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = "large", FilePath = source });
        Print($"after a put of {length >> 20} MiB", server);
        using GetObjectResponse response = await client.GetObjectAsync(Bucket, "large");
        byte[] buffer = new byte[1024 * 1024];
        long got = 0;
        while (await response.ResponseStream.ReadAsync(buffer) is var read and > 0) got += read;
        Print("after getting it", server);
        using TransferUtility transfers = new(client);
        await transfers.UploadAsync(new TransferUtilityUploadRequest { BucketName = Bucket, Key = "parts", FilePath = source });
        Print("after a put of the same in parts", server);
        Assert.That(got, Is.EqualTo(length));
    }

    private static async Task FillAsync(string path, int count)
    {
        await using DiskStorage storage = TestStorage.OpenDisk(path);
        await storage.CreateBucketAsync(new BucketRecord(Bucket, "us-east-1", Now), default);
        byte[] bytes = new byte[1024];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 256 }, async (i, _) =>
        {
            await using StagedBody body = await storage.StageBytesAsync(bytes);
            ObjectRecord record = new()
            {
                Key = Key(i),
                ETag = "0f343b0931126a20f133d67c2b018a3b",
                LastModified = Now,
                Properties = new ObjectProperties { ContentType = "application/octet-stream" },
                Checksum = new ChecksumRecord(ChecksumFunction.Crc64Nvme, "AAAAAAAAAAA="),
            };
            await storage.PutAsync(Bucket, record, body, default, default);
        });
    }

    private static string Key(int i) => $"folder-{i % 100:d2}/object-{i:d8}";

    private static int Setting(string name, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : fallback;

    private static void Print(string moment, LocalServerProcess server) =>
        TestContext.Out.WriteLine(
            $"{server.MemoryMiB("VmRSS"):F0} MiB resident {moment}, {server.MemoryMiB("VmHWM"):F0} MiB at most so far");
}
