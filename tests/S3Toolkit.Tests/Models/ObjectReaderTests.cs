using S3Toolkit.Tests.Transfers;

namespace S3Toolkit.Tests.Models;

/// <summary>Readers as tests of users make them, whose facts need not fit their content.</summary>
[TestFixture]
internal sealed class ObjectReaderTests
{
    [Test]
    public async Task ReadAllBytes_SizeDoesNotFitTheContent_GivesTheContent(
        [Values(0, 3, 5, 9)] long size, [Values] bool canSeek, [Values(0, 5, 20_000)] int length)
    {
        var bytes = TransferBench.Bytes(length);
        var info = new ObjectInfo { BucketName = "bucket", Key = "key", SizeBytes = size };
        Stream content = canSeek ? new MemoryStream(bytes) : new ScriptedStream(bytes, [7, 4000]);

        Assert.That(await new ObjectReader(info, content).ReadAllBytesAsync(), Is.EqualTo(bytes));
    }

    [Test]
    public void ContentLength_NotTold_IsThatOfTheStreamOrUnknown()
    {
        var info = new ObjectInfo { BucketName = "bucket", Key = "key" };

        Assert.That(new ObjectReader(info, new MemoryStream(new byte[3])).ContentLengthBytes, Is.EqualTo(3));
        Assert.That(new ObjectReader(info, new ScriptedStream(new byte[3])).ContentLengthBytes, Is.Null);
        Assert.That(new ObjectReader(info with { SizeBytes = 3 }, new ScriptedStream(new byte[3])).ContentLengthBytes, Is.EqualTo(3));
    }
}
