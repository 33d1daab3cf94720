using S3Toolkit.Transfers.Downloads;
using static S3Toolkit.Tests.Transfers.Downloads.DownloadBench;

namespace S3Toolkit.Tests.Transfers.Downloads;

[TestFixture]
internal sealed class RangedDownloadTests
{
    private DownloadBench _bench = null!;

    [SetUp]
    public void SetUp() => _bench = new DownloadBench();

    [TearDown]
    public void TearDown() => _bench.Dispose();

    [Test]
    public async Task RunAsync_LargeObject_ComesInRangesOfOneContentAndIsVerified(
        [Values(
            ChecksumFunction.Crc64Nvme, ChecksumFunction.Crc32C, ChecksumFunction.Crc32, ChecksumFunction.Sha256, ChecksumFunction.Sha1)]
        ChecksumFunction function)
    {
        _bench.Transport.Describe("key", Checksum(function));

        var info = await _bench.RunAsync();

        _bench.AssertWhole();
        Assert.That((info.Verification, info.SizeBytes), Is.EqualTo((ContentVerification.FullObject, (long)SizeBytes)));
        Assert.That(info.Checksum, Is.EqualTo(Checksum(function)));
        var ranges = _bench.Gets.Select(static call => call.Range!.Value).ToList();
        Assert.That(ranges, Is.EquivalentTo(Enumerable.Range(0, PartCount).Select(
            static index => ObjectRange.Of(index * PartSize, Math.Min(PartSize, index == 0 ? PartSize : SizeBytes - index * PartSize)))));
        Assert.That(_bench.Transport.Count("HeadObject"), Is.EqualTo(1));
        Assert.That(
            _bench.Gets.Skip(1).Select(static call => ((GetObjectOptions)call.Options!).OnlyIfMatch), Is.All.EqualTo(info.ETag));
    }

    [Test]
    public async Task RunAsync_ObjectWithAnMD5Alone_IsVerifiedByIt()
    {
        Assert.That((await _bench.RunAsync()).Verification, Is.EqualTo(ContentVerification.ETagMd5));
        _bench.AssertWhole();
    }

