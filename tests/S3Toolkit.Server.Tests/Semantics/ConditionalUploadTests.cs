using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Semantics;

/// <summary>The conditions of writes: which one failed, and what happens to a key while an upload is under way.</summary>
public sealed class ConditionalUploadTests(ServerMode mode) : ServerFixture(mode)
{
    [TestCase("same")]
    [TestCase("other")]
    public async Task Complete_IfMatchOfAnObjectPutDuringTheUpload_IsAConflict(string content)
    {
        await PutAsync("k", "same");
        string xml = await UploadAsync();
        string eTag = (await PutAsync("k", content)).ETag;

        (int stale, string staleBody) = await CompleteAsync(xml, ("if-match", "\"0123\""));
        (int status, string body) = await CompleteAsync(xml, ("if-match", eTag));

        Assert.That((stale, staleBody.Contains("<Condition>If-Match</Condition>")), Is.EqualTo((412, true)), staleBody);
        Assert.That((status, body), Is.EqualTo((409, body)));
        Assert.That(body, Does.Contain("<Code>ConditionalRequestConflict</Code>")
            .And.Contain("<Condition>If-Match</Condition><Key>k</Key>"));
    }

    [Test]
    public async Task Complete_IfMatchOfAnObjectThatWasThereBefore_Completes()
    {
        string eTag = (await PutAsync("k", "same")).ETag;
        string xml = await UploadAsync();
        await PutAsync("another", "x");

        Assert.That((await CompleteAsync(xml, ("if-match", eTag))).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Complete_IfMatchOfAnUploadCompletedMeanwhile_IsAConflict()
    {
        string first = await UploadAsync();
        string second = await UploadAsync();
        await CompleteAsync(first);
        string eTag = (await Client.GetObjectMetadataAsync(Bucket, "k")).ETag;

        (int status, string body) = await CompleteAsync(second, ("if-match", eTag));
        Assert.That(status, Is.EqualTo(409), "it is as old as its start, but was made since: " + body);
    }

    [Test]
    public async Task Complete_IfNoneMatchOfAnObjectDeletedDuringTheUpload_IsAConflict([Values] bool isVersioned)
    {
        if (isVersioned) await EnableVersioningAsync();
        await PutAsync("k", "there");
        string xml = await UploadAsync();

        (int before, string beforeBody) = await CompleteAsync(xml, ("if-none-match", "*"));
        await Client.DeleteObjectAsync(Bucket, "k");
        (int status, string body) = await CompleteAsync(xml, ("if-none-match", "*"));
        (int anew, string anewBody) = await CompleteAsync(await UploadAsync(), ("if-none-match", "*"));

        Assert.That((before, beforeBody.Contains("<Condition>If-None-Match</Condition>")), Is.EqualTo((412, true)), beforeBody);
        Assert.That((status, body), Is.EqualTo((409, body)));
        Assert.That(body, Does.Contain("<Condition>If-None-Match</Condition><Key>k</Key>"));
        Assert.That(anew, Is.EqualTo(200), anewBody);
    }

    [TestCase("If-None-Match", "*")]
    [TestCase("If-Match", "\"0\"")]
    public async Task PutObject_ConditionFails_IsNamed(string header, string value)
    {
        await PutAsync("k", "x");

        (int status, string body) = await SendAsync(HttpMethod.Put, $"/{Bucket}/k", "", "y", (header.ToLowerInvariant(), value));

        Assert.That((status, body.Contains($"<Condition>{header}</Condition>")), Is.EqualTo((412, true)), body);
    }

    [TestCase("x-amz-if-match-size", "7")]
    [TestCase("x-amz-if-match-last-modified-time", "Sat, 29 Oct 1994 19:43:31 GMT")]
    public async Task DeleteObject_GuardFails_IsNamed(string header, string value)
    {
        await PutAsync("k", "x");

        (int status, string body) = await SendAsync(HttpMethod.Delete, $"/{Bucket}/k", "", "", (header, value));

        Assert.That((status, body.Contains($"<Condition>{header}</Condition>")), Is.EqualTo((412, true)), body);
    }

    [Test]
    public async Task PutObject_TwoConditions_AreNotImplemented()
    {
        (int status, string body) = await SendAsync(
            HttpMethod.Put, $"/{Bucket}/k", "", "y", ("if-match", "\"0\""), ("if-none-match", "*"));

        Assert.That(status, Is.EqualTo(501));
        Assert.That(body, Does.Contain("<Header>If-Match,If-None-Match</Header>")
            .And.Contain("<additionalMessage>Multiple conditional request headers present in the request</additionalMessage>"));
    }

    [Test]
    public async Task CopyObject_IfModifiedSinceATimeToCome_IsIgnored()
    {
        await PutAsync("k", "x");
        string future = (TimeProvider.System.GetUtcNow() + Server.Clock.Offset).AddDays(1).ToString("R");

        (int status, string body) = await SendAsync(HttpMethod.Put, $"/{Bucket}/copy", "", "",
            ("x-amz-copy-source", $"{Bucket}/k"), ("x-amz-copy-source-if-modified-since", future));

        Assert.That(status, Is.EqualTo(200), body);
    }

    /// <summary>Starts an upload of one part.</summary>
    /// <returns>Its id and what completes it.</returns>
    private async Task<string> UploadAsync()
    {
        string uploadId = (await Client.InitiateMultipartUploadAsync(Bucket, "k")).UploadId;
        UploadPartResponse part = await Client.UploadPartAsync(new UploadPartRequest
        {
            BucketName = Bucket, Key = "k", UploadId = uploadId, PartNumber = 1, InputStream = new MemoryStream(Bytes(10)),
        });
        return $"{uploadId} <Part><PartNumber>1</PartNumber><ETag>{part.ETag}</ETag></Part>";
    }

    private Task<(int Status, string Body)> CompleteAsync(string upload, params (string, string)[] headers) => SendAsync(
        HttpMethod.Post, $"/{Bucket}/k", $"uploadId={upload.Split(' ')[0]}",
        $"<CompleteMultipartUpload>{upload.Split(' ')[1]}</CompleteMultipartUpload>", headers);
}
