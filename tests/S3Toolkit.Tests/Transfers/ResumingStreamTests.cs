using CsCheck;
using S3Toolkit.Checksums;
using S3Toolkit.Transfers;
using S3Toolkit.Transport;

namespace S3Toolkit.Tests.Transfers;

[TestFixture]
internal sealed class ResumingStreamTests
{
    private static readonly byte[] Bytes = TransferBench.Bytes(1000);

    private TransferBench _bench = null!;
    private int _bodies;

    [SetUp]
    public void SetUp()
    {
        (_bench, _bodies) = (new TransferBench(), 0);
        _bench.Transport.Add("key", Bytes);
    }

    [TearDown]
    public void TearDown()
    {
        Assert.That(_bench.Transport.OpenBodies, Is.Zero, "open bodies");
        Assert.That(_bench.Caller.Resilience("bucket").Permits.InFlight, Is.Zero, "permits");
    }

    [Test]
    public async Task ReadAsync_HealthyBody_IsVerifiedAndFreesTheConnectionAtItsEnd()
    {
        await using var stream = await OpenAsync();

        Assert.That(stream.Verification, Is.EqualTo(ContentVerification.Pending));
        var buffer = new byte[Bytes.Length];
        await stream.ReadExactlyAsync(buffer);

        Assert.That(buffer, Is.EqualTo(Bytes));
        Assert.That((stream.Verification, _bench.Transport.OpenBodies), Is.EqualTo((ContentVerification.ETagMd5, 0)));
        Assert.That(await stream.ReadAsync(buffer), Is.Zero);
    }

    [Test]
    public async Task ReadAsync_EmptyObject_IsVerified()
    {
        _bench.Transport.Add("key", []);
        await using var stream = await OpenAsync();

        Assert.That(await stream.ReadAsync(new byte[1]), Is.Zero);
        Assert.That(stream.Verification, Is.EqualTo(ContentVerification.ETagMd5));
    }

    [Test]
    public void Read_Synchronously_Works()
    {
        using var stream = OpenAsync().GetAwaiter().GetResult();
        using var copy = new MemoryStream();
        stream.CopyTo(copy, 64);

        Assert.That(copy.ToArray(), Is.EqualTo(Bytes));
    }

    [Test]
    public async Task ReadAsync_BodyBreaksAnywhere_GoesOnFromThere() =>
        await Gen.Select(Gen.Int[0, 999].Array[0, 3], Gen.Int[0, 2], Gen.Int[1, 300], Gen.Int[0, 500], Gen.Bool).SampleAsync(
            async (breaks, how, bufferSize, first, ranged) =>
            {
                var bench = new TransferBench();
                var stored = bench.Transport.Add("key", Bytes);
                var bodies = 0;
                bench.Transport.Body = (_, bytes) => bodies++ < breaks.Length
                    ? new BrokenBody(bytes, Math.Min(breaks[bodies - 1], bytes.Length - 1), how switch
                    {
                        0 => new IOException("reset"),
                        1 => new HttpRequestException("broken"),
                        _ => null,
                    })
                    : new MemoryStream(bytes);
                var options = new GetObjectOptions { Range = ranged ? ObjectRange.Of(first, 1000 - first) : null };
                using var stream = await OpenAsync(bench, options);
                using var copy = new MemoryStream();
                await stream.CopyToAsync(copy, bufferSize);

                var expected = ranged ? Bytes[first..] : Bytes;
                return copy.ToArray().AsSpan().SequenceEqual(expected)
                    && bench.Transport.OpenBodies == 0
                    && bench.Transport.Calls.Skip(1).All(call => ((GetObjectOptions)call.Options!).OnlyIfMatch == stored.Info.ETag)
                    && stream.Verification == (ranged && first > 0 ? ContentVerification.LengthOnly : ContentVerification.ETagMd5);
            },
            iter: 200,
            threads: 1);

    [Test]
    public async Task ReadAsync_LengthNotTold_ReadsToTheEndAndVerifies()
    {
        _bench.Transport.OmitLength = true;
        await using var stream = await OpenAsync();

        Assert.That(await ReadAllAsync(stream), Is.EqualTo(Bytes));
        Assert.That((stream.LengthBytes, stream.Verification), Is.EqualTo((default(long?), ContentVerification.ETagMd5)));
    }

