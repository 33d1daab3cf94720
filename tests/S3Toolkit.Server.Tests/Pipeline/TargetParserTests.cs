using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Tests.Pipeline;

public sealed class TargetParserTests
{
    private static readonly string[] Domains = ["localhost", "s3.internal", "s3-own.localhost"];

    [TestCase("127.0.0.1:9000", "/", "", "")]
    [TestCase("127.0.0.1:9000", "/b", "b", "")]
    [TestCase("127.0.0.1:9000", "/b/", "b", "")]
    [TestCase("127.0.0.1:9000", "/b/a//b", "b", "a//b")]
    [TestCase("127.0.0.1:9000", "/b//a", "b", "/a")]
    [TestCase("127.0.0.1:9000", "/b/./a", "b", "./a")]
    [TestCase("127.0.0.1:9000", "/b/a/../b", "b", "a/../b")]
    [TestCase("127.0.0.1:9000", "/b/%25+%2B%20", "b", "%++ ")]
    [TestCase("127.0.0.1:9000", "/b/%C3%A9%F0%9F%98%80", "b", "é😀")]
    [TestCase("localhost:9000", "/b/k", "b", "k")]
    [TestCase("[::1]:9000", "/b/k", "b", "k")]
    [TestCase("s3.eu-west-1.example.com", "/b/k", "b", "k")]
    [TestCase("s3.internal", "/b/k", "b", "k")]
    [TestCase("b.localhost:9000", "/k", "b", "k")]
    [TestCase("b.localhost:9000", "/", "b", "")]
    [TestCase("my.dotted.bucket.localhost", "/a/b", "my.dotted.bucket", "a/b")]
    [TestCase("b.s3.eu-west-1.example.com", "//k", "b", "/k")]
    [TestCase("my.s3-bucket.localhost", "/k", "my.s3-bucket", "k")]
    [TestCase("b.s3-eu-west-1.amazonaws.com", "/k", "b", "k")]
    [TestCase("my.s3-bucket.s3.eu-west-1.amazonaws.com", "/k", "my.s3-bucket", "k")]
    [TestCase("s3-own.localhost", "/b/k", "b", "k")]
    [TestCase("b.c.s3-own.localhost", "/k", "b.c", "k")]
    [TestCase("b.s3.localhost", "/k", "b", "k")]
    [TestCase("b.s3.internal", "/k", "b", "k")]
    public void Parse_HostAndPath_GiveBucketAndKeyAsSent(string host, string path, string bucket, string key)
    {
        S3Target target = TargetParser.Parse(host, path, Domains);

        Assert.That((target.BucketName, target.Key), Is.EqualTo((bucket, key)));
    }

    [TestCase("/b/%")]
    [TestCase("/b/%zz")]
    [TestCase("/b/%C3")]
    [TestCase("/b/%ED%A0%80")]
    public void Parse_NoUtf8_IsInvalidUri(string path)
    {
        S3ErrorException exception = Assert.Throws<S3ErrorException>(() => TargetParser.Parse("localhost", path, Domains))!;

        Assert.That(exception.Error.Code, Is.EqualTo("InvalidURI"));
    }
}
