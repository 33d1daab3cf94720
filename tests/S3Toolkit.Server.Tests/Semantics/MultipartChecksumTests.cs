using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Checksums;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Semantics;

/// <summary>The checksums of parts and of what they become.</summary>
public sealed class MultipartChecksumTests(ServerMode mode) : ServerFixture(mode)
{
    private const string Sha256Header = "x-amz-checksum-sha256";

    private static readonly byte[][] Parts = [Bytes(10, 1), Bytes(20, 2)];

    protected override void Configure(S3ServerOptions options) => options.MinPartBytes = 1;

    [Test]
    public async Task UploadPart_ChecksumOfAnUploadWithoutAlgorithm_IsEchoedAndTakenBack()
    {
        string uploadId = (await Client.InitiateMultipartUploadAsync(Bucket, "k")).UploadId;

        UploadPartResponse part = await UploadAsync(uploadId, 1, "CRC32");
        ListPartsResponse listed = await Client.ListPartsAsync(Bucket, "k", uploadId);
        (int wrong, string wrongBody) = await CompleteAsync(uploadId, Part(1, part.ETag, ("CRC64NVME", Crc64(Parts[0]))));
        (int status, string body) = await CompleteAsync(uploadId, Part(1, part.ETag, ("CRC32", part.ChecksumCRC32)));

        Assert.That(part.ChecksumCRC32, Is.EqualTo(IncrementalChecksum.ComputeBase64(ChecksumFunction.Crc32, Parts[0])));
        Assert.That(part.ChecksumCRC64NVME, Is.Null);
        Assert.That((listed.Parts[0].ChecksumCRC32, listed.Parts[0].ChecksumCRC64NVME), Is.EqualTo(((string?)null, (string?)null)));
        Assert.That((wrong, wrongBody), Is.EqualTo((400, wrongBody)));
        Assert.That(wrongBody, Does.Contain("<Code>BadDigest</Code>"));
        Assert.That((status, body), Is.EqualTo((200, body)), body);
        Assert.That(body, Does.Contain($"<ChecksumCRC64NVME>{Crc64(Parts[0])}</ChecksumCRC64NVME>"), "the object's is S3's own");
    }

    [Test]
    public async Task UploadPartCopy_WithoutAlgorithm_TellsNoChecksum()
    {
        await PutAsync("source", "content");
        string uploadId = (await Client.InitiateMultipartUploadAsync(Bucket, "k")).UploadId;

        (int status, string body) = await SendAsync(HttpMethod.Put, $"/{Bucket}/k", $"partNumber=1&uploadId={uploadId}", "",
            ("x-amz-copy-source", $"{Bucket}/source"));

        Assert.That((status, body.Contains("<ETag>"), body.Contains("Checksum")), Is.EqualTo((200, true, false)), body);
    }

    [Test]
    public async Task Complete_CustomerKeyWithoutAlgorithm_KeepsNoChecksum()
    {
        InitiateMultipartUploadRequest start = new() { BucketName = Bucket, Key = "k" };
        (string, string)[] key = Encryptions.Headers(Encryptions.KeyA);
        (int status, string body) = await SendAsync(HttpMethod.Post, $"/{Bucket}/{start.Key}", "uploads=", headers: key);
        string uploadId = body.Split("<UploadId>")[1].Split('<')[0];
        (int put, _) = await SendAsync(HttpMethod.Put, $"/{Bucket}/k", $"partNumber=1&uploadId={uploadId}", "bytes", key);
        string eTag = (await Client.ListPartsAsync(Bucket, "k", uploadId)).Parts[0].ETag;

        (int done, string completed) = await CompleteAsync(uploadId, Part(1, eTag));

        Assert.That((status, put, done), Is.EqualTo((200, 200, 200)), completed);
        Assert.That(completed, Does.Not.Contain("Checksum"));
    }

