using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Semantics;

public sealed class StrictRegionTests(ServerMode mode) : ServerFixture(mode)
{
    protected override void Configure(S3ServerOptions options) => options.StrictRegions = true;

    [Test]
    public async Task Request_FromTheServersRegion_IsRedirectedToTheBuckets()
    {
        await Client.PutBucketAsync(new PutBucketRequest { BucketName = "eu-bucket", BucketRegionName = "eu-west-1" });

        AmazonS3Exception error = await ErrorOf(() => Client.ListObjectsV2Async(new() { BucketName = "eu-bucket" }));

        Assert.That((error.StatusCode, error.ErrorCode), Is.EqualTo((HttpStatusCode.MovedPermanently, "PermanentRedirect")));
    }

    [Test]
    public async Task Request_SignedForAThirdRegion_NamesTheRightOne()
    {
        using AmazonS3Client elsewhere = CreateClient(configure: config => config.AuthenticationRegion = "ap-south-1");

        AmazonS3Exception error = await ErrorOf(() => elsewhere.ListObjectsV2Async(new() { BucketName = Bucket }));

        Assert.That(error.ErrorCode, Is.EqualTo("AuthorizationHeaderMalformed"));
        Assert.That(error.Message, Does.Contain("'us-east-1'"));
    }
}
