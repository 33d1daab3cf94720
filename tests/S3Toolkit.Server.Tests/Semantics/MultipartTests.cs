using System.Net;
using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Checksums;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Semantics;

public sealed class MultipartTests(ServerMode mode) : ServerFixture(mode)
{
    private const int PartBytes = 1024;

    protected override void Configure(S3ServerOptions options) => options.MinPartBytes = PartBytes;

    [Test]
    public async Task Complete_TwoParts_GivesTheBytesAndTheETagOfParts()
    {
        byte[] first = Bytes(PartBytes, 1), second = Bytes(100, 2);
        string uploadId = await StartAsync("k");

        List<PartETag> parts = [await UploadAsync("k", uploadId, 1, first), await UploadAsync("k", uploadId, 2, second)];
        CompleteMultipartUploadResponse done = await CompleteAsync("k", uploadId, parts);

        byte[] md5s = [.. MD5.HashData(first), .. MD5.HashData(second)];
        Assert.That(done.ETag, Is.EqualTo($"\"{Convert.ToHexStringLower(MD5.HashData(md5s))}-2\""));
        Assert.That(await DownloadAsync("k"), Is.EqualTo(first.Concat(second)));
        Assert.That(await DownloadAsync("k", request => request.PartNumber = 2), Is.EqualTo(second));
    }

    [Test]
    public async Task Complete_Twice_GivesTheSameAnswer()
    {
        string uploadId = await StartAsync("k");
        List<PartETag> parts = [await UploadAsync("k", uploadId, 1, Bytes(10))];

        CompleteMultipartUploadResponse first = await CompleteAsync("k", uploadId, parts);
        CompleteMultipartUploadResponse again = await CompleteAsync("k", uploadId, parts);

        Assert.That(again.ETag, Is.EqualTo(first.ETag));
        AmazonS3Exception error = await ErrorOf(() => UploadAsync("k", uploadId, 2, Bytes(10)));
        Assert.That(error.ErrorCode, Is.EqualTo("NoSuchUpload"));
    }

    [Test]
    public async Task Complete_WrongParts_SaysWhatIsWrong()
    {
        string uploadId = await StartAsync("k");
        PartETag one = await UploadAsync("k", uploadId, 1, Bytes(PartBytes - 1));
        PartETag two = await UploadAsync("k", uploadId, 2, Bytes(PartBytes));

        Assert.That((await ErrorOf(() => CompleteAsync("k", uploadId, [new(3, two.ETag)]))).ErrorCode, Is.EqualTo("InvalidPart"));
        Assert.That((await ErrorOf(() => CompleteAsync("k", uploadId, [new(2, one.ETag)]))).ErrorCode, Is.EqualTo("InvalidPart"));
        Assert.That((await ErrorOf(() => CompleteAsync("k", uploadId, [one, two]))).ErrorCode, Is.EqualTo("EntityTooSmall"));
        Assert.That((await ErrorOf(() => DownloadAsync("k"))).ErrorCode, Is.EqualTo("NoSuchKey"), "nothing half-written");
    }

    [Test]
    public async Task Complete_OnlyIfAbsent_LeavesTheUploadWhenItFails()
    {
        string uploadId = await StartAsync("k");
        List<PartETag> parts = [await UploadAsync("k", uploadId, 1, Bytes(10))];
        await PutAsync("k", "there");

        AmazonS3Exception error = await ErrorOf(() => CompleteAsync("k", uploadId, parts, request => request.IfNoneMatch = "*"));

        Assert.That(error.StatusCode, Is.EqualTo(HttpStatusCode.PreconditionFailed));
        Assert.That(await ReadAsync("k"), Is.EqualTo("there"));
        Assert.That((await Client.ListPartsAsync(Bucket, "k", uploadId)).Parts, Has.Count.EqualTo(1));
    }

