using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using S3Toolkit.Checksums;
using S3Toolkit.Transport;
using S3Toolkit.Transport.Direct;

namespace S3Toolkit.Tests.Transport.Direct;

/// <summary>How each kind of body goes out, and that its bytes are as many, and framed, as its headers say.</summary>
[TestFixture]
internal sealed class DirectPayloadTests
{
    private static readonly int[] Sizes = [0, 1, 15, 16, 131_071, 131_072, 131_073, 300_000];

    private S3Attempt _attempt = null!;

    [SetUp]
    public void SetUp() => _attempt = new S3Attempt(1, TimeSpan.FromMinutes(1), TimeProvider.System, CancellationToken.None);

    [TearDown]
    public void TearDown() => _attempt.Dispose();

    [Test]
    public async Task Payload_OfEachCombination_IsWhatItsHeadersSay(
        [Values] bool inMemory,
        [Values(null, ChecksumFunction.Crc64Nvme, ChecksumFunction.Crc32, ChecksumFunction.Sha256)] ChecksumFunction? function,
        [Values] bool canSendUnsigned,
        [Values] bool canSendTrailer,
        [ValueSource(nameof(Sizes))] int size)
    {
        var bytes = Bytes(size);
        var body = inMemory ? new MemoryBody(bytes) : (RequestBody)new StreamBody(bytes);

        var payload = await DirectPayload.PrepareAsync(body, function, canSendUnsigned, canSendTrailer, _attempt);

        var hasTrailer = function is not null && canSendUnsigned && canSendTrailer && !inMemory;
        var sent = await payload.Content!.ReadAsByteArrayAsync();
        Assert.That(payload.Content.Headers.ContentLength, Is.EqualTo(sent.Length));
        Assert.That(payload.Content.IsChunked, Is.EqualTo(hasTrailer));
        Assert.That(payload.Sha256, Is.EqualTo(
            hasTrailer ? "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
            : canSendUnsigned ? "UNSIGNED-PAYLOAD"
            : Convert.ToHexStringLower(SHA256.HashData(bytes))));
        var checksum = function is { } known ? IncrementalChecksum.ComputeBase64(known, bytes) : null;
        Assert.That(payload.Checksum, Is.EqualTo(checksum), "once it is sent");
        var headers = payload.Headers.ToDictionary(static field => field.Name, static field => field.Value);
        if (hasTrailer)
        {
            Assert.That(headers, Is.EquivalentTo(new Dictionary<string, string>
            {
                ["x-amz-decoded-content-length"] = size.ToString(CultureInfo.InvariantCulture),
                ["x-amz-trailer"] = function!.Value.ToHeaderName(),
            }));
            var (content, trailer) = Dechunk(sent);
            Assert.That(content.AsSpan().SequenceEqual(bytes), Is.True);
            Assert.That(trailer, Is.EqualTo($"{function.Value.ToHeaderName()}:{checksum}"));
        }
        else
        {
            Assert.That(sent.AsSpan().SequenceEqual(bytes), Is.True);
            Assert.That(headers, Has.Count.EqualTo(checksum is null ? 0 : 1));
            if (checksum is not null) Assert.That(headers[function!.Value.ToHeaderName()], Is.EqualTo(checksum));
        }
    }

