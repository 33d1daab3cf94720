using Moq;
using S3Toolkit.Tests.Transfers;

namespace S3Toolkit.Tests.Fluent;

[TestFixture]
internal sealed class DownloadBuilderTests
{
    private static readonly byte[] Bytes = [.. Enumerable.Repeat((byte)'a', 9)];

    [Test]
    public async Task WithProgress_EachEnd_ReportsAsBytesArrive([Values("array", "text", "stream")] string end)
    {
        var reports = new List<TransferProgress>();

        await ReadAsync(Store([3]).Download("key").WithProgress(new Listener(reports.Add)), end);

        Assert.That(reports, Is.EqualTo(new TransferProgress[] { new(3, 9), new(6, 9), new(9, 9) }));
    }

    [Test]
    public async Task WithProgress_EmptyContent_ReportsItsEnd([Values("array", "text", "stream")] string end)
    {
        var reports = new List<TransferProgress>();

        await ReadAsync(Store([3], []).Download("key").WithProgress(new Listener(reports.Add)), end);

        Assert.That(reports, Is.EqualTo(new TransferProgress[] { new(0, 0) }));
    }

    [Test]
    public async Task WithProgress_ListenerThrows_DoesNotEndTheDownload([Values("array", "text", "stream")] string end)
    {
        var download = Store([3]).Download("key").WithProgress(new Listener(static _ => throw new InvalidOperationException("mine")));

        Assert.That(await ReadAsync(download, end), Is.EqualTo(9));
    }

    private static async Task<int> ReadAsync(DownloadBuilder download, string end)
    {
        switch (end)
        {
            case "array":
                return (await download.ToArrayAsync()).Length;
            case "text":
                return (await download.ToTextAsync()).Length;
            default:
                using (var copy = new MemoryStream())
                {
                    await download.ToStreamAsync(copy);
                    return (int)copy.Length;
                }
        }
    }

    private static IObjectStore Store(int[] readSizes, byte[]? content = null)
    {
        content ??= Bytes;
        var store = new Mock<IObjectStore>();
        var info = new ObjectInfo { BucketName = "bucket", Key = "key", SizeBytes = content.Length };
        store.Setup(static mock => mock.GetAsync("key", It.IsAny<GetObjectOptions>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(() => new ObjectReader(info, new ScriptedStream(content, readSizes)));
        return store.Object;
    }

    private sealed class Listener(Action<TransferProgress> report) : IProgress<TransferProgress>
    {
        public void Report(TransferProgress value) => report(value);
    }
}
