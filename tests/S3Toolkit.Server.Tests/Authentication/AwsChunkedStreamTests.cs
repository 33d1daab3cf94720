using System.Text;
using CsCheck;
using S3Toolkit.Server.Authentication;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Tests.Authentication;

public sealed class AwsChunkedStreamTests
{
    private static readonly string[] Kinds =
    [
        PayloadHash.StreamingSignedText, PayloadHash.StreamingSignedTrailerText, PayloadHash.StreamingUnsignedTrailerText,
    ];

    [TestCaseSource(nameof(Kinds))]
    public async Task ReadAsync_AnySplitOfReads_GivesThePayload(string kind)
    {
        await Gen.Select(Gen.Byte.Array[0, 20_000], Gen.Int[1, 9_000].Array[0, 40], Gen.Int[1, 5_000]).SampleAsync(
            async (payload, sizes, readBytes) =>
            {
                var chunked = new ChunkedBody { Payload = payload, Kind = kind };
                if (kind != PayloadHash.StreamingSignedText) chunked.Trailers.Add(("x-amz-checksum-crc32", "AAAAAA=="));

                AuthenticatedRequest request = await Authenticate(chunked.Request(wrap: wire => new DribbleStream(wire, sizes)));

                using var copy = new MemoryStream();
                await request.Body.CopyToAsync(copy, readBytes);
                Assert.That(copy.ToArray(), Is.EqualTo(payload));
                Assert.That(request.Trailers.Count, Is.EqualTo(chunked.Trailers.Count));
            }, iter: 60);
    }

    [TestCaseSource(nameof(Kinds))]
    public async Task AuthenticateAsync_ChunkedBody_TellsItsDecodedLength(string kind)
    {
        AuthenticatedRequest request = await Authenticate(new ChunkedBody { Payload = new byte[10_000], Kind = kind }.Request());

        Assert.That(request.DecodedContentLength, Is.EqualTo(10_000));
        Assert.That(request.IsAwsChunked, Is.True);
    }

    [Test]
    public async Task Trailers_BeforeTheEnd_AreEmpty()
    {
        var chunked = new ChunkedBody { Payload = new byte[100], Kind = PayloadHash.StreamingUnsignedTrailerText };
        chunked.Trailers.Add(("X-Amz-Checksum-Crc32C", "AAAAAA=="));
        AuthenticatedRequest request = await Authenticate(chunked.Request());

        await request.Body.ReadExactlyAsync(new byte[100]);

        Assert.That(request.Trailers.Count, Is.Zero);
        Assert.That(await request.Body.ReadAsync(new byte[1]), Is.Zero);
        Assert.That(request.Trailers["x-amz-checksum-crc32c"], Is.EqualTo("AAAAAA=="));
    }

    [TestCase(PayloadHash.StreamingSignedText, 0)]
    [TestCase(PayloadHash.StreamingSignedText, 8_191)]
    [TestCase(PayloadHash.StreamingSignedText, 9_999)]
    [TestCase(PayloadHash.StreamingSignedTrailerText, 9_999)]
    public async Task ReadAsync_DataChanged_IsSignatureDoesNotMatch(string kind, int position)
    {
        byte[] payload = new byte[10_000];
        payload.AsSpan().Fill((byte)'.');

        S3Error error = await Refuse(new ChunkedBody { Payload = payload, Kind = kind }, wire =>
        {
            // Finds the payload's byte behind the headers: only the payload has dots.
            int seen = -1;
            for (int i = 0; i < wire.Length; i++)
            {
                if (wire[i] == (byte)'.' && ++seen == position) wire[i] = (byte)'x';
            }

            return wire;
        });

        Assert.That((error.Code, error.Status), Is.EqualTo(("SignatureDoesNotMatch", 403)));
    }

    [Test]
    public async Task ReadAsync_ChunksSwapped_IsSignatureDoesNotMatch()
    {
        byte[] payload = [.. Enumerable.Repeat((byte)'a', 8_192), .. Enumerable.Repeat((byte)'b', 8_192)];

        S3Error error = await Refuse(new ChunkedBody { Payload = payload }, wire =>
        {
            int chunk = (wire.Length - "0;chunk-signature=".Length - 68) / 2;
            return [.. wire[chunk..(2 * chunk)], .. wire[..chunk], .. wire[(2 * chunk)..]];
        });

        Assert.That(error.Code, Is.EqualTo("SignatureDoesNotMatch"));
    }

    [Test]
    public async Task ReadAsync_TrailerChanged_IsSignatureDoesNotMatch()
    {
        var chunked = new ChunkedBody { Payload = [1], Kind = PayloadHash.StreamingSignedTrailerText };
        chunked.Trailers.Add(("x-amz-checksum-crc32", "AAAAAA=="));

        S3Error error = await Refuse(chunked, wire => Replace(wire, "crc32:AAAA", "crc32:BAAA"));

        Assert.That(error.Code, Is.EqualTo("SignatureDoesNotMatch"));
    }

