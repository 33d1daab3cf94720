using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Checksums;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Semantics;

public sealed class CopyTests(ServerMode mode) : ServerFixture(mode)
{
    [Test]
    public async Task CopyObject_OddKey_CarriesBytesMetadataAndTags()
    {
        const string key = "dir/ä +%41 😀.txt";
        await PutAsync(key, "body", request =>
        {
            request.Metadata["m"] = "1";
            request.TagSet = [new Tag { Key = "t", Value = "v" }];
        });

        await Client.CopyObjectAsync(Bucket, key, Bucket, "copy");

        Assert.That(await ReadAsync("copy"), Is.EqualTo("body"));
        GetObjectMetadataResponse head = await Client.GetObjectMetadataAsync(Bucket, "copy");
        Assert.That((head.Metadata["m"], head.Headers.ContentType), Is.EqualTo(("1", "text/plain")));
        GetObjectTaggingResponse tags = await Client.GetObjectTaggingAsync(
            new GetObjectTaggingRequest { BucketName = Bucket, Key = "copy" });
        Assert.That(tags.Tagging.Single().Value, Is.EqualTo("v"));
    }

    [Test]
    public async Task CopyObject_ReplaceMetadata_TakesTheRequests()
    {
        await PutAsync("k", "body", request => request.Metadata["old"] = "1");
        CopyObjectRequest request = new()
        {
            SourceBucket = Bucket, SourceKey = "k", DestinationBucket = Bucket, DestinationKey = "k",
            MetadataDirective = S3MetadataDirective.REPLACE, ContentType = "text/new",
        };
        request.Metadata["new"] = "2";

        await Client.CopyObjectAsync(request);

        GetObjectMetadataResponse head = await Client.GetObjectMetadataAsync(Bucket, "k");
        Assert.That(head.Metadata.Keys, Is.EqualTo(new[] { "x-amz-meta-new" }));
        Assert.That(head.Headers.ContentType, Is.EqualTo("text/new"));
    }

    [Test]
    public async Task CopyObject_OntoItselfUnchanged_IsIllegal()
    {
        await PutAsync("k", "body");

        AmazonS3Exception error = await ErrorOf(() => Client.CopyObjectAsync(Bucket, "k", Bucket, "k"));

        Assert.That(error.ErrorCode, Is.EqualTo("InvalidRequest"));
    }

    [Test]
    public async Task CopyObject_OldVersion_RestoresIt()
    {
        await EnableVersioningAsync();
        string first = (await PutAsync("k", "1")).VersionId;
        await PutAsync("k", "2");

        await Client.CopyObjectAsync(Bucket, "k", first, Bucket, "k");

        Assert.That(await ReadAsync("k"), Is.EqualTo("1"));
    }

    [Test]
    public async Task CopyObject_DeleteMarker_IsNoSource()
    {
        await EnableVersioningAsync();
        await PutAsync("k", "1");
        string marker = (await Client.DeleteObjectAsync(Bucket, "k")).VersionId;

        AmazonS3Exception byVersion = await ErrorOf(() => Client.CopyObjectAsync(Bucket, "k", marker, Bucket, "copy"));
        AmazonS3Exception byKey = await ErrorOf(() => Client.CopyObjectAsync(Bucket, "k", Bucket, "copy"));

        Assert.That((byVersion.StatusCode, byVersion.ErrorCode), Is.EqualTo((HttpStatusCode.BadRequest, "InvalidRequest")));
        Assert.That(byVersion.Message, Does.Contain("may not specifically refer to a delete marker by version id"));
        Assert.That(byKey.ErrorCode, Is.EqualTo("NoSuchKey"));
    }

