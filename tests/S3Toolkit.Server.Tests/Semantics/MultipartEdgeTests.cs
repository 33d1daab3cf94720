using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Checksums;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Semantics;

public sealed class MultipartEdgeTests(ServerMode mode) : ServerFixture(mode)
{
    /// <summary>S3's own limit, which this server has by default.</summary>
    private const int MinPartBytes = 5 * 1024 * 1024;

    [Test]
    public async Task Complete_PartUploadedTwice_TakesTheSecond()
    {
        string uploadId = await StartAsync();
        PartETag first = await UploadAsync(uploadId, 1, Bytes(10, 1));
        PartETag second = await UploadAsync(uploadId, 1, Bytes(20, 2));

        Assert.That((await ErrorOf(() => CompleteAsync(uploadId, [first]))).ErrorCode, Is.EqualTo("InvalidPart"));
        await CompleteAsync(uploadId, [second]);

        Assert.That((await Client.GetObjectMetadataAsync(Bucket, "k")).ContentLength, Is.EqualTo(20));
    }

    [TestCase(MinPartBytes, null)]
    [TestCase(MinPartBytes - 1, "EntityTooSmall")]
    public async Task Complete_PartsAtTheDefaultMinimum_AreLargeEnough(int bytes, string? code)
    {
        string uploadId = await StartAsync();
        List<PartETag> parts = [await UploadAsync(uploadId, 1, new byte[bytes]), await UploadAsync(uploadId, 2, Bytes(1))];

        if (code is null) Assert.That((await CompleteAsync(uploadId, parts)).ETag, Does.EndWith("-2\""));
        else Assert.That((await ErrorOf(() => CompleteAsync(uploadId, parts))).ErrorCode, Is.EqualTo(code));
    }