    [Test]
    public async Task Payload_OfNoBody_IsTheHashOfNothing()
    {
        var payload = await DirectPayload.PrepareAsync(null, ChecksumFunction.Crc32, canSendUnsigned: true, canSendTrailer: true, _attempt);

        Assert.That(payload.Content, Is.Null);
        Assert.That(payload.Headers, Is.Empty);
        Assert.That(payload.Sha256, Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData([]))));
    }

    // SocketsHttpHandler sends again when a pooled connection turns out to be closed.
    [Test]
    public async Task Content_SentTwice_IsTheSameTwiceAndClosesItsStreams([Values] bool withTrailer)
    {
        var body = new StreamBody(Bytes(200_000));
        using var content = new DirectContent(body, withTrailer ? ChecksumFunction.Crc32C : null, _attempt);
        using var first = new MemoryStream();
        using var second = new MemoryStream();

        await content.CopyToAsync(first);
        await content.CopyToAsync(second);

        Assert.That(first.ToArray().AsSpan().SequenceEqual(second.ToArray()), Is.True);
        Assert.That(body.Opened, Is.EqualTo(2));
        Assert.That(body.Closed, Is.EqualTo(2));
    }

    [Test]
    public async Task Payload_WhoseSourceFails_ClosesIt()
    {
        var body = new StreamBody(Bytes(200_000)) { Failure = new IOException("disk") };

        await Assert.ThatAsync(
            async () => await DirectPayload.PrepareAsync(
                body, ChecksumFunction.Crc32, canSendUnsigned: false, canSendTrailer: false, _attempt),
            Throws.TypeOf<IOException>());

        Assert.That(body.Closed, Is.EqualTo(body.Opened).And.EqualTo(1));
    }

    [Test]
    public async Task Payload_CancelledWhileItIsHashed_Stops()
    {
        using var caller = new CancellationTokenSource();
        using var attempt = new S3Attempt(1, TimeSpan.FromMinutes(1), TimeProvider.System, caller.Token);
        var body = new StreamBody(Bytes(1_000_000)) { OnRead = caller.Cancel };

        await Assert.ThatAsync(
            async () => await DirectPayload.PrepareAsync(body, null, canSendUnsigned: false, canSendTrailer: false, attempt),
            Throws.InstanceOf<OperationCanceledException>());

        Assert.That(body.Closed, Is.EqualTo(1));
    }

    [Test]
    public async Task Payload_InMemoryOfACancelledCall_IsNotHashed()
    {
        using var attempt = new S3Attempt(1, TimeSpan.FromMinutes(1), TimeProvider.System, new CancellationToken(canceled: true));

        await Assert.ThatAsync(
            async () => await DirectPayload.PrepareAsync(
                new MemoryBody(Bytes(10)), null, canSendUnsigned: false, canSendTrailer: false, attempt),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Payload_OfAnyPieces_IsFramedRight() =>
        await Gen.Select(Gen.Byte.Array[0, 5000], Gen.Int[1, 700]).SampleAsync(
            async (bytes, step) =>
            {
                using var content = new DirectContent(new StreamBody(bytes) { MaxRead = step }, ChecksumFunction.Sha1, _attempt);
                var (decoded, trailer) = Dechunk(await content.ReadAsByteArrayAsync());
                Assert.That(decoded.AsSpan().SequenceEqual(bytes), Is.True);
                Assert.That(trailer, Is.EqualTo("x-amz-checksum-sha1:" + Convert.ToBase64String(SHA1.HashData(bytes))));
            },
            iter: 200,
            threads: 1);

    private static byte[] Bytes(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Reads aws-chunked as its description has it; anything else fails.</summary>
    private static (byte[] Content, string Trailer) Dechunk(byte[] sent)
    {
        using var content = new MemoryStream();
        var position = 0;
        while (true)
        {
            var size = int.Parse(Line(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (size == 0) break;
            content.Write(sent, position, size);
            position += size;
            Assert.That(Line(), Is.Empty, "after a chunk");
        }

        var trailer = Line();
        Assert.That(Line(), Is.Empty, "after the trailer");
        Assert.That(position, Is.EqualTo(sent.Length));
        return (content.ToArray(), trailer);

        string Line()
        {
            var length = sent.AsSpan(position).IndexOf("\r\n"u8);
            Assert.That(length, Is.Not.Negative, "a line ends");
            var line = Encoding.ASCII.GetString(sent, position, length);
            position += length + 2;
            return line;
        }
    }

    /// <summary>A body that is no memory, and counts its streams.</summary>
    private sealed class StreamBody(byte[] bytes) : RequestBody(bytes.Length)
    {
        public Exception? Failure { get; init; }

        public Action? OnRead { get; init; }

        public int MaxRead { get; init; } = int.MaxValue;

        public int Opened { get; private set; }

        public int Closed { get; private set; }

        public override Stream Open()
        {
            Opened++;
            return new Counted(this, bytes);
        }

        private sealed class Counted(StreamBody body, byte[] bytes) : MemoryStream(bytes)
        {
            public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
            {
                if (body.Failure is not null) throw body.Failure;
                body.OnRead?.Invoke();
                return base.ReadAsync(buffer[..Math.Min(buffer.Length, body.MaxRead)], cancellationToken);
            }

            protected override void Dispose(bool disposing)
            {
                body.Closed++;
                base.Dispose(disposing);
            }
        }
    }
}
