using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Testing;

public sealed class SeedTests(ServerMode mode) : ServerFixture(mode)
{
    [Test]
    public async Task SeedAsync_Folder_PutsAllItsFiles()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(Path.Combine(folder.Path, "a b", "c"));
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "index.html"), "<html/>");
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "a b", "c", "ключ+1"), "deep");
        await File.WriteAllTextAsync(Path.Combine(folder.Path, ".hidden"), "");
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "large.bin"), new byte[300_000]);
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "link"), folder.Path);

        int count = await Server.SeedAsync(folder.Path, Bucket);

        ListObjectsV2Response listed = await Client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket });
        Assert.That(
            listed.S3Objects.Select(item => (item.Key, item.Size)),
            Is.EqualTo(new (string, long?)[] { (".hidden", 0), ("a b/c/ключ+1", 4), ("index.html", 7), ("large.bin", 300_000) }));
        Assert.That(count, Is.EqualTo(4));
        GetObjectMetadataResponse page = await Client.GetObjectMetadataAsync(Bucket, "index.html");
        Assert.That((page.Headers.ContentType, page.ETag), Is.EqualTo(("text/html", "\"7682d345add5f360f96f3c8f359ca5c7\"")));
        Assert.That(await ReadAsync("a b/c/ключ+1"), Is.EqualTo("deep"));
        Assert.That(Server.Requests.Of("PutObject"), Is.Empty, "seeding is no request");
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task SeedAsync_FolderThatCannotBeRead_IsAnIOException(bool isFile)
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Ignore("Root reads everything.");
            return;
        }
        using TemporaryFolder folder = new();
        string closed = Path.Combine(folder.Path, "closed");
        if (isFile) await File.WriteAllTextAsync(closed, "x");
        else Directory.CreateDirectory(closed);
        File.SetUnixFileMode(closed, UnixFileMode.None);
        try
        {
            await Assert.ThatAsync(() => Server.SeedAsync(folder.Path, Bucket), Throws.InstanceOf<IOException>());
        }
        finally
        {
            File.SetUnixFileMode(closed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Test]
    public async Task SeedAsync_Texts_MakesTheBucket()
    {
        await Server.SeedAsync(new Dictionary<string, string> { ["a"] = "eins", ["dir/b.json"] = "{}" }, "seeded");

        using GetObjectResponse response = await Client.GetObjectAsync("seeded", "dir/b.json");
        Assert.That(response.Headers.ContentType, Is.EqualTo("application/json"));
        Assert.That((await Client.ListBucketsAsync()).Buckets.Select(bucket => bucket.BucketName), Does.Contain("seeded"));
    }

    [Test]
    public async Task SeedAsync_VersionedBucket_AddsVersions()
    {
        await EnableVersioningAsync();

        await Server.SeedAsync(new Dictionary<string, byte[]> { ["k"] = [1] }, Bucket);
        await Server.SeedAsync(new Dictionary<string, byte[]> { ["k"] = [2] }, Bucket);

        Assert.That((await Client.ListVersionsAsync(Bucket)).Versions, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task SeedAsync_WithFaultsAndRates_IsNotStruck()
    {
        Server.Faults.Add(new S3FaultRule { Fault = S3Fault.InternalError() });

        Assert.That(await Server.SeedAsync(new Dictionary<string, string> { ["k"] = "x" }, Bucket), Is.EqualTo(1));
    }

    [Test]
    public void SeedAsync_WrongInput_SaysWhatIsWrong()
    {
        Assert.That(
            async () => await Server.SeedAsync(new Dictionary<string, string>(), "No_Bucket"),
            Throws.ArgumentException.With.Message.Contains("No_Bucket"));
        Assert.That(
            async () => await Server.SeedAsync("/no/such/folder", Bucket),
            Throws.InstanceOf<DirectoryNotFoundException>().With.Message.Contains("/no/such/folder"));
        Assert.That(
            async () => await Server.SeedAsync(new Dictionary<string, string> { [new string('k', 2000)] = "x" }, Bucket),
            Throws.InvalidOperationException.With.Message.Contains("KeyTooLongError"));
    }

    [TestCase("", "test-bucket/ ")]
    [TestCase("a\0b", "test-bucket/a\\u0000b ")]
    [TestCase("a½b", "test-bucket/a\ufffdb ")]
    public async Task SeedAsync_KeyThatNoRequestCanName_IsRefused(string key, string name)
    {
        key = key.Replace('½', '\ud800'); // half of a pair, which an attribute cannot carry
        await Assert.ThatAsync(
            () => Server.SeedAsync(new Dictionary<string, string> { [key] = "x" }, Bucket),
            Throws.InvalidOperationException.With.Message.Contains(name));

        Assert.That((await Client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket })).S3Objects ?? [], Is.Empty);
    }

    [Test]
    public async Task UnfinishedUploadsAsync_StartedAndNotEnded_AreListedWithTheirParts()
    {
        InitiateMultipartUploadResponse open = await Client.InitiateMultipartUploadAsync(Bucket, "open");
        InitiateMultipartUploadResponse aborted = await Client.InitiateMultipartUploadAsync(Bucket, "aborted");
        foreach (int part in new[] { 1, 2 })
        {
            await Client.UploadPartAsync(new UploadPartRequest
            {
                BucketName = Bucket, Key = "open", UploadId = open.UploadId, PartNumber = part,
                InputStream = new MemoryStream(new byte[100]),
            });
        }
        await Client.AbortMultipartUploadAsync(Bucket, "aborted", aborted.UploadId);

        S3UnfinishedUpload found = (await Server.UnfinishedUploadsAsync()).Single();

        Assert.That(
            (found.BucketName, found.Key, found.UploadId, found.PartCount, found.Bytes),
            Is.EqualTo((Bucket, "open", open.UploadId, 2, 200L)));
    }
}
