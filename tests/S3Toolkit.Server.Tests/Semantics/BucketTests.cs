using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Semantics;

public sealed class BucketTests(ServerMode mode) : ServerFixture(mode)
{
    [Test]
    public async Task PutBucket_WithRegionAndLock_KeepsBoth()
    {
        await Client.PutBucketAsync(new PutBucketRequest
        {
            BucketName = "eu-bucket", BucketRegionName = "eu-west-1", ObjectLockEnabledForBucket = true,
        });

        Assert.That((await Client.GetBucketLocationAsync("eu-bucket")).Location.Value, Is.EqualTo("eu-west-1"));
        Assert.That((await Client.GetBucketVersioningAsync("eu-bucket")).VersioningConfig.Status.Value, Is.EqualTo("Enabled"));
        HeadBucketResponse head = await Client.HeadBucketAsync(new HeadBucketRequest { BucketName = "eu-bucket" });
        Assert.That(head.BucketRegion, Is.EqualTo("eu-west-1"));
    }

    [Test]
    public async Task PutBucket_Again_SucceedsInUsEast1Only()
    {
        await Client.PutBucketAsync(Bucket);
        PutBucketRequest elsewhere = new() { BucketName = "eu-bucket", BucketRegionName = "eu-west-1" };
        await Client.PutBucketAsync(elsewhere);

        Assert.That((await ErrorOf(() => Client.PutBucketAsync(elsewhere))).ErrorCode, Is.EqualTo("BucketAlreadyOwnedByYou"));
    }

    [TestCase("ab")]
    [TestCase("Upper")]
    [TestCase("under_score")]
    [TestCase("192.168.0.1")]
    [TestCase("a..b")]
    [TestCase("xn--abc")]
    [TestCase("name-s3alias")]
    public async Task PutBucket_InvalidName_IsRefused(string name) =>
        Assert.That((await ErrorOf(() => Client.PutBucketAsync(name))).ErrorCode, Is.EqualTo("InvalidBucketName"));

    [Test]
    public async Task ListBuckets_PagedWithPrefixAndRegion_GivesTheRightOnes()
    {
        foreach (string name in new[] { "page-c", "page-a", "page-b" }) await Client.PutBucketAsync(name);
        await Client.PutBucketAsync(new PutBucketRequest { BucketName = "page-eu", BucketRegionName = "eu-west-1" });

        ListBucketsResponse first = await Client.ListBucketsAsync(new ListBucketsRequest { Prefix = "page-", MaxBuckets = 2 });
        ListBucketsResponse second = await Client.ListBucketsAsync(
            new ListBucketsRequest { Prefix = "page-", MaxBuckets = 2, ContinuationToken = first.ContinuationToken });
        ListBucketsResponse european = await Client.ListBucketsAsync(new ListBucketsRequest { BucketRegion = "eu-west-1" });

        Assert.That(first.Buckets.Select(bucket => bucket.BucketName), Is.EqualTo(new[] { "page-a", "page-b" }));
        Assert.That(second.Buckets.Select(bucket => bucket.BucketName), Is.EqualTo(new[] { "page-c", "page-eu" }));
        Assert.That(second.ContinuationToken, Is.Null);
        Assert.That(european.Buckets.Single().BucketRegion, Is.EqualTo("eu-west-1"));
    }

    [Test]
    public async Task DeleteBucket_WithObjects_IsRefusedUntilEmpty()
    {
        await PutAsync("k", "x");
        Assert.That((await ErrorOf(() => Client.DeleteBucketAsync(Bucket))).ErrorCode, Is.EqualTo("BucketNotEmpty"));

        await Client.DeleteObjectAsync(Bucket, "k");
        await Client.DeleteBucketAsync(Bucket);

        Assert.That((await ErrorOf(() => Client.ListObjectsV2Async(new() { BucketName = Bucket }))).ErrorCode, Is.EqualTo("NoSuchBucket"));
    }

    [Test]
    public async Task BucketTagging_PutGetDelete_RoundTrips()
    {
        await Client.PutBucketTaggingAsync(new PutBucketTaggingRequest
        {
            BucketName = Bucket, TagSet = [new Tag { Key = "team", Value = "a b/é" }],
        });
        GetBucketTaggingResponse tags = await Client.GetBucketTaggingAsync(new GetBucketTaggingRequest { BucketName = Bucket });
        Assert.That(tags.TagSet.Single().Value, Is.EqualTo("a b/é"));

        await Client.DeleteBucketTaggingAsync(Bucket);

        AmazonS3Exception error = await ErrorOf(() => Client.GetBucketTaggingAsync(new GetBucketTaggingRequest { BucketName = Bucket }));
        Assert.That(error.ErrorCode, Is.EqualTo("NoSuchTagSet"));
    }

    [Test]
    public async Task UnsupportedSubresource_Get_IsNotImplementedByName()
    {
        AmazonS3Exception error = await ErrorOf(() => Client.GetBucketPolicyAsync(Bucket));

        Assert.That(error.ErrorCode, Is.EqualTo("NotImplemented"));
        Assert.That(error.Message, Does.Contain("GetBucketPolicy"));
        Assert.That(Server.Requests.Snapshot()[^1].Operation, Is.EqualTo("GetBucketPolicy"));
    }

    [Test]
    public async Task ExpectedBucketOwner_OfSomebodyElse_IsDenied()
    {
        ListObjectsV2Request request = new() { BucketName = Bucket, ExpectedBucketOwner = "999999999999" };

        Assert.That((await ErrorOf(() => Client.ListObjectsV2Async(request))).ErrorCode, Is.EqualTo("AccessDenied"));
    }
}