    [TestCase("x-amz-checksum-sha1", "MalformedTrailerError")]
    [TestCase("x-amz-checksum-crc32,x-amz-checksum-sha1", "MalformedTrailerError")]
    [TestCase("X-AMZ-CHECKSUM-CRC32", null)]
    public async Task ReadAsync_TrailerNotAsDeclared_IsMalformed(string declared, string? code)
    {
        var chunked = new ChunkedBody { Payload = [1], Kind = PayloadHash.StreamingUnsignedTrailerText, DeclaredTrailers = declared };
        chunked.Trailers.Add(("x-amz-checksum-crc32", "AAAAAA=="));

        if (code is null) Assert.That(async () => await ReadAll(chunked.Request()), Throws.Nothing);
        else Assert.That((await Refuse(chunked)).Code, Is.EqualTo(code));
    }

    [Test]
    public async Task ReadAsync_SignedTrailerWithoutSignature_IsMalformed()
    {
        var chunked = new ChunkedBody { Payload = [1], Kind = PayloadHash.StreamingSignedTrailerText };
        chunked.Trailers.Add(("x-amz-checksum-crc32", "AAAAAA=="));

        S3Error error = await Refuse(chunked, wire => [.. wire.AsSpan(0, wire.AsSpan().IndexOf("x-amz-trailer-sig"u8)), .. "\r\n"u8]);

        Assert.That((error.Code, error.Status), Is.EqualTo(("MalformedTrailerError", 400)));
    }

    [Test]
    public async Task ReadAsync_TrailerWithoutColon_IsMalformed()
    {
        var chunked = new ChunkedBody { Payload = [1], Kind = PayloadHash.StreamingUnsignedTrailerText };

        S3Error error = await Refuse(chunked, wire => [.. wire[..^2], .. "nonsense\r\n\r\n"u8]);

        Assert.That(error.Code, Is.EqualTo("MalformedTrailerError"));
    }

    [TestCase(9)]
    [TestCase(11)]
    public async Task ReadAsync_DecodedLengthDiffers_IsIncompleteBody(long decodedLength)
    {
        S3Error error = await Refuse(new ChunkedBody { Payload = new byte[10], DecodedLength = decodedLength });

        Assert.That((error.Code, error.Status), Is.EqualTo(("IncompleteBody", 400)));
    }

    [Test]
    public async Task ReadAsync_AnyTruncation_IsIncompleteBody()
    {
        var chunked = new ChunkedBody { Payload = new byte[9_000] };
        int length = (int)chunked.Request().ContentLength!;

        await Gen.Int[0, length - 1].SampleAsync(async cut =>
        {
            S3Error error = await Refuse(new ChunkedBody { Payload = new byte[9_000] }, wire => wire[..cut]);
            Assert.That((error.Code, error.Status), Is.EqualTo(("IncompleteBody", 400)));
        }, iter: 60);
    }

    [Test]
    public async Task ReadAsync_AnyGarbage_IsRefusedWithoutServerError()
    {
        await Gen.Byte.Array[0, 3_000].SampleAsync(async garbage =>
        {
            S3Error error = await Refuse(new ChunkedBody { Payload = [1], Kind = PayloadHash.StreamingUnsignedTrailerText }, _ => garbage);
            Assert.That(error.Status, Is.InRange(400, 403));
        }, iter: 100);
    }

    [TestCase("1;chunk-signature=short\r\nx\r\n0\r\n\r\n")]
    [TestCase("1;other=1\r\nx\r\n0\r\n\r\n")]
    [TestCase("-1\r\nx\r\n0\r\n\r\n")]
    [TestCase("0x1\r\nx\r\n0\r\n\r\n")]
    [TestCase(" 1\r\nx\r\n0\r\n\r\n")]
    [TestCase("ffffffffffffffff\r\nx\r\n0\r\n\r\n")]
    [TestCase("fffffffffffffff\r\nx\r\n0\r\n\r\n")]
    [TestCase("1\r\nxy\r\n0\r\n\r\n")]
    [TestCase("1\nx\n0\n\n")]
    [TestCase("1\r\nx\r\n0\r\n\r\nmore")]
    public async Task ReadAsync_BrokenFrame_IsIncompleteBody(string wire)
    {
        S3Error error = await Refuse(
            new ChunkedBody { Payload = [1], Kind = PayloadHash.StreamingUnsignedTrailerText }, _ => Encoding.ASCII.GetBytes(wire));

        Assert.That((error.Code, error.Status), Is.EqualTo(("IncompleteBody", 400)));
        Assert.That(error.ClosesConnection, Is.True);
    }

