using System.Runtime.Versioning;

namespace S3Toolkit.Tests.Pains;

/// <summary>Bad input: files that change while they upload, and disks that take no download.</summary>
[TestFixture]
internal sealed class BadFileTests
{
    [TestCase(1000, 10)]
    [TestCase(1000, 5000)]
    [TestCase(3 * PainContent.PartSize, PainContent.PartSize)]
    [TestCase(3 * PainContent.PartSize, 0)]
    [TestCase(2 * PainContent.PartSize, 3 * PainContent.PartSize)]
    public async Task File_ThatChangesItsSizeWhileItUploads_IsAnErrorAndNoObject(int before, int after)
    {
        await using var pain = await EmbeddedPain.StartAsync(options => options.Transfers.MaxConcurrency = 1);
        using var folder = new PainFolder();
        var path = folder.File("changing.bin", PainContent.Bytes(before).Span);
        pain.Wire!.BeforeSend = _ =>
        {
            pain.Wire.BeforeSend = null;
            using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            file.SetLength(after);
        };

        var error = await Assert.CatchAsync<S3ToolkitException>(() => pain.Bucket.Upload("k").FromFileAsync(path));

        Assert.That(error!.ErrorCode, Is.EqualTo(S3ErrorCode.SourceChanged));
        Assert.That(error.Message, Does.Contain("changing.bin").And.Contain("k"));
        pain.Wire.BeforeSend = null;
        await UploadStreamTests.AssertNothingStaysAsync(pain);
    }

    [Test]
    public async Task File_Missing_IsSaidBeforeAnythingIsSent()
    {
        await using var pain = await EmbeddedPain.StartAsync();

        Assert.That(
            async () => await pain.Bucket.Upload("k").FromFileAsync("/no/such/file"),
            Throws.TypeOf<FileNotFoundException>().With.Message.Contains("/no/such/file"));
        Assert.That(pain.Server.Requests, Is.Empty);
    }

    [Test]
    public async Task File_ThatIsAFolder_IsTheCallersMistake()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        using var folder = new PainFolder();
        await pain.Bucket.PutAsync("k", PainContent.Bytes(1));

        Assert.That(
            async () => await pain.Bucket.Upload("k").FromFileAsync(folder.FullName),
            Throws.ArgumentException.With.Message.Contains(folder.FullName));
        Assert.That(
            async () => await pain.Bucket.Download("k").ToFileAsync(folder.FullName),
            Throws.ArgumentException.With.Message.Contains(folder.FullName));
    }

    [Test]
    public async Task Folder_ThatDoesNotExist_IsNamed()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        using var folder = new PainFolder();
        await pain.Bucket.PutAsync("k", PainContent.Bytes(1));

        Assert.That(
            async () => await pain.Bucket.Download("k").ToFileAsync(folder.PathOf("missing/out.bin")),
            Throws.TypeOf<DirectoryNotFoundException>().With.Message.Contains("missing"));
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    public async Task Folder_ThatIsReadOnly_IsNamedAndStaysAsItIs()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess) Assert.Ignore(
            "Root, and Windows, may write into a read-only folder.");
        await using var pain = await EmbeddedPain.StartAsync();
        using var folder = new PainFolder();
        await pain.Bucket.PutAsync("k", PainContent.Bytes(1));
        File.SetUnixFileMode(folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            Assert.That(
                async () => await pain.Bucket.Download("k").ToFileAsync(folder.PathOf("out.bin")),
                Throws.TypeOf<UnauthorizedAccessException>().With.Message.Contains("out.bin"));
            Assert.That(folder.Names(), Is.Empty);
        }
        finally
        {
            File.SetUnixFileMode(folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    // /proc takes no files, not even from root: the nearest thing to a read-only folder that a test can have.
    [Test]
    public async Task Folder_ThatTakesNoFiles_IsNamed()
    {
        if (!OperatingSystem.IsLinux()) Assert.Ignore("Only Linux has /proc.");
        await using var pain = await EmbeddedPain.StartAsync();
        await pain.Bucket.PutAsync("k", PainContent.Bytes(1));

        Assert.That(
            async () => await pain.Bucket.Download("k").ToFileAsync("/proc/s3toolkit-out.bin"),
            Throws.InstanceOf<SystemException>().With.Message.Contains("/proc/s3toolkit-out.bin"));
    }

    [Test]
    public async Task Disk_ThatIsFull_IsSaidAndNothingIsKept()
    {
        using var disk = TinyDisk.Mount(sizeBytes: 1024 * 1024);
        await using var pain = await EmbeddedPain.StartAsync();
        await pain.Bucket.PutAsync("k", PainContent.Bytes(4 * 1024 * 1024));
        var path = Path.Combine(disk.FullName, "out.bin");

        Assert.That(
            async () => await pain.Bucket.Download("k").ToFileAsync(path),
            Throws.InstanceOf<IOException>().With.Message.Contains("out.bin").And.Message.Contains("4194304"));
        Assert.That(Directory.EnumerateFileSystemEntries(disk.FullName), Is.Empty);
    }

    // The disk fills up only on the way: an encoded length is not known to the file system beforehand.
    [Test]
    public async Task Stream_ThatTakesNoMore_GivesItsErrorAndReleasesTheConnection()
    {
        await using var pain = await EmbeddedPain.StartAsync(options => options.Resilience.MaxOpenCalls = 1);
        await pain.Bucket.PutAsync("k", PainContent.Bytes(1_000_000));

        Assert.That(
            async () => await pain.Bucket.Download("k").ToStreamAsync(new MemoryStream(new byte[500_000])),
            Throws.InstanceOf<NotSupportedException>());
        Assert.That(await pain.Bucket.ExistsAsync("k"), Is.True);
    }
}
