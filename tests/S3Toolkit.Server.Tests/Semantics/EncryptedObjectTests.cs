using System.Net;
using System.Security.Cryptography;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Semantics;

/// <summary>What holds for objects however they are encrypted.</summary>
public sealed class EncryptedObjectTests(ServerMode mode) : ServerFixture(mode)
{
    private const int PartBytes = 70_001;

    protected override void Configure(S3ServerOptions options)
    {
        options.KmsKeys.Add(new S3KmsKey(Encryptions.KmsKeyId));
        options.MinPartBytes = 0;
    }

    [Test]
    public async Task PutObject_AnyKind_GivesItsBytesRangesAndFacts([Values] EncryptionKind kind)
    {
        byte[] bytes = Bytes(600_000);
        PutObjectResponse put = await PutBytesAsync("k", bytes, kind);

        Assert.That(await GetBytesAsync("k", kind), Is.EqualTo(bytes));
        foreach ((int first, int last) in new[] { (0, 0), (1, 16), (262_143, 262_145), (599_000, 599_999) })
            Assert.That(await GetBytesAsync("k", kind, new ByteRange(first, last)), Is.EqualTo(bytes[first..(last + 1)]));
        GetObjectMetadataResponse head = await HeadAsync("k", kind);
        Assert.That(head.ContentLength, Is.EqualTo(bytes.Length));
        Assert.That(head.ETag, Is.EqualTo(put.ETag));
        string md5 = $"\"{Convert.ToHexStringLower(MD5.HashData(bytes))}\"";
        bool isMd5 = kind is EncryptionKind.None or EncryptionKind.S3;
        Assert.That(put.ETag, isMd5 ? Is.EqualTo(md5) : Is.Not.EqualTo(md5).And.Match("^\"[0-9a-f]{32}\"$"));
        Assert.That(put.ChecksumCRC64NVME ?? put.ChecksumCRC32, Is.Not.Null.And.EqualTo(head.ChecksumCRC64NVME ?? head.ChecksumCRC32));
    }

