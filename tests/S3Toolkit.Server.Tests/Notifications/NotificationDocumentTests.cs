using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Notifications;

public sealed class NotificationDocumentTests(ServerMode mode) : ServerFixture(mode)
{
    private const string Topic = "<Topic>arn:aws:sns:us-east-1:123456789012:t</Topic><Event>s3:ObjectCreated:*</Event>";

    [Test]
    public async Task Put_WholeDocument_ComesBackAsItWent()
    {
        const string document =
            "<TopicConfiguration><Id>t</Id><Topic>arn:aws:sns:us-east-1:123456789012:t</Topic><Event>s3:ObjectCreated:Put</Event>"
            + "<Event>s3:ObjectRemoved:*</Event><Filter><S3Key><FilterRule><Name>Prefix</Name><Value>a/</Value></FilterRule>"
            + "<FilterRule><Name>Suffix</Name><Value>.jpg</Value></FilterRule></S3Key></Filter></TopicConfiguration>"
            + "<QueueConfiguration><Id>q</Id><Queue>arn:aws:sqs:us-east-1:123456789012:q</Queue><Event>s3:ObjectCreated:Copy</Event>"
            + "</QueueConfiguration><CloudFunctionConfiguration><Id>f</Id>"
            + "<CloudFunction>arn:aws:lambda:us-east-1:123456789012:function:f</CloudFunction><Event>s3:LifecycleTransition</Event>"
            + "</CloudFunctionConfiguration><EventBridgeConfiguration></EventBridgeConfiguration>";

        (int status, string body) = await PutAsync(document);

        Assert.That(status, Is.EqualTo(200), body);
        Assert.That((await SendAsync(HttpMethod.Get, "/" + Bucket, "notification=")).Body, Does.Contain(document));
    }

    [Test]
    public async Task Put_Empty_TakesItBack()
    {
        await PutAsync($"<TopicConfiguration>{Topic}</TopicConfiguration>");
        (_, string before) = await SendAsync(HttpMethod.Get, "/" + Bucket, "notification=");
        await PutAsync("");

        (int status, string after) = await SendAsync(HttpMethod.Get, "/" + Bucket, "notification=");

        Assert.That(before, Does.Contain("<Id>"), "one is given");
        Assert.That((status, after), Is.EqualTo((200, after)));
        Assert.That(after, Does.Not.Contain("Topic"));
    }

    [TestCase("<TopicConfiguration><Topic>arn:aws:sns:us-east-1:1:t</Topic></TopicConfiguration>", "MalformedXML", TestName = "no event")]
    [TestCase("<TopicConfiguration><Event>s3:ObjectCreated:*</Event></TopicConfiguration>", "MalformedXML", TestName = "no topic")]
    [TestCase("<Sing/>", "MalformedXML", TestName = "unknown kind")]
    [TestCase("<TopicConfiguration><Topic>arn:aws:sns:us-east-1:1:t</Topic><Event>s3:Sing</Event></TopicConfiguration>", "InvalidArgument",
        TestName = "unknown event")]
    [TestCase("<TopicConfiguration><Topic>arn:aws:sqs:us-east-1:1:t</Topic><Event>s3:ObjectCreated:*</Event></TopicConfiguration>",
        "InvalidArgument", TestName = "queue as topic")]
    [TestCase($"<TopicConfiguration>{Topic}</TopicConfiguration><TopicConfiguration>{Topic}</TopicConfiguration>", "InvalidArgument",
        TestName = "overlap")]
    [TestCase($"<TopicConfiguration>{Topic}<Filter><S3Key><FilterRule><Name>infix</Name><Value>a</Value></FilterRule></S3Key></Filter>"
        + "</TopicConfiguration>", "InvalidArgument", TestName = "infix")]
    [TestCase($"<TopicConfiguration>{Topic}<Filter><S3Key><FilterRule><Name>prefix</Name><Value>a</Value></FilterRule><FilterRule>"
        + "<Name>prefix</Name><Value>b</Value></FilterRule></S3Key></Filter></TopicConfiguration>", "InvalidArgument",
        TestName = "two prefixes")]
    public async Task Put_WhatS3Refuses_SaysWhy(string document, string code)
    {
        (int status, string body) = await PutAsync(document);

        Assert.That(status, Is.EqualTo(400));
        Assert.That(body, Does.Contain($"<Code>{code}</Code>"));
    }

    private Task<(int Status, string Body)> PutAsync(string content) => SendAsync(
        HttpMethod.Put, "/" + Bucket, "notification=", $"<NotificationConfiguration>{content}</NotificationConfiguration>");
}
