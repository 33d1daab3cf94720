using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Checksums;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Semantics;

public sealed class ChecksumTests(ServerMode mode) : ServerFixture(mode)
{
    protected override void Configure(S3ServerOptions options) => options.MinPartBytes = 1;

    private static readonly byte[] Body = Encoding.UTF8.GetBytes("the quick brown fox");

    [Test]
    public async Task PutObject_GivenChecksum_IsVerifiedAndKept([Values] ChecksumFunction function)
    {
        string value = IncrementalChecksum.ComputeBase64(function, Body);
        string wrong = IncrementalChecksum.ComputeBase64(function, "another body"u8);

        await PutWithAsync("k", function, value);
        AmazonS3Exception error = await ErrorOf(() => PutWithAsync("bad", function, wrong));

        GetObjectMetadataResponse head = await HeadAsync("k");
        Assert.That(Value(head, function), Is.EqualTo(value));
        Assert.That(head.ChecksumType.Value, Is.EqualTo("FULL_OBJECT"));
        Assert.That(error.ErrorCode, Is.EqualTo("BadDigest"));
        Assert.That((await ErrorOf(() => ReadAsync("bad"))).ErrorCode, Is.EqualTo("NoSuchKey"), "nothing half-written");
    }

    [Test]
    public async Task PutObject_WithoutChecksum_KeepsCrc64Nvme()
    {
        using AmazonS3Client old = CreateClient(configure: config =>
            config.RequestChecksumCalculation = Amazon.Runtime.RequestChecksumCalculation.WHEN_REQUIRED);
        await old.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = "k", InputStream = new MemoryStream(Body) });

        Assert.That((await HeadAsync("k")).ChecksumCRC64NVME,
            Is.EqualTo(IncrementalChecksum.ComputeBase64(ChecksumFunction.Crc64Nvme, Body)));
    }

    [Test]
    public async Task PutObject_WrongMd5_IsABadDigest()
    {
        PutObjectRequest request = new() { BucketName = Bucket, Key = "k", ContentBody = "x",
            MD5Digest = Convert.ToBase64String(new byte[16]) };

        Assert.That((await ErrorOf(() => Client.PutObjectAsync(request))).ErrorCode, Is.EqualTo("BadDigest"));
    }

    [Test]
    public async Task PutObject_Md5ThatIsNone_IsAnInvalidDigest()
    {
        PutObjectRequest request = new() { BucketName = Bucket, Key = "k", ContentBody = "x", MD5Digest = "nonsense" };

        Assert.That((await ErrorOf(() => Client.PutObjectAsync(request))).ErrorCode, Is.EqualTo("InvalidDigest"));
    }

    [Test]
    public async Task GetObjectAttributes_AllOfThem_AreTold()
    {
        await PutWithAsync("k", ChecksumFunction.Sha256, IncrementalChecksum.ComputeBase64(ChecksumFunction.Sha256, Body));

        GetObjectAttributesResponse response = await Client.GetObjectAttributesAsync(new GetObjectAttributesRequest
        {
            BucketName = Bucket, Key = "k",
            ObjectAttributes = [ObjectAttributes.ETag, ObjectAttributes.Checksum, ObjectAttributes.ObjectSize,
                ObjectAttributes.StorageClass],
        });

        Assert.That(response.ObjectSize, Is.EqualTo(Body.Length));
        Assert.That(response.ETag, Has.Length.EqualTo(32));
        Assert.That(response.Checksum.ChecksumSHA256, Is.EqualTo(IncrementalChecksum.ComputeBase64(ChecksumFunction.Sha256, Body)));
        Assert.That(response.StorageClass.Value, Is.EqualTo("STANDARD"));
    }

    [Test]
    public async Task GetObjectAttributes_PartsOfAnyUpload_ComeInPages()
    {
        string uploadId = (await Client.InitiateMultipartUploadAsync(Bucket, "k")).UploadId;
        List<PartETag> parts = [];
        foreach (int number in new[] { 1, 2, 3 })
        {
            parts.Add(new PartETag(await Client.UploadPartAsync(new UploadPartRequest
            {
                BucketName = Bucket, Key = "k", UploadId = uploadId, PartNumber = number, InputStream = new MemoryStream(Body),
            })));
        }
        await Client.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest
        {
            BucketName = Bucket, Key = "k", UploadId = uploadId, PartETags = parts,
        });

        GetObjectAttributesParts page = (await Client.GetObjectAttributesAsync(new GetObjectAttributesRequest
        {
            BucketName = Bucket, Key = "k", ObjectAttributes = [ObjectAttributes.ObjectParts], MaxParts = 1, PartNumberMarker = 1,
        })).ObjectParts;

        Assert.That((page.TotalPartsCount, page.IsTruncated, page.NextPartNumberMarker), Is.EqualTo((3, true, 2)));
        Assert.That(page.Parts.Select(part => (part.PartNumber, part.Size)), Is.EqualTo(new[] { ((int?)2, (long?)Body.Length) }));
        Assert.That(page.Parts[0].ChecksumCRC64NVME,
            Is.EqualTo(IncrementalChecksum.ComputeBase64(ChecksumFunction.Crc64Nvme, Body)), "S3's own");
        GetObjectAttributesParts beyond = (await Client.GetObjectAttributesAsync(new GetObjectAttributesRequest
        {
            BucketName = Bucket, Key = "k", ObjectAttributes = [ObjectAttributes.ObjectParts], PartNumberMarker = 3,
        })).ObjectParts;
        Assert.That((beyond.IsTruncated, beyond.NextPartNumberMarker), Is.EqualTo((false, 0)));
    }

    private Task PutWithAsync(string key, ChecksumFunction function, string value)
    {
        PutObjectRequest request = new() { BucketName = Bucket, Key = key, InputStream = new MemoryStream(Body) };
        typeof(PutObjectRequest).GetProperty("Checksum" + function.ToAlgorithmName())!.SetValue(request, value);
        return Client.PutObjectAsync(request);
    }

    private Task<GetObjectMetadataResponse> HeadAsync(string key) => Client.GetObjectMetadataAsync(
        new GetObjectMetadataRequest { BucketName = Bucket, Key = key, ChecksumMode = ChecksumMode.ENABLED });

    private static string? Value(GetObjectMetadataResponse head, ChecksumFunction function) =>
        (string?)typeof(GetObjectMetadataResponse).GetProperty("Checksum" + function.ToAlgorithmName())!.GetValue(head);
}
