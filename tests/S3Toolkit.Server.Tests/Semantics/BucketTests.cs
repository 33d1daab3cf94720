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

        // The SDK asks for this region by its old name, and S3 gives back the name that it was asked by.
        Assert.That((await Client.GetBucketLocationAsync("eu-bucket")).Location.Value, Is.EqualTo("EU"));
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

    [TestCase("123")]
    [TestCase("20240101")]
    [TestCase("0xdeadbeef")]
    [TestCase("1.2")]
    [TestCase("0x10.1.2.3")]
    [TestCase("1.2.3.4.5")]
    public async Task PutBucket_NumbersThatAreNoAddress_AreNames(string name)
    {
        await Client.PutBucketAsync(name);

        Assert.That((await Client.ListBucketsAsync()).Buckets.Select(bucket => bucket.BucketName), Does.Contain(name));
    }

    [TestCase("x-amz-acl", "public-read", 400, "InvalidBucketAclWithObjectOwnership")]
    [TestCase("x-amz-grant-read", "id=somebody", 400, "InvalidBucketAclWithObjectOwnership")]
    [TestCase("x-amz-object-ownership", "Nobody", 400, "InvalidArgument")]
    [TestCase("x-amz-acl", "private", 200, "")]
    [TestCase("x-amz-object-ownership", "BucketOwnerEnforced", 200, "")]
    public async Task PutBucket_AccessForOthers_IsRefused(string header, string value, int status, string code)
    {
        (int actual, string body) = await SendAsync(HttpMethod.Put, "/acl-bucket", "", "", (header, value));

        Assert.That(actual, Is.EqualTo(status), body);
        Assert.That(body, Does.Contain(code));
    }

    [Test]
    public async Task PutBucket_WithThePrivateList_TakesListsFromThenOn()
    {
        await Client.PutBucketAsync(new PutBucketRequest { BucketName = "with-lists", CannedACL = S3CannedACL.Private });
        await Client.PutObjectAsync(new PutObjectRequest { BucketName = "with-lists", Key = "k", CannedACL = S3CannedACL.Private });

        GetBucketOwnershipControlsResponse response = await Client.GetBucketOwnershipControlsAsync(
            new GetBucketOwnershipControlsRequest { BucketName = "with-lists" });
        Assert.That(response.OwnershipControls.Rules.Single().ObjectOwnership, Is.EqualTo(ObjectOwnership.BucketOwnerPreferred));
    }

    [TestCase("0")]
    [TestCase("-1")]
    [TestCase("x")]
    [TestCase("10001")]
    [TestCase("99999999999")]
    public async Task ListBuckets_PageThatIsNone_IsRefused(string maxBuckets)
    {
        (int status, string body) = await SendAsync(HttpMethod.Get, "/", "max-buckets=" + maxBuckets);

        Assert.That((status, body.Contains("<Code>InvalidArgument</Code>")), Is.EqualTo((400, true)), body);
    }

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

    [TestCase("continuation-token=x")]
    [TestCase("continuation-token=1%25")]
    [TestCase("bucket-region=Mars%20North")]
    public async Task ListBuckets_WrongParameter_IsRefused(string query)
    {
        (int status, string body) = await SendAsync(HttpMethod.Get, "/", query);

        Assert.That((status, body.Contains("<Code>InvalidArgument</Code>")), Is.EqualTo((400, true)), body);
    }

    [Test]
    public async Task ListBuckets_AnyPagingParameter_TellsTheRegions()
    {
        Assert.That((await SendAsync(HttpMethod.Get, "/")).Body, Does.Contain($"<Name>{Bucket}</Name>").And.Not.Contain("BucketRegion"));
        foreach (string query in new[] { "prefix=", "max-buckets=10000", "continuation-token=", "bucket-region=us-east-1" })
        {
            (int status, string body) = await SendAsync(HttpMethod.Get, "/", query);
            Assert.That(status, Is.EqualTo(200), body);
            Assert.That(body, Does.Contain("<BucketRegion>us-east-1</BucketRegion>"), query);
        }
        Assert.That((await SendAsync(HttpMethod.Get, "/", "bucket-region=eu-west-1")).Body, Does.Not.Contain("<Bucket>"));
    }

    [Test]
    public async Task GetBucketLocation_ByTheOldNameOfEurope_GivesThatName()
    {
        await SendAsync(
            HttpMethod.Put, "/eu-bucket", "",
            "<CreateBucketConfiguration><LocationConstraint>EU</LocationConstraint></CreateBucketConfiguration>");

        Assert.That((await SendAsync(HttpMethod.Get, "/eu-bucket", "location=")).Body, Does.Contain(">EU</LocationConstraint>"));
        HeadBucketResponse head = await Client.HeadBucketAsync(new HeadBucketRequest { BucketName = "eu-bucket" });
        Assert.That(head.BucketRegion, Is.EqualTo("eu-west-1"));
    }

    [Test]
    public async Task HeadBucket_Forbidden_TellsTheRegion()
    {
        await Client.PutBucketAsync(new PutBucketRequest { BucketName = "eu-bucket", BucketRegionName = "eu-west-1" });
        using HttpClient http = CreateHttpClient();

        HttpResponseMessage forbidden = await http.SendPlainAsync(Server, HttpMethod.Head, "/eu-bucket");
        HttpResponseMessage missing = await http.SendPlainAsync(Server, HttpMethod.Head, "/no-such-bucket");

        Assert.That(((int)forbidden.StatusCode, forbidden.HeaderOf("x-amz-bucket-region")), Is.EqualTo((403, "eu-west-1")));
        Assert.That(((int)missing.StatusCode, missing.HeaderOf("x-amz-bucket-region")), Is.EqualTo((404, (string?)null)));
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
        (int status, string body) = await SendAsync(HttpMethod.Get, "/" + Bucket, "metadataTable");

        Assert.That(status, Is.EqualTo(501));
        Assert.That(body, Does.Contain("<Code>NotImplemented</Code>").And.Contain("GetBucketMetadataTableConfiguration"));
        Assert.That(Server.Requests.Snapshot()[^1].Operation, Is.EqualTo("GetBucketMetadataTableConfiguration"));
    }

    [Test]
    public async Task ExpectedBucketOwner_OfSomebodyElse_IsDenied()
    {
        ListObjectsV2Request request = new() { BucketName = Bucket, ExpectedBucketOwner = "999999999999" };

        Assert.That((await ErrorOf(() => Client.ListObjectsV2Async(request))).ErrorCode, Is.EqualTo("AccessDenied"));
    }
}
