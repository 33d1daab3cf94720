using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Semantics;

public sealed class TaggingTests(ServerMode mode) : ServerFixture(mode)
{
    [TestCase("/k", "aws:a", "Your TagKey cannot be prefixed with aws:")]
    [TestCase("", "aws:a", "System tags cannot be added/updated by requester")]
    [TestCase("/k", "a?", "<TagKey>a?</TagKey>")]
    public async Task PutTagging_KeyThatS3Refuses_IsAnInvalidTag(string path, string key, string text)
    {
        await PutAsync("k", "x");

        (int status, string body) = await PutTagsAsync(path, $"<Tag><Key>{key}</Key><Value>v</Value></Tag>");

        Assert.That((status, body), Is.EqualTo((400, body)));
        Assert.That(body, Does.Contain("<Code>InvalidTag</Code>").And.Contain(text));
    }

    [Test]
    public async Task PutTagging_ValueThatS3Refuses_IsTold()
    {
        await PutAsync("k", "x");

        (int status, string body) = await PutTagsAsync("/k", "<Tag><Key>a</Key><Value>v?</Value></Tag>");

        Assert.That((status, body.Contains("<TagKey>a</TagKey><TagValue>v?</TagValue>")), Is.EqualTo((400, true)), body);
    }

    [TestCase("<Tag><Key>a</Key></Tag>")]
    [TestCase("<Tag><Value>a</Value></Tag>")]
    [TestCase("<Tag><Key>a</Key><Value>b</Value><Value>c</Value></Tag>")]
    public async Task PutTagging_TagThatIsNoPair_IsMalformed(string tag)
    {
        await PutAsync("k", "x");

        Assert.That((await PutTagsAsync("/k", tag)).Body, Does.Contain("<Code>MalformedXML</Code>"));
    }

    [TestCase("a=1&a=2")]
    [TestCase("=")]
    [TestCase("a=b=c")]
    [TestCase("a%")]
    [TestCase("a=%zz")]
    [TestCase("a=%ff")]
    public async Task PutObject_MalformedTagging_IsAnInvalidArgument(string header)
    {
        (int status, string body) = await SendAsync(HttpMethod.Put, $"/{Bucket}/k", "", "x", ("x-amz-tagging", header));

        Assert.That((status, body), Is.EqualTo((400, body)));
        Assert.That(body, Does.Contain("<Code>InvalidArgument</Code>").And.Contain(
            "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates."));
    }

    [TestCase("a=1&b", "a=1 b=")]
    [TestCase("a+b=c%20d&&", "a b=c d")]
    [TestCase("&", "")]
    public async Task PutObject_Tagging_IsReadAsAQuery(string header, string expected)
    {
        (int status, string body) = await SendAsync(HttpMethod.Put, $"/{Bucket}/k", "", "x", ("x-amz-tagging", header));

        Assert.That(status, Is.EqualTo(200), body);
        GetObjectTaggingResponse tags = await Client.GetObjectTaggingAsync(new GetObjectTaggingRequest { BucketName = Bucket, Key = "k" });
        Assert.That(string.Join(' ', (tags.Tagging ?? []).Select(tag => $"{tag.Key}={tag.Value}")), Is.EqualTo(expected));
    }

    [TestCase("GET")]
    [TestCase("PUT")]
    [TestCase("DELETE")]
    public async Task Tagging_WhenTheNewestIsADeleteMarker_IsNotAllowed(string method)
    {
        await EnableVersioningAsync();
        await PutAsync("k", "x");
        await Client.DeleteObjectAsync(Bucket, "k");

        (int status, string body) = method == "PUT"
            ? await PutTagsAsync("/k", "")
            : await SendAsync(new HttpMethod(method), $"/{Bucket}/k", "tagging=");

        Assert.That((status, body), Is.EqualTo((405, body)));
        Assert.That(body, Does.Contain($"<Method>{method}</Method><ResourceType>DeleteMarker</ResourceType>"));
    }

    private Task<(int Status, string Body)> PutTagsAsync(string path, string tags) =>
        SendAsync(HttpMethod.Put, $"/{Bucket}{path}", "tagging=", $"<Tagging><TagSet>{tags}</TagSet></Tagging>");
}