    [Test]
    public async Task PutObject_DigestsThatAreWrong_StoreNothing([Values] EncryptionKind kind)
    {
        PutObjectRequest md5 = new() { BucketName = Bucket, Key = "k", ContentBody = "x", MD5Digest = "AAAAAAAAAAAAAAAAAAAAAA==" };
        md5.Encrypt(kind);
        PutObjectRequest sha = new() { BucketName = Bucket, Key = "k", ContentBody = "x", ChecksumSHA1 = "AAAAAAAAAAAAAAAAAAAAAAAAAAA=" };
        sha.Encrypt(kind);

        Assert.That((await ErrorOf(() => Client.PutObjectAsync(md5))).ErrorCode, Is.EqualTo("BadDigest"));
        Assert.That((await ErrorOf(() => Client.PutObjectAsync(sha))).ErrorCode, Is.EqualTo("BadDigest"));
        Assert.That((await ErrorOf(() => HeadAsync("k", kind))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task PutObject_Tiny_IsItsBytes([Values] EncryptionKind kind, [Values(0, 1, 20)] int length)
    {
        await PutBytesAsync("k", Bytes(length), kind);

        Assert.That(await GetBytesAsync("k", kind), Is.EqualTo(Bytes(length)));
    }

    [Test]
    public async Task Multipart_AnyKind_GivesItsBytesRangesAndParts([Values] EncryptionKind kind)
    {
        byte[] bytes = Bytes((2 * PartBytes) + 1000);
        await UploadAsync("k", bytes, kind);

        Assert.That(await GetBytesAsync("k", kind), Is.EqualTo(bytes));
        foreach ((int first, int last) in
            new[] { (0, 5), (PartBytes - 3, PartBytes + 3), (PartBytes, (2 * PartBytes) + 1), (69_000, 141_000) })
            Assert.That(await GetBytesAsync("k", kind, new ByteRange(first, last)), Is.EqualTo(bytes[first..(last + 1)]));
        Assert.That(await GetBytesAsync("k", kind, part: 2), Is.EqualTo(bytes[PartBytes..(2 * PartBytes)]));
        Assert.That((await HeadAsync("k", kind)).ContentLength, Is.EqualTo(bytes.Length));
    }

    [Test]
    public async Task CopyObject_AnyKindToAnyOther_CarriesTheBytes([Values] EncryptionKind from, [Values] EncryptionKind to)
    {
        byte[] bytes = Bytes(70_000);
        PutObjectResponse put = await PutBytesAsync("k", bytes, from);
        CopyObjectRequest request = new() { SourceBucket = Bucket, SourceKey = "k", DestinationBucket = Bucket, DestinationKey = "copy" };
        request.Encrypt(from, to);

        CopyObjectResponse copied = await Client.CopyObjectAsync(request);
        await Client.DeleteObjectAsync(Bucket, "k");

        Assert.That(await GetBytesAsync("copy", to), Is.EqualTo(bytes));
        bool isMd5 = to is EncryptionKind.None or EncryptionKind.S3;
        string md5 = Convert.ToHexStringLower(MD5.HashData(bytes));
        Assert.That(copied.ETag.Trim('"'), isMd5 ? Is.EqualTo(md5) : Is.Not.EqualTo(md5).And.Not.EqualTo(put.ETag.Trim('"')));
        Assert.That(copied.ServerSideEncryptionMethod?.Value, Is.EqualTo(MethodOf(to)));
    }

    [Test]
    public async Task UploadPartCopy_AnyKindToAnyOther_CarriesTheBytes(
        [Values(EncryptionKind.None, EncryptionKind.Kms, EncryptionKind.CustomerA)] EncryptionKind from,
        [Values(EncryptionKind.None, EncryptionKind.Kms, EncryptionKind.CustomerA, EncryptionKind.CustomerB)] EncryptionKind to)
    {
        byte[] bytes = Bytes(3 * PartBytes);
        await UploadAsync("k", bytes, from);
        InitiateMultipartUploadRequest start = new() { BucketName = Bucket, Key = "copy" };
        start.Encrypt(to);
        string uploadId = (await Client.InitiateMultipartUploadAsync(start)).UploadId;
        List<PartETag> parts = [];
        foreach ((int number, long first, long last) in new[] { (1, 10L, 150_000L), (2, 150_001L, bytes.Length - 1L) })
        {
            CopyPartRequest part = new()
            {
                SourceBucket = Bucket, SourceKey = "k", DestinationBucket = Bucket, DestinationKey = "copy", UploadId = uploadId,
                PartNumber = number, FirstByte = first, LastByte = last,
            };
            part.Encrypt(from, to);
            parts.Add(new PartETag(number, (await Client.CopyPartAsync(part)).ETag));
        }
        await Client.CompleteMultipartUploadAsync(
            new CompleteMultipartUploadRequest { BucketName = Bucket, Key = "copy", UploadId = uploadId, PartETags = parts });

        Assert.That(await GetBytesAsync("copy", to), Is.EqualTo(bytes[10..]));
    }

    [Test]
    public async Task Versions_OfDifferentKinds_AreReadEachWithItsOwn()
    {
        await EnableVersioningAsync();
        string[] ids = new string[6];
        foreach (EncryptionKind kind in Enum.GetValues<EncryptionKind>())
            ids[(int)kind] = (await PutBytesAsync("k", Encoding.UTF8.GetBytes(kind.ToString()), kind)).VersionId;

        foreach (EncryptionKind kind in Enum.GetValues<EncryptionKind>())
            Assert.That(Encoding.UTF8.GetString(await GetBytesAsync("k", kind, versionId: ids[(int)kind])), Is.EqualTo(kind.ToString()));
    }

    [Test]
    public async Task GetObject_WithTheHeaderOfAWrite_IsRefused([Values("GET", "HEAD")] string method)
    {
        await PutAsync("k", "x");

        (int status, string body) = await SendAsync(
            new HttpMethod(method), $"/{Bucket}/k", headers: ("x-amz-server-side-encryption", "AES256"));

        Assert.That(status, Is.EqualTo(400));
        if (method == "GET") Assert.That(body, Does.Contain("header is not supported for this operation"));
    }

    private static string? MethodOf(EncryptionKind kind) => kind switch
    {
        EncryptionKind.None or EncryptionKind.S3 => "AES256",
        EncryptionKind.Kms => "aws:kms",
        EncryptionKind.TwoLayers => "aws:kms:dsse",
        _ => null,
    };

    private Task<PutObjectResponse> PutBytesAsync(string key, byte[] bytes, EncryptionKind kind)
    {
        PutObjectRequest request = new() { BucketName = Bucket, Key = key, InputStream = new MemoryStream(bytes) };
        request.Encrypt(kind);
        return Client.PutObjectAsync(request);
    }

    private async Task UploadAsync(string key, byte[] bytes, EncryptionKind kind)
    {
        InitiateMultipartUploadRequest start = new() { BucketName = Bucket, Key = key };
        start.Encrypt(kind);
        string uploadId = (await Client.InitiateMultipartUploadAsync(start)).UploadId;
        List<PartETag> parts = [];
        for (int offset = 0; offset < bytes.Length; offset += PartBytes)
        {
            UploadPartRequest part = new()
            {
                BucketName = Bucket, Key = key, UploadId = uploadId, PartNumber = parts.Count + 1,
                InputStream = new MemoryStream(bytes, offset, Math.Min(PartBytes, bytes.Length - offset)),
            };
            part.Encrypt(kind);
            parts.Add(new PartETag(parts.Count + 1, (await Client.UploadPartAsync(part)).ETag));
        }
        await Client.CompleteMultipartUploadAsync(
            new CompleteMultipartUploadRequest { BucketName = Bucket, Key = key, UploadId = uploadId, PartETags = parts });
    }

    private Task<GetObjectMetadataResponse> HeadAsync(string key, EncryptionKind kind)
    {
        GetObjectMetadataRequest request = new() { BucketName = Bucket, Key = key, ChecksumMode = ChecksumMode.ENABLED };
        request.Decrypt(kind);
        return Client.GetObjectMetadataAsync(request);
    }

    private async Task<byte[]> GetBytesAsync(
        string key, EncryptionKind kind, ByteRange? range = null, int? part = null, string? versionId = null)
    {
        GetObjectRequest request = new() { BucketName = Bucket, Key = key, ByteRange = range, VersionId = versionId };
        if (part is { } number) request.PartNumber = number;
        request.Decrypt(kind);
        using GetObjectResponse response = await Client.GetObjectAsync(request);
        Assert.That(response.HttpStatusCode, Is.EqualTo(range is null && part is null ? HttpStatusCode.OK : HttpStatusCode.PartialContent));
        using MemoryStream copy = new();
        await response.ResponseStream.CopyToAsync(copy);
        return copy.ToArray();
    }
}
