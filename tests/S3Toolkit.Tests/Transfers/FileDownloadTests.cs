using Moq;
using S3Toolkit.Transfers;

namespace S3Toolkit.Tests.Transfers;

[TestFixture]
internal sealed class FileDownloadTests
{
    private static readonly byte[] Bytes = TransferBench.Bytes(300_000);

    private TemporaryFolder _folder = null!;
    private string _path = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        _path = _folder.File("file.bin");
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public async Task RunAsync_Object_IsWrittenWholeAndReplacesWhatWasThere()
    {
        await File.WriteAllTextAsync(_path, "old");

        await RunAsync(new MemoryStream(Bytes));

        Assert.That(await File.ReadAllBytesAsync(_path), Is.EqualTo(Bytes));
        Assert.That(Directory.GetFiles(_folder.Path), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_ContentFailsMidway_KeepsTheOldFileAndNothingElse()
    {
        await File.WriteAllTextAsync(_path, "old");

        Assert.That(async () => await RunAsync(new ScriptedStream(Bytes) { FailAt = 200_000 }), Throws.InstanceOf<InvalidDataException>());

        Assert.That(await File.ReadAllTextAsync(_path), Is.EqualTo("old"));
        Assert.That(Directory.GetFiles(_folder.Path), Has.Length.EqualTo(1));
    }

    [Test]
    public void RunAsync_FolderDoesNotExist_NamesIt()
    {
        _path = Path.Combine(_folder.Path, "missing", "file.bin");

        Assert.That(
            async () => await RunAsync(new MemoryStream(Bytes)),
            Throws.InstanceOf<DirectoryNotFoundException>().With.Message.Contains("missing"));
    }

    [Test]
    public void RunAsync_DestinationIsAFolder_IsRefusedBeforeAnyRequest()
    {
        _path = _folder.Path;

        Assert.That(async () => await RunAsync(null), Throws.ArgumentException.With.Message.Contains("is a folder"));
    }

    private async Task RunAsync(Stream? content)
    {
        var store = new Mock<IObjectStore>(MockBehavior.Strict);
        store.SetupGet(static mock => mock.BucketName).Returns("bucket");
        if (content is not null)
        {
            var info = new ObjectInfo { BucketName = "bucket", Key = "key", SizeBytes = Bytes.Length };
            store.Setup(static mock => mock.GetAsync("key", It.IsAny<GetObjectOptions>(), It.IsAny<CancellationToken>()))
                .ReturnsAsync(() => new ObjectReader(info, content));
        }

        await FileDownload.RunAsync(store.Object, "key", new GetObjectOptions(), _path, progress: null, journalPath: null, default);
    }
}
