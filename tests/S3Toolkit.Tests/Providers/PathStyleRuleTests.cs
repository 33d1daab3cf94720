using S3Toolkit.Providers;

namespace S3Toolkit.Tests.Providers;

[TestFixture]
internal sealed class PathStyleRuleTests
{
    [TestCase("https://s3.eu-west-1.amazonaws.com", "photos", false)]
    [TestCase("https://s3.eu-west-1.amazonaws.com", "photos.example.com", true, Description = "the wildcard certificate covers one label")]
    [TestCase("http://s3.eu-west-1.amazonaws.com", "photos.example.com", false)]
    [TestCase("https://s3.us-east-1.amazonaws.com", "Old_Bucket", true)]
    [TestCase("https://s3.us-east-1.amazonaws.com", null, false)]
    [TestCase("http://127.0.0.1:9000", "photos", true)]
    [TestCase("http://[::1]:9000", "photos", true)]
    [TestCase("http://localhost:9000", "photos", true)]
    [TestCase("http://s3.localhost:9000", "photos", true)]
    [TestCase("http://minio:9000", "photos", true)]
    public void Auto_OnAmazonsProfile_FollowsHostAndBucket(string endpoint, string? bucketName, bool expected)
    {
        bool actual = PathStyleRule.UsesPathStyle(S3AddressingStyle.Auto, S3ProviderProfiles.Aws, new Uri(endpoint), bucketName);

        Assert.That(actual, Is.EqualTo(expected));
    }

    [Test]
    public void Auto_NoEndpoint_IsHostStyleExceptForDots()
    {
        Assert.That(PathStyleRule.UsesPathStyle(S3AddressingStyle.Auto, S3ProviderProfiles.Aws, null, "photos"), Is.False);
        Assert.That(PathStyleRule.UsesPathStyle(S3AddressingStyle.Auto, S3ProviderProfiles.Aws, null, "photos.eu"), Is.True);
    }

    [Test]
    public void Auto_UnknownHost_IsPathStyle()
    {
        var endpoint = new Uri("https://s3.example.org");

        Assert.That(PathStyleRule.UsesPathStyle(S3AddressingStyle.Auto, S3ProviderProfiles.Detect(endpoint), endpoint, "photos"), Is.True);
    }

    [Test]
    public void Chosen_AlwaysOrNever_Wins()
    {
        var endpoint = new Uri("https://minio.example.org");

        Assert.That(PathStyleRule.UsesPathStyle(S3AddressingStyle.Never, S3ProviderProfiles.MinIO, endpoint, "photos"), Is.False);
        Assert.That(PathStyleRule.UsesPathStyle(S3AddressingStyle.Always, S3ProviderProfiles.Aws, null, "photos"), Is.True);
    }
}