    [Test]
    public async Task ReadAsync_LengthNotToldAndTheFramingBreaks_GoesOn([Values] bool throughout)
    {
        _bench.Transport.OmitLength = true;
        _bench.Transport.Body = (_, bytes) =>
        {
            if (_bodies++ > 0)
            {
                _bench.Transport.OmitLength = throughout;
                return new MemoryStream(bytes);
            }

            return new BrokenBody(bytes, 300, new HttpRequestException("chunk broke"));
        };
        await using var stream = await OpenAsync();

        Assert.That(await ReadAllAsync(stream), Is.EqualTo(Bytes));
        Assert.That(stream.Verification, Is.EqualTo(ContentVerification.ETagMd5));
    }

    [Test]
    public async Task ReadAsync_LengthNotToldAndTheContentIsCorrupt_Throws()
    {
        _bench.Transport.OmitLength = true;
        _bench.Transport.Body = static (_, bytes) => new MemoryStream(bytes[..^1]);
        await using var stream = await OpenAsync();

        Assert.That(async () => await ReadAllAsync(stream), Throws.InstanceOf<ContentCorruptedException>());
    }

    [Test]
    public async Task ReadAsync_NoProgress_GivesUpAfterMaxAttempts()
    {
        _bench.Transport.Body = (_, bytes) => new BrokenBody(bytes, _bodies++ == 0 ? 300 : 0, new IOException("reset"));
        await using var stream = await OpenAsync();

        Assert.That(async () => await ReadAllAsync(stream),
            Throws.InstanceOf<S3ToolkitException>().With.Property("IsTransient").True.And.Message.Contains("after 300 of 1000 bytes"));
        Assert.That(_bench.Transport.Calls, Has.Count.EqualTo(_bench.Resilience.MaxAttempts));
        Assert.That(async () => await stream.ReadAsync(new byte[1]), Throws.InstanceOf<IOException>(), "what failed does not come back");
    }

    [Test]
    public async Task ReadAsync_ProgressBetweenBreaks_GoesOnForEver()
    {
        _bench.Transport.Body = static (_, bytes) => new BrokenBody(bytes, 50, new IOException("reset"));
        await using var stream = await OpenAsync();

        Assert.That(await ReadAllAsync(stream), Is.EqualTo(Bytes));
        Assert.That(_bench.Transport.Calls, Has.Count.EqualTo(20));
        Assert.That(_bench.Log, Has.Some.Contains("broke at byte 50"));
    }

    [Test]
    public async Task ReadAsync_NoByteForTheTimeout_IsTakenUpElsewhere()
    {
        BrokenBody? hanging = null;
        _bench.Transport.Body = (_, bytes) => _bodies++ == 0 ? hanging = new BrokenBody(bytes, 500, hangs: true) : new MemoryStream(bytes);
        await using var stream = await OpenAsync();
        var reading = ReadAllAsync(stream);
        await hanging!.Hanging.Task.WaitAsync(TimeSpan.FromSeconds(10));

        _bench.Time.Advance(_bench.Resilience.InactivityTimeout - TimeSpan.FromSeconds(1));
        Assert.That(_bench.Transport.Calls, Has.Count.EqualTo(1));
        _bench.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.That(await reading.WaitAsync(TimeSpan.FromSeconds(10)), Is.EqualTo(Bytes));
        Assert.That(_bench.Transport.Calls.Last().Range, Is.EqualTo(ObjectRange.Of(500, 500)));
    }