    [TestCase(null, "CRC32")]
    [TestCase("SHA256", "SHA256")]
    public async Task CopyObject_AnyChecksum_KeepsETagAndHasTheRightOne(string? asked, string expected)
    {
        byte[] bytes = Bytes(100_000);
        PutObjectResponse put = await Client.PutObjectAsync(
            new PutObjectRequest { BucketName = Bucket, Key = "k", InputStream = new MemoryStream(bytes) });

        await Client.CopyObjectAsync(new CopyObjectRequest
        {
            SourceBucket = Bucket, SourceKey = "k", DestinationBucket = Bucket, DestinationKey = "copy",
            ChecksumAlgorithm = asked is null ? null : new ChecksumAlgorithm(asked),
        });
        await PutAsync("k", "the source changes");

        using GetObjectResponse copy = await Client.GetObjectAsync(
            new GetObjectRequest { BucketName = Bucket, Key = "copy", ChecksumMode = ChecksumMode.ENABLED });
        using MemoryStream read = new();
        await copy.ResponseStream.CopyToAsync(read);
        Assert.That(read.ToArray(), Is.EqualTo(bytes));
        Assert.That(copy.ETag, Is.EqualTo(put.ETag));
        Assert.That(expected == "CRC32" ? copy.ChecksumCRC32 : copy.ChecksumSHA256, Is.EqualTo(IncrementalChecksum.ComputeBase64(
            expected == "CRC32" ? ChecksumFunction.Crc32 : ChecksumFunction.Sha256, bytes)));
    }

    [Test]
    public async Task CopyObject_SourceConditionFails_CopiesNothing()
    {
        await PutAsync("k", "body");
        CopyObjectRequest request = new()
        {
            SourceBucket = Bucket, SourceKey = "k", DestinationBucket = Bucket, DestinationKey = "copy", ETagToMatch = "\"0\"",
        };

        Assert.That((await ErrorOf(() => Client.CopyObjectAsync(request))).ErrorCode, Is.EqualTo("PreconditionFailed"));
        Assert.That((await ErrorOf(() => ReadAsync("copy"))).ErrorCode, Is.EqualTo("NoSuchKey"));
    }

    [Test]
    public async Task CopyObject_DestinationExists_IsRefusedWhenOnlyIfAbsent()
    {
        await PutAsync("k", "body");
        await PutAsync("copy", "there");
        CopyObjectRequest request = new()
        {
            SourceBucket = Bucket, SourceKey = "k", DestinationBucket = Bucket, DestinationKey = "copy", IfNoneMatch = "*",
        };

        Assert.That((await ErrorOf(() => Client.CopyObjectAsync(request))).ErrorCode, Is.EqualTo("PreconditionFailed"));
        Assert.That(await ReadAsync("copy"), Is.EqualTo("there"));
    }

    [Test]
    public async Task CopyObject_IntoASuspendedBucket_TellsTheNullVersion()
    {
        await PutAsync("k", "body");
        await EnableVersioningAsync("Suspended");

        Assert.That((await Client.CopyObjectAsync(Bucket, "k", Bucket, "copy")).VersionId, Is.EqualTo("null"));
        Assert.That((await PutAsync("k", "body")).VersionId, Is.Null, "unlike a PUT");
    }

    [Test]
    public async Task CopyObject_OntoItself_IsAChangeWhenTheBucketSaysHowItEncrypts()
    {
        await PutAsync("k", "body");
        AmazonS3Exception before = await ErrorOf(() => Client.CopyObjectAsync(Bucket, "k", Bucket, "k"));
        await Client.PutBucketEncryptionAsync(new PutBucketEncryptionRequest
        {
            BucketName = Bucket,
            ServerSideEncryptionConfiguration = new ServerSideEncryptionConfiguration
            {
                ServerSideEncryptionRules =
                [
                    new ServerSideEncryptionRule
                    {
                        ServerSideEncryptionByDefault = new ServerSideEncryptionByDefault
                        {
                            ServerSideEncryptionAlgorithm = ServerSideEncryptionMethod.AES256,
                        },
                    },
                ],
            },
        });

        await Client.CopyObjectAsync(Bucket, "k", Bucket, "k");

        Assert.That(before.ErrorCode, Is.EqualTo("InvalidRequest"));
        Assert.That(await ReadAsync("k"), Is.EqualTo("body"));
    }

    [Test]
    public async Task CopyObject_OntoItself_IsAChangeOfWhatWasRestored()
    {
        await PutAsync("k", "body", request => request.StorageClass = S3StorageClass.Glacier);
        await Client.RestoreObjectAsync(new RestoreObjectRequest { BucketName = Bucket, Key = "k", Days = 1 });

        await Client.CopyObjectAsync(Bucket, "k", Bucket, "k");

        Assert.That((await Client.GetObjectMetadataAsync(Bucket, "k")).StorageClass, Is.Null, "STANDARD again");
    }
}
