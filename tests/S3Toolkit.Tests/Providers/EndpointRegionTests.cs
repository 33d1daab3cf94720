using S3Toolkit.Providers;

namespace S3Toolkit.Tests.Providers;

[TestFixture]
internal sealed class EndpointRegionTests
{
    [TestCase("https://s3.eu-west-1.amazonaws.com", "eu-west-1")]
    [TestCase("https://bucket.s3.eu-west-1.amazonaws.com", "eu-west-1")]
    [TestCase("https://s3.dualstack.eu-west-1.amazonaws.com", "eu-west-1")]
    [TestCase("https://s3-fips.us-gov-west-1.amazonaws.com", "us-gov-west-1")]
    [TestCase("https://s3-ap-southeast-2.amazonaws.com", "ap-southeast-2")]
    [TestCase("https://s3.cn-north-1.amazonaws.com.cn", "cn-north-1")]
    [TestCase("https://bucket.vpce-1a2b.s3.us-west-2.vpce.amazonaws.com", "us-west-2")]
    [TestCase("https://s3.amazonaws.com", "us-east-1")]
    [TestCase("https://s3.us-west-004.backblazeb2.com", "us-west-004")]
    [TestCase("https://s3.eu-central-1.wasabisys.com", "eu-central-1")]
    [TestCase("https://s3.wasabisys.com", "us-east-1")]
    [TestCase("https://storage.googleapis.com", null)]
    [TestCase("https://s3.eu-west-1.example.org", null)]
    [TestCase("http://127.0.0.1:9000", null)]
    public void Find_Host_ReadsItsRegion(string endpoint, string? expected)
    {
        Assert.That(EndpointRegion.Find(new Uri(endpoint)), Is.EqualTo(expected));
    }

    [Test]
    public void Find_NoEndpoint_IsNull() => Assert.That(EndpointRegion.Find(null), Is.Null);
}