    [TestCase("SHA256", "COMPOSITE", 1)]
    [TestCase("SHA256", "COMPOSITE", 2)]
    [TestCase("CRC32", "FULL_OBJECT", 1)]
    [TestCase("CRC32", "FULL_OBJECT", 2)]
    public async Task GetObject_APart_HasItsOwnChecksumIfTheObjectsIsMadeOfThem(string algorithm, string type, int count)
    {
        (_, List<UploadPartResponse> parts) = await ObjectAsync(algorithm, type, count);
        GetObjectMetadataResponse whole = await HeadAsync(null);
        GetObjectMetadataResponse part = await HeadAsync(1);

        (string? Value, string? Type) expected = (type, count) switch
        {
            ("COMPOSITE", _) => (parts[0].ChecksumSHA256, "COMPOSITE"),
            (_, 1) => (whole.ChecksumCRC32, "FULL_OBJECT"),
            _ => (null, null),
        };
        Assert.That((part.ChecksumSHA256 ?? part.ChecksumCRC32, part.ChecksumType?.Value), Is.EqualTo(expected));
        if (type == "COMPOSITE") Assert.That(part.ChecksumSHA256, Does.Not.Contain("-"));
    }

    [TestCase("bad", "BadDigest", "The SHA256 you specified")]
    [TestCase("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=-2", "BadDigest", "The SHA256 you specified")]
    [TestCase("CRC32:AAAAAA==", "BadDigest", "The CRC32 you specified")]
    [TestCase("SHA256:+;CRC32:AAAAAA==", "InvalidRequest", "Expecting a single x-amz-checksum- header.")]
    [TestCase("FOO:+", "InvalidRequest", "The algorithm type you specified in x-amz-checksum- header is invalid.")]
    public async Task Complete_FinalChecksumThatIsNotTheObjects_IsRefused(string headers, string code, string message)
    {
        (string uploadId, List<UploadPartResponse> parts) = await StartAsync("SHA256", "COMPOSITE", 2);
        string xml = string.Concat(parts.Select((part, i) => Part(i + 1, part.ETag, ("SHA256", part.ChecksumSHA256))));
        (string, string)[] sent = headers.Contains(':')
            ? [.. headers.Split(';').Select(item => ("x-amz-checksum-" + item.Split(':')[0].ToLowerInvariant(), item.Split(':')[1]))]
            : [(Sha256Header, headers)];

        (int status, string body) = await CompleteAsync(uploadId, xml, sent);

        Assert.That((status, body), Is.EqualTo((400, body)));
        Assert.That(body, Does.Contain($"<Code>{code}</Code>").And.Contain(message));
    }

    [TestCase("composite", 200, "-2")]
    [TestCase("full_object", 400, "must use the same checksum mode")]
    [TestCase("half", 400, "Value for x-amz-checksum-type header is invalid.")]
    public async Task Complete_ChecksumType_IsReadInAnyCase(string type, int expected, string text)
    {
        (string uploadId, List<UploadPartResponse> parts) = await StartAsync("SHA256", "COMPOSITE", 2);
        string xml = string.Concat(parts.Select((part, i) => Part(i + 1, part.ETag, ("SHA256", part.ChecksumSHA256))));

        (int status, string body) = await CompleteAsync(uploadId, xml, ("x-amz-checksum-type", type));

        Assert.That((status, body), Is.EqualTo((expected, body)));
        Assert.That(body, Does.Contain(text));
    }

    [TestCase("SHA256:+", null, "InvalidPart", "One or more of the specified parts could not be found.")]
    [TestCase("SHA256:no base64!", null, "InvalidArgument", "<ArgumentValue>SHA256:no base64!;</ArgumentValue>")]
    [TestCase("SHA256:AAAA", "CRC32:AAAAAA==", "InvalidArgument", "Invalid Base64 or multiple checksums present in request")]
    [TestCase("CRC32:AAAAAA==", null, "BadDigest", "The crc32 you specified for part 1 did not match what we received.")]
    public async Task Complete_WrongPartChecksum_SaysInWhichWay(string first, string? second, string code, string message)
    {
        (string uploadId, List<UploadPartResponse> parts) = await StartAsync("SHA256", "COMPOSITE", 1);
        (string, string)[] checksums =
            [.. new[] { first, second }.OfType<string>().Select(item => (item.Split(':')[0], item.Split(':')[1]))];

        (int status, string body) = await CompleteAsync(uploadId, Part(1, parts[0].ETag, checksums));

        Assert.That((status, body), Is.EqualTo((400, body)));
        Assert.That(body, Does.Contain($"<Code>{code}</Code>").And.Contain(message));
    }