    [TestCase("CRC32", "COMPOSITE")]
    [TestCase("CRC32C", "COMPOSITE")]
    [TestCase("SHA1", "COMPOSITE")]
    [TestCase("SHA256", "COMPOSITE")]
    [TestCase("SHA512", "COMPOSITE")]
    [TestCase("MD5", "COMPOSITE")]
    [TestCase("XXHASH64", "COMPOSITE")]
    [TestCase("XXHASH3", "COMPOSITE")]
    [TestCase("XXHASH128", "COMPOSITE")]
    [TestCase("CRC32", "FULL_OBJECT")]
    [TestCase("CRC32C", "FULL_OBJECT")]
    [TestCase("CRC64NVME", "FULL_OBJECT")]
    public async Task Complete_WithChecksums_KeepsTheRightKind(string algorithm, string type)
    {
        InitiateMultipartUploadResponse upload = await Client.InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest
        {
            BucketName = Bucket, Key = "k", ChecksumAlgorithm = new ChecksumAlgorithm(algorithm), ChecksumType = new ChecksumType(type),
        });
        List<PartETag> parts = [];
        foreach (int number in new[] { 1, 2 })
        {
            // Given values: the SDK computes CRC32C and CRC64NVME with a native library only.
            string value = IncrementalChecksum.ComputeBase64(FunctionOf(algorithm), Bytes(PartBytes, number));
            UploadPartRequest request = new()
            {
                BucketName = Bucket, Key = "k", UploadId = upload.UploadId, PartNumber = number,
                InputStream = new MemoryStream(Bytes(PartBytes, number)),
            };
            typeof(UploadPartRequest).GetProperty("Checksum" + algorithm)!.SetValue(request, value);
            PartETag part = new(number, (await Client.UploadPartAsync(request)).ETag);
            typeof(PartETag).GetProperty("Checksum" + algorithm)!.SetValue(part, value);
            parts.Add(part);
        }

        await CompleteAsync("k", upload.UploadId, parts);

