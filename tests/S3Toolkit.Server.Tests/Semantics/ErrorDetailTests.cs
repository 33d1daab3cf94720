using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Semantics;

/// <summary>What errors say beside their code, in AWS's words.</summary>
public sealed class ErrorDetailTests(ServerMode mode) : ServerFixture(mode)
{
    private const string OtherId = "NeverGivenByThisBucket0123456789";

    [TestCase("GET", "versionId=" + OtherId, "Invalid version id specified")]
    [TestCase("DELETE", "versionId=" + OtherId, "Invalid version id specified")]
    [TestCase("GET", "versionId=" + OtherId + "&tagging=", "Invalid version id specified")]
    public async Task Object_VersionIdInABucketThatNeverGaveOne_IsInvalid(string method, string query, string message)
    {
        await PutAsync("k", "x");

        (int status, string body) = await SendAsync(new HttpMethod(method), $"/{Bucket}/k", query);

        Assert.That((status, body.Contains(message)), Is.EqualTo((400, true)), body);
        Assert.That((await SendAsync(HttpMethod.Get, $"/{Bucket}/k", "versionId=null")).Status, Is.EqualTo(200));
    }

    [TestCase(OtherId)]
    [TestCase("short")]
    public async Task DeleteObjects_VersionIdOfNoVersion_IsAnErrorOfItsEntry(string versionId)
    {
        await PutAsync("k", "x");
        DeleteObjectsRequest request = new()
        {
            BucketName = Bucket, Objects = [new KeyVersion { Key = "k", VersionId = versionId }, new KeyVersion { Key = "other" }],
        };

        DeleteObjectsException? error = await Assert.ThrowsAsync<DeleteObjectsException>(() => Client.DeleteObjectsAsync(request));

        Assert.That(error!.Response.DeleteErrors.Select(item => (item.Key, item.Code)), Is.EqualTo(new[] { ("k", "NoSuchVersion") }));
        Assert.That(error.Response.DeletedObjects.Select(item => item.Key), Is.EqualTo(new[] { "other" }));
    }

    [Test]
    public async Task DeleteBucket_WithVersions_SaysThatAllMustGo()
    {
        await PutAsync("k", "x");
        AmazonS3Exception plain = await ErrorOf(() => Client.DeleteBucketAsync(Bucket));
        await EnableVersioningAsync();
        AmazonS3Exception versioned = await ErrorOf(() => Client.DeleteBucketAsync(Bucket));

        Assert.That(plain.Message, Is.EqualTo("The bucket you tried to delete is not empty"));
        Assert.That(versioned.Message,
            Is.EqualTo("The bucket you tried to delete is not empty. You must delete all versions in the bucket."));
    }

    [TestCase("", "1234", 400, "The value of the expected bucket owner parameter must be an AWS Account ID... [1234]")]
    [TestCase("", "1234567890123", 400, "<Code>InvalidBucketOwnerAWSAccountID</Code>")]
    [TestCase("", "", 400, "<Code>InvalidBucketOwnerAWSAccountID</Code>")]
    [TestCase("", "999999999999", 403, "<Code>AccessDenied</Code>")]
    [TestCase("", "a-user-of-this-server", 403, "<Code>AccessDenied</Code>")]
    [TestCase("source-", "1234", 400, "<Code>InvalidBucketOwnerAWSAccountID</Code>")]
    public async Task ExpectedBucketOwner_ThatIsNoAccount_IsInvalid(string which, string owner, int expected, string text)
    {
        await PutAsync("k", "x");

        (int status, string body) = await SendAsync(HttpMethod.Put, $"/{Bucket}/copy", "", "",
            ("x-amz-copy-source", $"{Bucket}/k"), ($"x-amz-{which}expected-bucket-owner", owner));

        Assert.That((status, body.Contains(text)), Is.EqualTo((expected, true)), body);
    }

