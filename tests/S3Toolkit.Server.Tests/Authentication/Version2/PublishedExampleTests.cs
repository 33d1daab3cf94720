using S3Toolkit.Server.Authentication.Version2;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Tests.Signing;

namespace S3Toolkit.Server.Tests.Authentication.Version2;

/// <summary>The examples of "Signing and authenticating REST requests" in the Amazon S3 user guide.</summary>
public sealed class PublishedExampleTests
{
    private const string Puppy = "/photos/puppy.jpg";

    [TestCase("GET", Puppy, "", "", "Tue, 27 Mar 2007 19:36:42 +0000", "bWq2s1WEIj+Ydj0vQ697zp+IXMU=")]
    [TestCase("PUT", Puppy, "", "image/jpeg", "Tue, 27 Mar 2007 21:15:45 +0000", "MyyxeRY7whkBe+bq8fHCL/2kKUg=")]
    [TestCase("GET", "/", "prefix=photos&max-keys=50&marker=puppy", "", "Tue, 27 Mar 2007 19:42:41 +0000", "htDYFYduRNen8P9ZfE/s9SuKy0U=")]
    [TestCase("GET", "/", "acl", "", "Tue, 27 Mar 2007 19:44:46 +0000", "c2WLPFtWHVgbEmeEG93a4cG37dM=")]
    [TestCase("DELETE", Puppy, "", "", "Tue, 27 Mar 2007 21:20:26 +0000", "lx3byBScXR6KzyMaifNkardMwNk=")]
    public void Sign_VirtualHosted_IsAsPublished(
        string method, string path, string query, string contentType, string date, string signature)
    {
        S3HttpRequest request = Request(method, path, query, ("Content-Type", contentType), ("Date", date));

        Assert.That(Sign(StringToSignV2.Of(request, "johnsmith", null)), Is.EqualTo(signature));
    }

    [Test]
    public void Sign_Upload_TakesItsHeadersInOrderAndJoinsEqualNames()
    {
        S3HttpRequest request = Request(
            "PUT", "/db-backup.dat.gz", "", ("Date", "Tue, 27 Mar 2007 21:06:08 +0000"), ("x-amz-acl", "public-read"),
            ("content-type", "application/x-download"), ("Content-MD5", "4gJE4saaMU4BqNR0kLY+lw=="),
            ("X-Amz-Meta-ReviewedBy", "joe@johnsmith.net"), ("X-Amz-Meta-ReviewedBy", "jane@johnsmith.net"),
            ("X-Amz-Meta-FileChecksum", "0x02661779"), ("X-Amz-Meta-ChecksumAlgorithm", "crc32"));

        Assert.That(Sign(StringToSignV2.Of(request, "static.johnsmith.net", null)), Is.EqualTo("ilyl83RwaSoYIEdixDQcA4OnAnc="));
    }

    [TestCase("/", "Wed, 28 Mar 2007 01:29:59 +0000", "qGdzdERIC03wnaRNKh6OqZehG9s=")]
    [TestCase("/dictionary/fran%C3%A7ais/pr%c3%a9f%c3%a8re", "Wed, 28 Mar 2007 01:49:49 +0000", "DNEZGsoieTZ92F3bUfSPQcbGmlM=")]
    public void Sign_PathStyle_TakesThePathAsItWasSent(string path, string date, string signature) =>
        Assert.That(Sign(StringToSignV2.Of(Request("GET", path, "", ("Date", date)), null, null)), Is.EqualTo(signature));

    [Test]
    public void Sign_Presigned_TakesTheExpiryForTheDate()
    {
        S3HttpRequest request = Request("GET", Puppy, "AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=x&Expires=1175139620");

        Assert.That(Sign(StringToSignV2.Of(request, "johnsmith", "1175139620")), Is.EqualTo("NpgCjnDzrM+WFzoENXmpNDUsSn8="));
    }

    private static string Sign(string stringToSign) => SigV2.Sign(AwsExample.Secret, stringToSign);

    private static S3HttpRequest Request(string method, string path, string query, params (string Name, string Value)[] sent)
    {
        S3HeaderCollection headers = [];
        foreach ((string name, string value) in sent) headers.Add(name, value);
        return new S3HttpRequest { Method = method, RawPath = path, RawQuery = query, Headers = headers, Body = Stream.Null };
    }
}