        GetObjectMetadataResponse head = await Client.GetObjectMetadataAsync(
            new GetObjectMetadataRequest { BucketName = Bucket, Key = "k", ChecksumMode = ChecksumMode.ENABLED });
        Assert.That(head.ChecksumType.Value, Is.EqualTo(type));
        string expected = type == "COMPOSITE"
            ? CompositeChecksum.Of(FunctionOf(algorithm), [.. new[] { 1, 2 }.Select(number =>
                IncrementalChecksum.ComputeBase64(FunctionOf(algorithm), Bytes(PartBytes, number)))])
            : IncrementalChecksum.ComputeBase64(FunctionOf(algorithm), [.. Bytes(PartBytes, 1), .. Bytes(PartBytes, 2)]);
        Assert.That(typeof(GetObjectMetadataResponse).GetProperty("Checksum" + algorithm)!.GetValue(head), Is.EqualTo(expected));
    }

    [TestCase("CRC64NVME", "COMPOSITE")]
    [TestCase("SHA256", "FULL_OBJECT")]
    [TestCase("MD5", "FULL_OBJECT")]
    [TestCase("XXHASH3", "FULL_OBJECT")]
    [TestCase("CRC32", "PARTLY")]
    [TestCase("ADLER32", "COMPOSITE")]
    [TestCase(null, "COMPOSITE")]
    public async Task CreateMultipartUpload_ChecksumsThatCannotBe_AreRefused(string? algorithm, string type)
    {
        InitiateMultipartUploadRequest request = new() { BucketName = Bucket, Key = "k", ChecksumType = new ChecksumType(type) };
        if (algorithm is not null) request.ChecksumAlgorithm = new ChecksumAlgorithm(algorithm);

        AmazonS3Exception error = await ErrorOf(() => Client.InitiateMultipartUploadAsync(request));

        Assert.That((error.StatusCode, error.ErrorCode), Is.EqualTo((HttpStatusCode.BadRequest, "InvalidRequest")));
    }

    [Test]
    public async Task UploadPartCopy_Range_CopiesThatRange()
    {
        byte[] source = Bytes(4096);
        await Client.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = "source", InputStream = new MemoryStream(source) });
        string uploadId = await StartAsync("k");
        CopyPartRequest request = new()
        {
            SourceBucket = Bucket, SourceKey = "source", DestinationBucket = Bucket, DestinationKey = "k", UploadId = uploadId,
            PartNumber = 1, FirstByte = 1000, LastByte = 2999,
        };

        CopyPartResponse part = await Client.CopyPartAsync(request);
        request.LastByte = 4096;
        AmazonS3Exception outside = await ErrorOf(() => Client.CopyPartAsync(request));
        await CompleteAsync("k", uploadId, [new(1, part.ETag)]);

        Assert.That(outside.ErrorCode, Is.EqualTo("InvalidArgument"));
        Assert.That(await DownloadAsync("k"), Is.EqualTo(source[1000..3000]));
    }

    [Test]
    public async Task ListMultipartUploads_PagedAndAborted_ShowsWhatIsLeft()
    {
        string[] keys = ["a", "a", "b/1", "b/2", "c"];
        List<string> ids = [];
        foreach (string key in keys) ids.Add(await StartAsync(key));

        List<string> seen = [];
        ListMultipartUploadsRequest request = new() { BucketName = Bucket, MaxUploads = 2 };
        ListMultipartUploadsResponse page;
        do
        {
            page = await Client.ListMultipartUploadsAsync(request);
            seen.AddRange(page.MultipartUploads.Select(upload => upload.UploadId));
            (request.KeyMarker, request.UploadIdMarker) = (page.NextKeyMarker, page.NextUploadIdMarker);
        }
        while (page.IsTruncated == true);
        await Client.AbortMultipartUploadAsync(Bucket, "a", ids[0]);

        Assert.That(seen, Is.EqualTo(ids));
        ListMultipartUploadsResponse left = await Client.ListMultipartUploadsAsync(
            new ListMultipartUploadsRequest { BucketName = Bucket, Delimiter = "/" });
        Assert.That(left.MultipartUploads.Select(upload => upload.Key), Is.EqualTo(new[] { "a", "c" }));
        Assert.That(left.CommonPrefixes, Is.EqualTo(new[] { "b/" }));
    }

    [Test]
    public async Task ListParts_Paged_GivesAll()
    {
        string uploadId = await StartAsync("k");
        foreach (int number in new[] { 1, 5, 9 }) await UploadAsync("k", uploadId, number, Bytes(10, number));

        ListPartsResponse first = await Client.ListPartsAsync(
            new ListPartsRequest { BucketName = Bucket, Key = "k", UploadId = uploadId, MaxParts = 2 });
        ListPartsResponse second = await Client.ListPartsAsync(new ListPartsRequest
        {
            BucketName = Bucket, Key = "k", UploadId = uploadId, PartNumberMarker = first.NextPartNumberMarker.ToString(),
        });

        Assert.That(first.Parts.Select(part => part.PartNumber), Is.EqualTo(new int?[] { 1, 5 }));
        Assert.That(second.Parts.Select(part => part.PartNumber), Is.EqualTo(new int?[] { 9 }));
    }

    private static ChecksumFunction FunctionOf(string algorithm) =>
        ChecksumName.TryParseAlgorithmName(algorithm, out ChecksumFunction function) ? function : throw new ArgumentException(algorithm);

    private async Task<string> StartAsync(string key) => (await Client.InitiateMultipartUploadAsync(Bucket, key)).UploadId;

    private async Task<PartETag> UploadAsync(string key, string uploadId, int partNumber, byte[] bytes)
    {
        UploadPartResponse part = await Client.UploadPartAsync(new UploadPartRequest
        {
            BucketName = Bucket, Key = key, UploadId = uploadId, PartNumber = partNumber, InputStream = new MemoryStream(bytes),
        });
        return new PartETag(part);
    }

    private async Task<CompleteMultipartUploadResponse> CompleteAsync(
        string key, string uploadId, List<PartETag> parts, Action<CompleteMultipartUploadRequest>? configure = null)
    {
        CompleteMultipartUploadRequest request = new() { BucketName = Bucket, Key = key, UploadId = uploadId, PartETags = parts };
        configure?.Invoke(request);
        return await Client.CompleteMultipartUploadAsync(request);
    }

    private async Task<byte[]> DownloadAsync(string key, Action<GetObjectRequest>? configure = null)
    {
        GetObjectRequest request = new() { BucketName = Bucket, Key = key };
        configure?.Invoke(request);
        using GetObjectResponse response = await Client.GetObjectAsync(request);
        using MemoryStream bytes = new();
        await response.ResponseStream.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