    [TestCase("no-slash", "Invalid copy source object key")]
    [TestCase("test-bucket/", "Invalid copy source object key")]
    [TestCase("A/k", "Invalid copy source bucket name")]
    [TestCase("test-bucket/%zz", "Invalid copy source encoding")]
    public async Task CopyObject_SourceThatIsNone_SaysWhatIsWrong(string source, string message)
    {
        (int status, string body) = await SendAsync(HttpMethod.Put, $"/{Bucket}/k", "", "", ("x-amz-copy-source", source));

        Assert.That((status, body.Contains($"<Code>InvalidArgument</Code><Message>{message}</Message>")), Is.EqualTo((400, true)), body);
    }

    [TestCase("bytes=5-6", "<Code>InvalidRequest</Code><Message>The specified copy range is invalid for the source object size</Message>")]
    [TestCase("bytes=0-5", "<Message>Range specified is not valid for source object of size: 5</Message>")]
    public async Task UploadPartCopy_RangeBehindTheEnd_IsRefused(string range, string text)
    {
        await PutAsync("source", "12345");
        string uploadId = (await Client.InitiateMultipartUploadAsync(Bucket, "k")).UploadId;

        (int status, string body) = await SendAsync(HttpMethod.Put, $"/{Bucket}/k", $"partNumber=1&uploadId={uploadId}", "",
            ("x-amz-copy-source", $"{Bucket}/source"), ("x-amz-copy-source-range", range));

        Assert.That((status, body.Contains(text)), Is.EqualTo((400, true)), body);
    }

    [Test]
    public async Task PutObject_UnknownStorageClass_IsTold()
    {
        (_, string body) = await SendAsync(HttpMethod.Put, $"/{Bucket}/k", "", "x", ("x-amz-storage-class", "WARM"));

        Assert.That(body, Does.Contain("<Code>InvalidStorageClass</Code>")
            .And.Contain("<StorageClassRequested>WARM</StorageClassRequested>"));
    }

    [TestCase("us-east-1", "eu-west-1", "<TargetBucketLocation>eu-west-1</TargetBucketLocation>")]
    [TestCase("eu-west-1", "us-east-1",
        "<SourceBucketLocation>eu-west-1</SourceBucketLocation><TargetBucketLocation>us-east-1</TargetBucketLocation>")]
    public async Task PutBucketLogging_ToAnotherRegion_NamesTheRegions(string source, string target, string text)
    {
        await Client.PutBucketAsync(new PutBucketRequest { BucketName = "source-bucket", BucketRegionName = source });
        await Client.PutBucketAsync(new PutBucketRequest { BucketName = "target-bucket", BucketRegionName = target });

        (int status, string body) = await SendAsync(HttpMethod.Put, "/source-bucket", "logging=",
            "<BucketLoggingStatus><LoggingEnabled><TargetBucket>target-bucket</TargetBucket><TargetPrefix/></LoggingEnabled>"
            + "</BucketLoggingStatus>");

        Assert.That((status, body.Contains(text)), Is.EqualTo((403, true)), body);
        if (source == "us-east-1") Assert.That(body, Does.Not.Contain("SourceBucketLocation"));
    }

    [TestCase("max-buckets=0", "Argument max-buckets must be an integer between 1 and 10000")]
    [TestCase("max-buckets=10001", "Argument max-buckets must be an integer between 1 and 10000")]
    public async Task ListBuckets_PageSizeOutOfRange_NamesTheRange(string query, string message)
    {
        (int status, string body) = await SendAsync(HttpMethod.Get, "/", query);

        Assert.That((status, body.Contains(message)), Is.EqualTo((400, true)), body);
    }

    [Test]
    public async Task PutBucketMetricsConfiguration_Done_HasNoContent() => Assert.That(
        (await SendAsync(HttpMethod.Put, $"/{Bucket}", "id=a&metrics=", "<MetricsConfiguration><Id>a</Id></MetricsConfiguration>")).Status,
        Is.EqualTo((int)HttpStatusCode.NoContent));
}