    [Test]
    public async Task RunAsync_SmallObject_IsOneRequest([Values(1, PartSize)] int size)
    {
        var bytes = TransferBench.Bytes(size);
        _bench.Transport.Add("key", bytes);

        Assert.That((await _bench.RunAsync()).Verification, Is.EqualTo(ContentVerification.ETagMd5));

        _bench.AssertWhole(bytes);
        Assert.That(_bench.Transport.Calls, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_SmallObjectWithoutAnMD5_AsksForItsChecksum()
    {
        var bytes = TransferBench.Bytes(PartSize);
        _bench.Transport.OpaqueETags = true;
        _bench.Transport.Add("key", bytes);
        _bench.Transport.Describe("key", Checksum(ChecksumFunction.Crc32C, bytes));

        Assert.That((await _bench.RunAsync()).Verification, Is.EqualTo(ContentVerification.FullObject));

        _bench.AssertWhole(bytes);
        Assert.That(_bench.Transport.Operations, Is.EquivalentTo(["GetObject", "HeadObject"]));
    }

    [Test]
    public async Task RunAsync_EmptyObject_IsAskedForPlainly()
    {
        _bench.Transport.Add("key", []);

        await _bench.RunAsync();

        _bench.AssertWhole([]);
        Assert.That(_bench.Gets.Select(static call => call.Range), Is.EqualTo(new ObjectRange?[] { ObjectRange.Of(0, PartSize), null }));
    }

    [Test]
    public async Task RunAsync_ServerThatKnowsNoRanges_SendsAllAtOnce()
    {
        _bench.Transport.IgnoresRanges = true;

        Assert.That((await _bench.RunAsync()).Verification, Is.EqualTo(ContentVerification.ETagMd5));

        _bench.AssertWhole();
        Assert.That(_bench.Transport.Calls, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_ServerWithoutETags_IsAskedForOneStream()
    {
        _bench.Transport.Facts = static info => info with { ETag = null, Checksum = null };

        Assert.That((await _bench.RunAsync()).Verification, Is.EqualTo(ContentVerification.LengthOnly));

        _bench.AssertWhole();
        Assert.That(_bench.Gets.Select(static call => call.Range), Is.EqualTo(new ObjectRange?[] { ObjectRange.Of(0, PartSize), null }));
    }

    [Test]
    public async Task RunAsync_RangeOfTheCaller_IsAllThatComes([Values] bool isOpen)
    {
        var range = isOpen ? ObjectRange.From(1234) : ObjectRange.Of(1234, 2500);

        var info = await _bench.RunAsync(new GetObjectOptions { Range = range });

        _bench.AssertWhole(isOpen ? Bytes[1234..] : Bytes[1234..3734]);
        Assert.That(info.Verification, Is.EqualTo(ContentVerification.LengthOnly));
        Assert.That(_bench.Gets.Count(), Is.EqualTo(isOpen ? 7 : 3));
        Assert.That(_bench.Transport.Count("HeadObject"), Is.Zero);
    }

    [Test]
    public async Task RunAsync_OptionsOfTheCaller_GoWithEachRequest()
    {
        var options = new GetObjectOptions
        {
            CustomerKey = new CustomerKeyEncryption(new byte[32]), ExpectedBucketOwner = "me", VersionId = "v1",
        };

        await _bench.RunAsync(options);

        var sent = _bench.Transport.Calls.Select(static call => (ObjectReadOptions)call.Options!).ToList();
        Assert.That(sent, Has.Count.EqualTo(PartCount + 1));
        Assert.That(sent.Select(static read => read.CustomerKey), Is.All.SameAs(options.CustomerKey));
        Assert.That(sent.Select(static read => (read.ExpectedBucketOwner, read.VersionId)), Is.All.EqualTo(("me", "v1")));
    }

    [Test]
    public void RunAsync_FlippedByte_IsCorruptAndLeavesNoFile(
        [Values(null, ChecksumFunction.Crc64Nvme, ChecksumFunction.Crc32, ChecksumFunction.Sha256)] ChecksumFunction? function,
        [Values(0, 3, 7)] int part)
    {
        if (function is { } known) _bench.Transport.Describe("key", Checksum(known));
        _bench.Transport.Body = (call, bytes) =>
        {
            bytes = bytes.ToArray();
            if (call.Range!.Value.FirstByte == part * PartSize) bytes[123] ^= 1;
            return new MemoryStream(bytes);
        };

        Assert.That(
            async () => await _bench.RunAsync(), Throws.TypeOf<ContentCorruptedException>().With.Message.Contains("s3://bucket/key"));
        _bench.AssertNothing();
    }

    [Test]
    public void RunAsync_VerificationRequiredAndImpossible_IsAnErrorWithoutAFile([Values] bool isRange)
    {
        _bench.Transport.OpaqueETags = true;
        _bench.Transport.Add("key", Bytes);
        var options = new GetObjectOptions { RequireVerification = true, Range = isRange ? ObjectRange.Of(0, 3000) : null };

        Assert.That(
            async () => await _bench.RunAsync(options),
            Throws.InstanceOf<S3ToolkitException>().With.Property("ErrorCode").EqualTo((S3ErrorCode)"NotVerifiable"));
        _bench.AssertNothing();
    }

    [Test]
    public async Task RunAsync_FactsForbidden_IsReadAllTheSame()
    {
        _bench.Transport.Before = static (call, _) => Task.FromResult(call.Operation == "HeadObject" ? FakeTransport.Denied : null);

        Assert.That((await _bench.RunAsync()).Verification, Is.EqualTo(ContentVerification.ETagMd5));
        _bench.AssertWhole();
    }

    [Test]
    public void RunAsync_FactsFail_EndsTheDownload()
    {
        _bench.Transport.Before = static (call, _) => Task.FromResult(call.Operation == "HeadObject" ? FakeTransport.Broken : null);

        Assert.That(async () => await _bench.RunAsync(), Throws.InstanceOf<S3ToolkitException>().With.Message.Contains("HeadObject"));
        _bench.AssertNothing();
    }

    [Test]
    public async Task RunAsync_ManyParts_StayWithinConcurrencyAndMemory([Values(2, 5)] int slots)
    {
        _bench.MaxConcurrency = slots;
        _bench.Transport.Describe("key", Checksum(ChecksumFunction.Crc64Nvme));

        await _bench.RunAsync();

        _bench.AssertWhole();
        Assert.That(_bench.Bench.Pool.PeakBytes, Is.LessThanOrEqualTo(slots * DownloadBuffers.SizeBytes));
    }

    [Test]
    public async Task RunAsync_MemoryForOneBufferAlone_IsEnough(
        [Values(ChecksumFunction.Crc64Nvme, ChecksumFunction.Crc32, ChecksumFunction.Sha256)] ChecksumFunction function)
    {
        using var bench = new DownloadBench(DownloadBuffers.SizeBytes);
        bench.Transport.Describe("key", Checksum(function));

        await bench.RunAsync();

        bench.AssertWhole();
        Assert.That(bench.Bench.Pool.PeakBytes, Is.EqualTo(DownloadBuffers.SizeBytes));
    }
}
