using System.IO.Compression;
using S3Toolkit.Tests.Pains;
using S3Toolkit.Tests.Transfers;

namespace S3Toolkit.Tests.Streams;

[TestFixture]
internal sealed class OpenAsyncTests
{
    private const int MiB = 1024 * 1024;

    private static readonly byte[] Content = TransferBench.Bytes(30 * MiB);

    [TestCase(true)]
    [TestCase(false)]
    public async Task OpenAsync_ZipArchive_ReadsAnEntryOfALargeOneInFewRequests(bool asynchronously)
    {
        await using var pain = await EmbeddedPain.StartAsync();
        var zip = Zip(entries: 2000, sizeBytes: 30_000);
        await pain.Bucket.PutAsync("archive.zip", zip);
        pain.ForgetRequests();

        await using (var stream = await pain.Bucket.OpenAsync("archive.zip"))
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Read))
        {
            Assert.That(archive.Entries, Has.Count.EqualTo(2000));
            foreach (var number in (int[])[3, 777, 1900])
            {
                await using var entry = archive.GetEntry($"folder/{number}.bin")!.Open();
                using var copy = new MemoryStream();
                if (asynchronously) await entry.CopyToAsync(copy);
                else entry.CopyTo(copy);
                Assert.That(copy.ToArray(), Is.EqualTo(Entry(number, 30_000)));
            }
        }

        Assert.That(pain.Count("HeadObject"), Is.EqualTo(1));
        Assert.That(pain.Count("GetObject"), Is.InRange(4, 5), "the directory, and each entry");
        Assert.That(BytesOut(pain), Is.LessThan(6 * MiB).And.LessThan(zip.Length / 8));
    }

    [Test]
    public async Task OpenAsync_SequentialRead_IsAFewRequests()
    {
        await using var pain = await StartAsync();
        await using var stream = await pain.Bucket.OpenAsync("key");
        using var copy = new MemoryStream();

        await stream.CopyToAsync(copy);

        Assert.That(copy.ToArray().AsSpan().SequenceEqual(Content), Is.True);
        Assert.That(pain.Count("GetObject"), Is.LessThanOrEqualTo(7));
        Assert.That(BytesOut(pain), Is.EqualTo(Content.Length));
    }

    [Test]
    public async Task OpenAsync_RandomReads_FetchAtMost1200KiBEach()
    {
        await using var pain = await StartAsync();
        var random = new Random(3);
        await using (var stream = await pain.Bucket.OpenAsync("key"))
        {
            var buffer = new byte[4096];
            for (var round = 0; round < 40; round++)
            {
                var position = random.Next(Content.Length - buffer.Length);
                stream.Position = position;
                await stream.ReadExactlyAsync(buffer);
                Assert.That(buffer.AsSpan().SequenceEqual(Content.AsSpan(position, buffer.Length)), Is.True);
            }
        }

        Assert.That(pain.Count("GetObject"), Is.LessThanOrEqualTo(40));
        Assert.That(BytesOut(pain), Is.LessThanOrEqualTo(40L * 1200 * 1024));
    }

    [Test]
    public async Task OpenAsync_Missing_SaysWhich()
    {
        await using var pain = await EmbeddedPain.StartAsync();

        Assert.That(
            async () => await pain.Bucket.OpenAsync("none"),
            Throws.TypeOf<ObjectNotFoundException>().With.Message.Contains("s3://pains/none").And.Property("Key").EqualTo("none"));
    }

    [Test]
    public async Task OpenAsync_Overwritten_IsAFailedPrecondition()
    {
        await using var pain = await StartAsync();
        await using var stream = await pain.Bucket.OpenAsync("key");
        await pain.Bucket.PutAsync("key", new byte[10]);

        Assert.That(
            async () => await stream.ReadAsync(new byte[10]),
            Throws.TypeOf<PreconditionFailedException>().With.Message.Contains("changed during the download"));
    }

    [Test]
    public async Task OpenAsync_OverwrittenOrDeletedInABucketWithVersions_ReadsOn()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        await pain.Buckets.SetVersioningAsync(EmbeddedPain.BucketName, BucketVersioningState.Enabled);
        await pain.Bucket.PutAsync("key", Content);
        await using var stream = await pain.Bucket.OpenAsync("key");
        var buffer = new byte[10];

        await pain.Bucket.PutAsync("key", new byte[10]);
        await stream.ReadExactlyAsync(buffer);
        Assert.That(buffer, Is.EqualTo(Content[..10]));

        await pain.Bucket.DeleteAsync("key");
        stream.Position = 20 * MiB;
        await stream.ReadExactlyAsync(buffer);
        Assert.That(buffer, Is.EqualTo(Content[(20 * MiB)..((20 * MiB) + 10)]));
    }

    [Test]
    public async Task OpenAsync_ConditionAndEmptyObject_AreHonoured()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        await pain.Bucket.PutAsync("empty", Array.Empty<byte>());
        await using var stream = await pain.Bucket.OpenAsync("empty");

        Assert.That(await stream.ReadAsync(new byte[10]), Is.Zero);
        Assert.That(
            async () => await pain.Bucket.OpenAsync("empty", new OpenObjectOptions { OnlyIfMatch = "other" }),
            Throws.TypeOf<PreconditionFailedException>());
    }

    private static async Task<EmbeddedPain> StartAsync()
    {
        var pain = await EmbeddedPain.StartAsync();
        await pain.Bucket.PutAsync("key", Content);
        pain.ForgetRequests();
        return pain;
    }

    private static long BytesOut(EmbeddedPain pain) => pain.Server.Requests.Of("GetObject").Sum(static request => request.BytesOut);

    private static byte[] Entry(int number, int sizeBytes) => TransferBench.Bytes(sizeBytes, number);

    private static byte[] Zip(int entries, int sizeBytes)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var number = 0; number < entries; number++)
            {
                using var entry = archive.CreateEntry($"folder/{number}.bin", CompressionLevel.NoCompression).Open();
                entry.Write(Entry(number, sizeBytes));
            }
        }

        return stream.ToArray();
    }
}