    [Test]
    public async Task ReadAsync_SlowConsumer_IsNoTimeout()
    {
        await using var stream = await OpenAsync();
        await stream.ReadExactlyAsync(new byte[10]);

        _bench.Time.Advance(TimeSpan.FromHours(1));

        Assert.That(await ReadAllAsync(stream), Is.EqualTo(Bytes[10..]));
        Assert.That(_bench.Transport.Calls, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task ReadAsync_Cancelled_ThrowsThatTokenAndCanBeReadOn()
    {
        BrokenBody? hanging = null;
        _bench.Transport.Body = (_, bytes) => _bodies++ == 0 ? hanging = new BrokenBody(bytes, 0, hangs: true) : new MemoryStream(bytes);
        await using var stream = await OpenAsync();
        using var source = new CancellationTokenSource();
        var read = stream.ReadAsync(new byte[10], source.Token).AsTask();
        await hanging!.Hanging.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await source.CancelAsync();

        Assert.That(
            async () => await read,
            Throws.InstanceOf<OperationCanceledException>().With.Property("CancellationToken").EqualTo(source.Token));
        Assert.That(await ReadAllAsync(stream), Is.EqualTo(Bytes));
    }

    [Test]
    public async Task ReadAsync_ObjectOverwrittenMeanwhile_SaysSo()
    {
        _bench.Transport.Facts = static info => info with { VersionId = null };
        _bench.Transport.Body = static (_, bytes) => new BrokenBody(bytes, 300, new IOException("reset"));
        await using var stream = await OpenAsync();
        await stream.ReadExactlyAsync(new byte[300]);
        _bench.Transport.Add("key", TransferBench.Bytes(1000, seed: 99));

        Assert.That(async () => await ReadAllAsync(stream),
            Throws.InstanceOf<PreconditionFailedException>().With.Message.Contains("changed during the download, after 300 of 1000 bytes"));
    }

    [Test]
    public async Task ReadAsync_OverwrittenInAVersionedBucket_ReadsTheOldVersionOn()
    {
        _bench.Transport.Body = (_, bytes) =>
            _bodies++ == 0 ? new BrokenBody(bytes, 300, new IOException("reset")) : new MemoryStream(bytes);
        await using var stream = await OpenAsync();
        await stream.ReadExactlyAsync(new byte[300]);
        var old = _bench.Transport.Objects["key"];
        _bench.Transport.Add("key", TransferBench.Bytes(1000, seed: 99));
        _bench.Transport.Before = (call, _) =>
        {
            if (call.Options is GetObjectOptions { VersionId: "v1" }) _bench.Transport.Objects["key"] = old;
            return Task.FromResult<S3Error?>(null);
        };

        Assert.That(await ReadAllAsync(stream), Is.EqualTo(Bytes[300..]));
        Assert.That(
            _bench.Transport.Calls.Select(static call => ((GetObjectOptions)call.Options!).VersionId), Is.EqualTo([null, null, "v1"]));
    }

    [Test]
    public async Task ReadAsync_ServerIgnoresIfMatch_StillNoticesTheChange()
    {
        _bench.Transport.Facts = info => info with { ETag = _bodies == 0 ? info.ETag : new string('b', 32) };
        _bench.Transport.Body = (_, bytes) => _bodies++ == 0 ? new BrokenBody(bytes, 300) : new MemoryStream(bytes);
        await using var stream = await OpenAsync();

        Assert.That(async () => await ReadAllAsync(stream), Throws.InstanceOf<PreconditionFailedException>());
    }

    [Test]
    public async Task ReadAsync_NoETag_CannotGoOnAndSaysSo()
    {
        _bench.Transport.Facts = static info => info with { ETag = null };
        _bench.Transport.Body = static (_, bytes) => new BrokenBody(bytes, 300);
        await using var stream = await OpenAsync();

        Assert.That(async () => await ReadAllAsync(stream), Throws.InstanceOf<S3ToolkitException>().With.Message.Contains("no ETag"));
        Assert.That(_bench.Transport.Calls, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task ReadAsync_FlippedByte_FailsBeforeTheLastBytesAreHandedOut([Values] bool checksum)
    {
        if (checksum) _bench.Transport.Facts = static info => info with { Checksum = Crc64() };
        _bench.Transport.Body = static (_, bytes) =>
        {
            bytes[500] ^= 1;
            return new MemoryStream(bytes);
        };
        await using var stream = await OpenAsync();
        using var copy = new MemoryStream();

        Assert.That(
            async () => await stream.CopyToAsync(copy, 100),
            Throws.InstanceOf<ContentCorruptedException>().With.Message.Contains("s3://bucket/key"));
        Assert.That(copy.Length, Is.LessThan(1000));
        Assert.That(stream.Verification, Is.EqualTo(ContentVerification.Pending));
    }

    [Test]
    public async Task Verification_WholeObjectChecksum_IsFullObjectAcrossAResume()
    {
        _bench.Transport.Facts = static info => info with { Checksum = Crc64(), ETag = "opaque" };
        _bench.Transport.Body = (_, bytes) => _bodies++ == 0 ? new BrokenBody(bytes, 300) : new MemoryStream(bytes);
        _bench.Transport.Objects["key"] =
            _bench.Transport.Objects["key"] with { Info = _bench.Transport.Objects["key"].Info with { ETag = "opaque" } };
        await using var stream = await OpenAsync();

        Assert.That(await ReadAllAsync(stream), Is.EqualTo(Bytes));
        Assert.That(stream.Verification, Is.EqualTo(ContentVerification.FullObject));
    }

    [TestCase("kms")]
    [TestCase("customer key")]
    [TestCase("multipart")]
    [TestCase("directory bucket")]
    [TestCase("composite checksum")]
    public async Task Verification_ETagIsNoMD5_IsByLengthOnly(string why)
    {
        _bench.Transport.Facts = info => why switch
        {
            "kms" => info with { EncryptionName = "aws:kms", ETag = new string('a', 32) },
            "customer key" => info with { ETag = new string('a', 32) },
            "multipart" => info with { ETag = new string('a', 32) + "-3" },
            "directory bucket" => info with { BucketName = "b--use1-az4--x-s3", ETag = new string('a', 32) },
            _ => info with { Checksum = new ObjectChecksum(ChecksumFunction.Crc32, "AAAAAA==-3"), ETag = new string('a', 32) + "-3" },
        };
        var options = new GetObjectOptions { CustomerKey = why == "customer key" ? ServerEncryption.CustomerKey(new byte[32]) : null };
        await using var stream = await OpenAsync(_bench, options);

        Assert.That(await ReadAllAsync(stream), Is.EqualTo(Bytes));
        Assert.That(stream.Verification, Is.EqualTo(ContentVerification.LengthOnly));
        Assert.That(async () => await OpenAsync(_bench, options with { RequireVerification = true }),
            Throws.InstanceOf<S3ToolkitException>().With.Message.Contains("RequireVerification"));
    }

    [Test]
    public void Open_RequireVerificationOfARange_IsRefusedAtOnce() =>
        Assert.That(async () => await OpenAsync(_bench, new GetObjectOptions { Range = ObjectRange.Of(0, 10), RequireVerification = true }),
            Throws.InstanceOf<S3ToolkitException>().With.Message.Contains("a range of an object"));

    [Test]
    public async Task Dispose_HalfRead_FreesTheConnection()
    {
        var stream = await OpenAsync();
        await stream.ReadExactlyAsync(new byte[10]);
        Assert.That(_bench.Transport.OpenBodies, Is.EqualTo(1));

        await stream.DisposeAsync();
        await stream.DisposeAsync();

        Assert.That(async () => await stream.ReadAsync(new byte[1]), Throws.InstanceOf<ObjectDisposedException>());
    }

    private static ObjectChecksum Crc64() =>
        new(ChecksumFunction.Crc64Nvme, IncrementalChecksum.ComputeBase64(ChecksumFunction.Crc64Nvme, Bytes));

    private static async Task<byte[]> ReadAllAsync(Stream stream)
    {
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, 128);
        return copy.ToArray();
    }

    private static async Task<ResumingStream> OpenAsync(TransferBench bench, GetObjectOptions options)
    {
        var reply = await bench.Caller.CallAsync(
            new S3Call("GetObject", "bucket", "key"),
            (wire, attempt) => wire.Transport.GetObjectAsync("bucket", "key", options, attempt),
            default);
        return new ResumingStream(bench.Caller, options, reply.Value, bench.Resilience);
    }

    private Task<ResumingStream> OpenAsync() => OpenAsync(_bench, new GetObjectOptions());
}
