using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Access;

public sealed class PublicAccessBlockTests(ServerMode mode) : PolicyFixture(mode)
{
    private const string Sam = "{\"AWS\":\"" + StrangerAccount + "\"}";

    [Test]
    public async Task GetPublicAccessBlock_OfANewBucket_HasAllFour()
    {
        await Client.PutBucketAsync("new-bucket");

        PublicAccessBlockConfiguration block = (await Client.GetPublicAccessBlockAsync(new() { BucketName = "new-bucket" }))
            .PublicAccessBlockConfiguration;

        Assert.That(
            (block.BlockPublicAcls, block.IgnorePublicAcls, block.BlockPublicPolicy, block.RestrictPublicBuckets),
            Is.EqualTo(((bool?)true, (bool?)true, (bool?)true, (bool?)true)));
    }

    [Test]
    public async Task PublicAccessBlock_PutGetDelete_RoundTrips()
    {
        await PutBlockAsync("<IgnorePublicAcls>TRUE</IgnorePublicAcls><BlockPublicPolicy>false</BlockPublicPolicy>");
        PublicAccessBlockConfiguration block = (await Client.GetPublicAccessBlockAsync(new() { BucketName = Bucket }))
            .PublicAccessBlockConfiguration;
        Assert.That(
            (block.BlockPublicAcls, block.IgnorePublicAcls, block.BlockPublicPolicy, block.RestrictPublicBuckets),
            Is.EqualTo(((bool?)false, (bool?)true, (bool?)false, (bool?)false)));

        await Client.DeletePublicAccessBlockAsync(new() { BucketName = Bucket });

        AmazonS3Exception error = await ErrorOf(() => Client.GetPublicAccessBlockAsync(new() { BucketName = Bucket }));
        Assert.That((error.ErrorCode, (int)error.StatusCode), Is.EqualTo(("NoSuchPublicAccessBlockConfiguration", 404)));
        Assert.That(await CallAsync("owner", "PUT", "?publicAccessBlock", Block("<BlockPublicAcls>yes</BlockPublicAcls>")),
            Is.EqualTo("MalformedXML"));
    }

    [Test]
    public async Task BlockPublicPolicy_PublicPolicy_IsRefused()
    {
        await PutBlockAsync("<BlockPublicPolicy>true</BlockPublicPolicy>");

        AmazonS3Exception error = await ErrorOf(() => PutPolicyAsync(Statement("Allow", "GetObject")));
        await PutPolicyAsync(Statement("Allow", "GetObject", Sam));

        Assert.That((error.ErrorCode, (int)error.StatusCode), Is.EqualTo(("AccessDenied", 403)));
        Assert.That(error.Message, Does.Contain("arn:aws:iam::111122223333:user/olga").And.Contain("BlockPublicPolicy"));
    }

    [Test]
    public async Task RestrictPublicBuckets_PublicPolicy_ServesTheOwnersAccountAlone()
    {
        await PutAsync("k", "x");
        // The first is public, and cuts the second off as well.
        await PutPolicyAsync(Statement("Allow", "GetObject"), Statement("Allow", "PutObject", Sam));
        await PutBlockAsync("<RestrictPublicBuckets>true</RestrictPublicBuckets>");

        Assert.That(await CallAsync("anonymous", "GET", "/k"), Is.EqualTo(Denied));
        Assert.That(await CallAsync("stranger", "PUT", "/k"), Is.EqualTo(Denied));
        Assert.That(await CallAsync("owner", "GET", "/k"), Is.EqualTo("200"));

        await PutPolicyAsync(Statement("Allow", "PutObject", Sam));

        Assert.That(await CallAsync("stranger", "PUT", "/k"), Is.EqualTo("200"));
    }

    [Test]
    public async Task GetBucketPolicyStatus_TellsWhetherThePolicyIsPublic()
    {
        await PutPolicyAsync(Statement("Allow", "GetObject"));
        GetBucketPolicyStatusResponse open = await Client.GetBucketPolicyStatusAsync(new() { BucketName = Bucket });
        await PutPolicyAsync(Statement("Allow", "GetObject", condition: """{"IpAddress":{"aws:SourceIp":"192.0.2.0/24"}}"""));
        GetBucketPolicyStatusResponse closed = await Client.GetBucketPolicyStatusAsync(new() { BucketName = Bucket });

        Assert.That((open.PolicyStatus.IsPublic, closed.PolicyStatus.IsPublic), Is.EqualTo(((bool?)true, (bool?)false)));
    }

    private async Task PutBlockAsync(string content) =>
        Assert.That(await CallAsync("owner", "PUT", "?publicAccessBlock", Block(content)), Is.EqualTo("200"));

    private static string Block(string content) =>
        $"<PublicAccessBlockConfiguration>{content}</PublicAccessBlockConfiguration>";
}