    [Test]
    public async Task ReadAsync_UnsignedChunkInSignedBody_IsIncompleteBody()
    {
        S3Error error = await Refuse(new ChunkedBody { Payload = [1] }, _ => "1\r\nx\r\n0\r\n\r\n"u8.ToArray());

        Assert.That(error.Code, Is.EqualTo("IncompleteBody"));
    }

    [Test]
    public async Task ReadAsync_HeaderWithoutEnd_IsRefusedAtTheLimit()
    {
        var endless = new CountingStream();
        S3HttpRequest request = new ChunkedBody { Payload = [1] }.Request(wrap: _ => endless);

        S3Error error = await Refusal.OfAsync(() => ReadAll(request));

        Assert.That(error.Code, Is.EqualTo("IncompleteBody"));
        Assert.That(endless.BytesRead, Is.LessThan(40_000));
    }

    [Test]
    public async Task ReadAsync_TrailerBeyondTheLimit_IsRefused()
    {
        var chunked = new ChunkedBody { Payload = [1], Kind = PayloadHash.StreamingUnsignedTrailerText };
        for (int i = 0; i < 300; i++) chunked.Trailers.Add(($"x-amz-meta-{i}", new string('v', 30)));

        Assert.That((await Refuse(chunked)).Code, Is.EqualTo("IncompleteBody"));
    }

    [Test]
    public async Task ReadAsync_SmallChunkBeforeTheLast_IsInvalidChunkSize()
    {
        S3Error error = await Refuse(new ChunkedBody { Payload = new byte[10_000], ChunkBytes = 5_000 });

        Assert.That((error.Code, error.Status), Is.EqualTo(("InvalidChunkSizeError", 403)));
        Assert.That((error.Detail("Chunk"), error.Detail("BadChunkSize")), Is.EqualTo(("2", "5000")));
    }

    [Test]
    public async Task ReadAsync_AfterAFailure_FailsAgain()
    {
        AuthenticatedRequest request = await Authenticate(new ChunkedBody { Payload = [1, 2] }.Request(wire => wire[..^1]));

        await Refusal.OfAsync(() => request.Body.CopyToAsync(Stream.Null));
        S3Error again = await Refusal.OfAsync(() => request.Body.CopyToAsync(Stream.Null));

        Assert.That(again.Code, Is.EqualTo("IncompleteBody"));
    }

    [TestCase(PayloadHash.StreamingEcdsaText)]
    [TestCase(PayloadHash.StreamingEcdsaTrailerText)]
    public async Task AuthenticateAsync_EcdsaChunks_AreNotImplemented(string kind)
    {
        S3Error error = await Refuse(new ChunkedBody { Payload = [1], Kind = kind });

        Assert.That((error.Code, error.Status), Is.EqualTo(("NotImplemented", 501)));
    }

    [Test]
    public async Task AuthenticateAsync_NoDecodedLength_IsMissingContentLength()
    {
        S3HttpRequest request = new SignedRequest { PayloadText = PayloadHash.StreamingSignedText }.SignHeaders();

        S3Error error = await Refusal.OfAsync(SignedRequest.Server(), request);

        Assert.That((error.Code, error.Status), Is.EqualTo(("MissingContentLength", 411)));
    }

    [TestCase("aws-chunked", null)]
    [TestCase("aws-chunked,gzip", "gzip")]
    [TestCase("gzip, AWS-Chunked, br", "gzip,br")]
    [TestCase("gzip", "gzip")]
    [TestCase(null, null)]
    public void Strip_ContentEncoding_LeavesTheObjects(string? sent, string? stored) =>
        Assert.That(AwsChunkedEncoding.Strip(sent), Is.EqualTo(stored));

    private static async Task<AuthenticatedRequest> Authenticate(S3HttpRequest request) =>
        await SignedRequest.Server().AuthenticateAsync(request, default);

    private static async Task ReadAll(S3HttpRequest request)
    {
        AuthenticatedRequest authenticated = await Authenticate(request);
        await authenticated.Body.CopyToAsync(Stream.Null);
    }

    private static Task<S3Error> Refuse(ChunkedBody body, Func<byte[], byte[]>? tamper = null)
    {
        S3HttpRequest request = body.Request(tamper);
        return Refusal.OfAsync(() => ReadAll(request));
    }

    private static byte[] Replace(byte[] wire, string from, string to) =>
        Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(wire).Replace(from, to, StringComparison.Ordinal));

    private sealed class CountingStream : ReadOnlyBodyStream
    {
        public long BytesRead { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill((byte)'a');
            BytesRead += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