    [TestCase("x-amz-sdk-checksum-algorithm", "FOO", "Value for x-amz-sdk-checksum-algorithm header is invalid.")]
    [TestCase("x-amz-checksum-foo", "AAAA", "The algorithm type you specified in x-amz-checksum- header is invalid.")]
    public async Task PutObject_UnknownAlgorithm_IsAnInvalidRequest(string header, string value, string message)
    {
        (int status, string body) = await SendAsync(HttpMethod.Put, $"/{Bucket}/k", "", "x", (header, value));

        Assert.That((status, body), Is.EqualTo((400, body)));
        Assert.That(body, Does.Contain("<Code>InvalidRequest</Code>").And.Contain(message));
    }

    private async Task<(string UploadId, List<UploadPartResponse> Parts)> StartAsync(string algorithm, string type, int count)
    {
        string uploadId = (await Client.InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest
        {
            BucketName = Bucket, Key = "k", ChecksumAlgorithm = new ChecksumAlgorithm(algorithm), ChecksumType = new ChecksumType(type),
        })).UploadId;
        List<UploadPartResponse> parts = [];
        for (int number = 1; number <= count; number++) parts.Add(await UploadAsync(uploadId, number, algorithm));
        return (uploadId, parts);
    }

    private async Task<(string UploadId, List<UploadPartResponse> Parts)> ObjectAsync(string algorithm, string type, int count)
    {
        (string uploadId, List<UploadPartResponse> parts) = await StartAsync(algorithm, type, count);
        string xml = string.Concat(parts.Select((part, i) =>
            Part(i + 1, part.ETag, (algorithm, algorithm == "CRC32" ? part.ChecksumCRC32 : part.ChecksumSHA256))));
        (int status, string body) = await CompleteAsync(uploadId, xml);
        Assert.That(status, Is.EqualTo(200), body);
        return (uploadId, parts);
    }

    private Task<UploadPartResponse> UploadAsync(string uploadId, int number, string algorithm) =>
        Client.UploadPartAsync(new UploadPartRequest
        {
            BucketName = Bucket, Key = "k", UploadId = uploadId, PartNumber = number, InputStream = new MemoryStream(Parts[number - 1]),
            ChecksumAlgorithm = new ChecksumAlgorithm(algorithm),
        });

    private Task<(int Status, string Body)> CompleteAsync(string uploadId, string parts, params (string, string)[] headers) => SendAsync(
        HttpMethod.Post, $"/{Bucket}/k", $"uploadId={uploadId}", $"<CompleteMultipartUpload>{parts}</CompleteMultipartUpload>", headers);

    private Task<GetObjectMetadataResponse> HeadAsync(int? part) => Client.GetObjectMetadataAsync(
        new GetObjectMetadataRequest { BucketName = Bucket, Key = "k", PartNumber = part, ChecksumMode = ChecksumMode.ENABLED });

    /// <summary>A "+" stands for a well-formed checksum of other bytes.</summary>
    private static string Part(int number, string eTag, params (string Algorithm, string Value)[] checksums)
    {
        string values = string.Concat(
            checksums.Select(item => $"<Checksum{item.Algorithm}>{Other(item.Value)}</Checksum{item.Algorithm}>"));
        return $"<Part><PartNumber>{number}</PartNumber><ETag>{eTag}</ETag>{values}</Part>";
    }

    private static string Other(string value) =>
        value == "+" ? IncrementalChecksum.ComputeBase64(ChecksumFunction.Sha256, "other bytes"u8) : value;

    private static string Crc64(byte[] bytes) => IncrementalChecksum.ComputeBase64(ChecksumFunction.Crc64Nvme, bytes);
}