    [Test]
    public async Task Complete_ManyAtOnce_AllGiveTheSameAnswer()
    {
        for (int round = 0; round < 10; round++)
        {
            string uploadId = await StartAsync();
            List<PartETag> parts = [await UploadAsync(uploadId, 1, Bytes(10, round))];

            CompleteMultipartUploadResponse[] answers = await Task.WhenAll(
                // A list for each call: the SDK sorts it while it writes the request.
                Enumerable.Range(0, 16).Select(_ => Task.Run(() => CompleteAsync(uploadId, [.. parts]))));

            Assert.That(answers.Select(answer => answer.ETag).Distinct().Count(), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Complete_LongAfterTheStart_IsAsOldAsTheStart()
    {
        string uploadId = await StartAsync();
        DateTime started = Server.Clock.GetUtcNow().UtcDateTime;
        List<PartETag> parts = [await UploadAsync(uploadId, 1, Bytes(10))];
        Server.Clock.Advance(TimeSpan.FromMinutes(5));

        await CompleteAsync(uploadId, parts);

        DateTime modified = (await Client.GetObjectMetadataAsync(Bucket, "k")).LastModified!.Value.ToUniversalTime();
        Assert.That(modified, Is.EqualTo(started).Within(TimeSpan.FromSeconds(30)));
    }

    [Test]
    public async Task Complete_OnlyIfMatch_NeedsTheCurrentETag()
    {
        string eTag = (await PutAsync("k", "there")).ETag;
        string uploadId = await StartAsync();
        List<PartETag> parts = [await UploadAsync(uploadId, 1, Bytes(10))];

        AmazonS3Exception error = await ErrorOf(() => CompleteAsync(uploadId, parts, request => request.IfMatch = "\"0\""));
        await CompleteAsync(uploadId, parts, request => request.IfMatch = eTag);

        Assert.That(error.StatusCode, Is.EqualTo(HttpStatusCode.PreconditionFailed));
        Assert.That((await Client.GetObjectMetadataAsync(Bucket, "k")).ContentLength, Is.EqualTo(10));
    }

    [Test]
    public async Task GetAndHead_ByPartNumber_TellTheSamePart()
    {
        byte[] first = Bytes(MinPartBytes, 1), second = Bytes(100, 2);
        string uploadId = await StartAsync();
        await CompleteAsync(uploadId, [await UploadAsync(uploadId, 3, first), await UploadAsync(uploadId, 7, second)]);

        GetObjectMetadataResponse head = await Client.GetObjectMetadataAsync(
            new GetObjectMetadataRequest { BucketName = Bucket, Key = "k", PartNumber = 2 });
        using GetObjectResponse get = await Client.GetObjectAsync(new GetObjectRequest { BucketName = Bucket, Key = "k", PartNumber = 2 });
        using MemoryStream bytes = new();
        await get.ResponseStream.CopyToAsync(bytes);
        AmazonS3Exception third = await ErrorOf(() => Client.GetObjectAsync(
            new GetObjectRequest { BucketName = Bucket, Key = "k", PartNumber = 3 }));

        Assert.That(bytes.ToArray(), Is.EqualTo(second));
        Assert.That((head.PartsCount, head.ContentLength), Is.EqualTo((get.PartsCount, get.ContentLength)));
        Assert.That((get.PartsCount, get.HttpStatusCode), Is.EqualTo(((int?)2, HttpStatusCode.PartialContent)));
        Assert.That(get.ContentRange, Is.EqualTo($"bytes {MinPartBytes}-{MinPartBytes + 99}/{MinPartBytes + 100}"));
        Assert.That(third.ErrorCode, Is.EqualTo("InvalidPartNumber"));
    }

    [TestCase("SHA1", "COMPOSITE", ChecksumFunction.Sha1)]
    [TestCase("CRC32", "FULL_OBJECT", ChecksumFunction.Crc32)]
    public async Task Complete_WithChecksum_HasTheValueThatTheBytesGive(string algorithm, string type, ChecksumFunction function)
    {
        byte[][] bodies = [Bytes(MinPartBytes, 1), Bytes(100, 2)];
        string uploadId = await StartAsync(algorithm, type);
        List<PartETag> parts = [];
        foreach (byte[] body in bodies) parts.Add(await UploadAsync(uploadId, parts.Count + 1, body, algorithm));

        await CompleteAsync(uploadId, parts);

        GetObjectMetadataResponse head = await Client.GetObjectMetadataAsync(
            new GetObjectMetadataRequest { BucketName = Bucket, Key = "k", ChecksumMode = ChecksumMode.ENABLED });
        string expected = type == "FULL_OBJECT"
            ? IncrementalChecksum.ComputeBase64(function, [.. bodies[0], .. bodies[1]])
            : CompositeChecksum.Of(function, [.. bodies.Select(body => IncrementalChecksum.ComputeBase64(function, body))]);
        Assert.That((head.ChecksumType.Value, head.ChecksumSHA1 ?? head.ChecksumCRC32), Is.EqualTo((type, expected)));
    }

    [TestCase("SHA256", "COMPOSITE", "sha256")]
    [TestCase("CRC32", "COMPOSITE", "crc32")]
    [TestCase("CRC32", "FULL_OBJECT", null)]
    [TestCase("CRC64NVME", "FULL_OBJECT", null)]
    public async Task UploadPart_WithoutTheUploadsChecksum_IsRefusedWhenPartsMakeTheChecksum(
        string algorithm, string type, string? expected)
    {
        string uploadId = await StartAsync(algorithm, type);

        (int status, string body) = await SendAsync(HttpMethod.Put, $"/{Bucket}/k", $"partNumber=1&uploadId={uploadId}", "part");

        Assert.That(status, Is.EqualTo(expected is null ? 200 : 400), body);
        if (expected is null) return;
        Assert.That(body, Does.Contain("<Code>InvalidRequest</Code>").And.Contain(
            $"Checksum Type mismatch occurred, expected checksum Type: {expected}, actual checksum Type: null"));
    }

    [TestCase("ChecksumSHA256", "SHA256", "InvalidPart")]
    [TestCase("ChecksumCRC32", "SHA256", "BadDigest")]
    [TestCase("ChecksumCRC32", null, "InvalidPart")]
    public async Task Complete_ChecksumThatThePartHasNot_IsRefused(string element, string? algorithm, string code)
    {
        string uploadId = algorithm is null ? await StartAsync() : await StartAsync(algorithm, "COMPOSITE");
        PartETag part = await UploadAsync(uploadId, 1, Bytes(10), algorithm);
        string wrong = IncrementalChecksum.ComputeBase64(
            element == "ChecksumSHA256" ? ChecksumFunction.Sha256 : ChecksumFunction.Crc32, "other bytes"u8);
        string xml = $"<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{part.ETag}</ETag>"
            + $"<{element}>{wrong}</{element}></Part></CompleteMultipartUpload>";

        (int status, string body) = await SendAsync(HttpMethod.Post, $"/{Bucket}/k", $"uploadId={uploadId}", xml);

        Assert.That((status, body.Contains($"<Code>{code}</Code>")), Is.EqualTo((400, true)), body);
    }

    [Test]
    public async Task Complete_ByAClientWithoutChecksums_Works()
    {
        using AmazonS3Client old = CreateClient(configure: config =>
            config.RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED);
        string uploadId = (await old.InitiateMultipartUploadAsync(Bucket, "k")).UploadId;
        UploadPartResponse part = await old.UploadPartAsync(new UploadPartRequest
        {
            BucketName = Bucket, Key = "k", UploadId = uploadId, PartNumber = 1, InputStream = new MemoryStream(Bytes(10)),
        });

        CompleteMultipartUploadResponse done = await old.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest
        {
            BucketName = Bucket, Key = "k", UploadId = uploadId, PartETags = [new PartETag(1, part.ETag)],
        });

        Assert.That(done.ETag, Does.EndWith("-1\""));
    }

    private async Task<string> StartAsync(string? algorithm = null, string? type = null) =>
        (await Client.InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest
        {
            BucketName = Bucket, Key = "k",
            ChecksumAlgorithm = algorithm is null ? null : new ChecksumAlgorithm(algorithm),
            ChecksumType = type is null ? null : new ChecksumType(type),
        })).UploadId;

    private async Task<PartETag> UploadAsync(string uploadId, int partNumber, byte[] bytes, string? algorithm = null)
    {
        UploadPartResponse part = await Client.UploadPartAsync(new UploadPartRequest
        {
            BucketName = Bucket, Key = "k", UploadId = uploadId, PartNumber = partNumber, InputStream = new MemoryStream(bytes),
            ChecksumAlgorithm = algorithm is null ? null : new ChecksumAlgorithm(algorithm),
        });
        return new PartETag(part) { ChecksumSHA1 = part.ChecksumSHA1 }; // the SDK's constructor forgets this one
    }

    private Task<CompleteMultipartUploadResponse> CompleteAsync(
        string uploadId, List<PartETag> parts, Action<CompleteMultipartUploadRequest>? configure = null)
    {
        CompleteMultipartUploadRequest request = new() { BucketName = Bucket, Key = "k", UploadId = uploadId, PartETags = parts };
        configure?.Invoke(request);
        return Client.CompleteMultipartUploadAsync(request);
    }
}
