using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Website;

namespace S3Toolkit.Server.Tests.Website;

public sealed class WebsiteTargetTests
{
    [TestCase("127.0.0.1:8080", "/bucket/a/b.html", "bucket", "a/b.html", "/bucket/")]
    [TestCase("127.0.0.1", "/bucket/", "bucket", "", "/bucket/")]
    [TestCase("127.0.0.1", "/bucket", "bucket", "", "/bucket/")]
    [TestCase("127.0.0.1", "/", "", "", "//")]
    [TestCase("[::1]:8080", "/bucket/k", "bucket", "k", "/bucket/")]
    [TestCase("localhost:8080", "/bucket/k", "bucket", "k", "/bucket/")]
    [TestCase("my.bucket.localhost:8080", "/k", "my.bucket", "k", "/")]
    [TestCase("bucket.LOCALHOST", "/", "bucket", "", "/")]
    [TestCase("bucket.s3-website-eu-west-1.amazonaws.com", "/a%20b", "bucket", "a b", "/")]
    [TestCase("my.bucket.s3-website.eu-central-1.amazonaws.com", "/k/", "my.bucket", "k/", "/")]
    [TestCase("bucket.s3-website.localhost", "/k", "bucket", "k", "/")]
    [TestCase("s3-website.eu-central-1.amazonaws.com", "/bucket/k", "bucket", "k", "/bucket/")]
    [TestCase("www.example.com", "/k", "www.example.com", "k", "/")]
    [TestCase("", "/bucket//k", "bucket", "/k", "/bucket/")]
    public void Parse_HostAndPath_NameTheBucket(string host, string path, string bucket, string key, string root)
    {
        WebsiteTarget target = WebsiteTarget.Parse(host, path, ["localhost"]);

        Assert.That((target.BucketName, target.Key, target.Root), Is.EqualTo((bucket, key, root)));
    }

    [Test]
    public void Parse_NoUtf8_IsRefused() =>
        Assert.That(() => WebsiteTarget.Parse("bucket.localhost", "/%ff", ["localhost"]), Throws.TypeOf<S3ErrorException>());
}
