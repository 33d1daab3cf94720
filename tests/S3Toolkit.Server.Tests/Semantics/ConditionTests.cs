using System.Net;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Checksums;
using S3Toolkit.Server.Tests.Support;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Tests.Semantics;

public sealed class ConditionTests(ServerMode mode) : ServerFixture(mode)
{
    [Test]
    public async Task PutObject_OnlyIfAbsent_SucceedsOnce()
    {
        await PutAsync("k", "1", request => request.IfNoneMatch = "*");

        AmazonS3Exception error = await ErrorOf(() => PutAsync("k", "2", request => request.IfNoneMatch = "*"));

        Assert.That((error.StatusCode, error.ErrorCode), Is.EqualTo((HttpStatusCode.PreconditionFailed, "PreconditionFailed")));
        Assert.That(await ReadAsync("k"), Is.EqualTo("1"));
    }

    [Test]
    public async Task PutObject_OnlyIfMatch_NeedsTheCurrentETag()
    {
        string eTag = (await PutAsync("k", "1")).ETag;
        await PutAsync("k", "2", request => request.IfMatch = eTag);

        Assert.That((await ErrorOf(() => PutAsync("k", "3", request => request.IfMatch = eTag))).ErrorCode,
            Is.EqualTo("PreconditionFailed"));
        Assert.That((await ErrorOf(() => PutAsync("new", "3", request => request.IfMatch = eTag))).ErrorCode, Is.EqualTo("NoSuchKey"));
    }

    [Test]
    public async Task PutObject_UnlessMatch_OverwritesAnotherETagOnly()
    {
        string eTag = (await PutAsync("k", "1", request => request.IfNoneMatch = "\"absent\"")).ETag;

        AmazonS3Exception same = await ErrorOf(() => PutAsync("k", "2", request => request.IfNoneMatch = eTag));
        await PutAsync("k", "3", request => request.IfNoneMatch = "\"other\"");

        Assert.That(same.ErrorCode, Is.EqualTo("PreconditionFailed"));
        Assert.That(await ReadAsync("k"), Is.EqualTo("3"));
    }

    [Test]
    public async Task DeleteObject_NothingThere_FailsByItsETagAlone()
    {
        (int byETag, _) = await SendAsync(HttpMethod.Delete, $"/{Bucket}/none", "", "", ("if-match", "*"));
        (int bySize, _) = await SendAsync(HttpMethod.Delete, $"/{Bucket}/none", "", "", ("x-amz-if-match-size", "1"));

        Assert.That((byETag, bySize), Is.EqualTo((404, 204)));
    }

    [Test]
    public async Task DeleteObject_WithAFalseETag_DeletesNothing()
    {
        await PutAsync("k", "1");

        AmazonS3Exception error = await ErrorOf(() =>
            Client.DeleteObjectAsync(new DeleteObjectRequest { BucketName = Bucket, Key = "k", IfMatch = "\"0\"" }));

        Assert.That(error.ErrorCode, Is.EqualTo("PreconditionFailed"));
        Assert.That(await ReadAsync("k"), Is.EqualTo("1"));
    }

    [TestCase("x-amz-if-match-size", "many")]
    [TestCase("x-amz-if-match-size", "-1")]
    [TestCase("x-amz-if-match-size", "")]
    [TestCase("x-amz-if-match-last-modified-time", "yesterday")]
    public async Task DeleteObject_GuardThatCannotBeRead_DeletesNothing(string header, string value)
    {
        await PutAsync("k", "1");

        (int status, string body) = await SendAsync(HttpMethod.Delete, $"/{Bucket}/k", "", "", (header, value));

        Assert.That((status, body.Contains("<Code>InvalidArgument</Code>")), Is.EqualTo((400, true)), body);
        Assert.That(await ReadAsync("k"), Is.EqualTo("1"));
    }

    [TestCase("<Size>many</Size>")]
    [TestCase("<LastModifiedTime>yesterday</LastModifiedTime>")]
    public async Task DeleteObjects_GuardThatCannotBeRead_DeletesNothing(string guard)
    {
        await PutAsync("a", "1");
        await PutAsync("b", "1");
        string xml = $"<Delete><Object><Key>a</Key></Object><Object><Key>b</Key>{guard}</Object></Delete>";
        string checksum = IncrementalChecksum.ComputeBase64(ChecksumFunction.Crc32, Encoding.UTF8.GetBytes(xml));

        (int status, string body) = await SendAsync(HttpMethod.Post, $"/{Bucket}", "delete=", xml, ("x-amz-checksum-crc32", checksum));

        Assert.That((status, body.Contains("<Code>MalformedXML</Code>")), Is.EqualTo((400, true)), body);
        Assert.That(await ReadAsync("a") + await ReadAsync("b"), Is.EqualTo("11"));
    }

    [Test]
    public async Task DeleteObject_GuardsThatHold_Deletes()
    {
        await PutAsync("k", "1");
        GetObjectMetadataResponse head = await Client.GetObjectMetadataAsync(Bucket, "k");
        string modified = head.LastModified!.Value.ToUniversalTime().ToString("R");

        Assert.That((await DeleteAsync(("x-amz-if-match-size", "2"))).Status, Is.EqualTo(412));
        Assert.That((await DeleteAsync(("x-amz-if-match-last-modified-time", modified), ("x-amz-if-match-size", "1"))).Status,
            Is.EqualTo(204));

        Task<(int Status, string Body)> DeleteAsync(params (string, string)[] guards) =>
            SendAsync(HttpMethod.Delete, $"/{Bucket}/k", "", "", guards);
    }

    // RFC 9110: an ETag condition makes the date condition of its kind irrelevant.
    [TestCase(true, null, null, -1, HttpStatusCode.OK)]
    [TestCase(true, null, null, 1, HttpStatusCode.OK)]
    [TestCase(false, null, null, null, HttpStatusCode.PreconditionFailed)]
    [TestCase(null, null, null, -1, HttpStatusCode.PreconditionFailed)]
    [TestCase(null, true, null, null, HttpStatusCode.NotModified)]
    [TestCase(null, false, 0, null, HttpStatusCode.OK)]
    [TestCase(null, null, 0, null, HttpStatusCode.NotModified)]
    [TestCase(null, null, 1, null, HttpStatusCode.OK)]
    [TestCase(null, null, -1, null, HttpStatusCode.OK)]
    [TestCase(true, true, null, null, HttpStatusCode.NotModified)]
    public async Task GetObject_Conditions_FollowRfc9110(
        bool? ifMatch, bool? ifNoneMatch, int? modifiedSinceHours, int? unmodifiedSinceHours, HttpStatusCode expected)
    {
        string eTag = (await PutAsync("k", "x")).ETag;
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using HttpRequestMessage request = new(HttpMethod.Get, await Client.GetPreSignedURLAsync(new GetPreSignedUrlRequest
        {
            BucketName = Bucket, Key = "k", Protocol = Protocol.HTTP, Expires = now.UtcDateTime.AddHours(1),
        }));
        if (ifMatch is { } m) request.Headers.TryAddWithoutValidation("If-Match", m ? eTag : "\"other\"");
        if (ifNoneMatch is { } n) request.Headers.TryAddWithoutValidation("If-None-Match", n ? $"\"other\", {eTag}" : "\"other\"");
        if (modifiedSinceHours is { } since) request.Headers.IfModifiedSince = now.AddHours(since);
        if (unmodifiedSinceHours is { } until) request.Headers.IfUnmodifiedSince = now.AddHours(until);
        using HttpClient http = CreateHttpClient();

        using HttpResponseMessage response = await http.SendAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(expected));
        if (expected == HttpStatusCode.NotModified) Assert.That(response.Headers.ETag!.Tag, Is.EqualTo(eTag));
    }

    [TestCase("{0}", true)]
    [TestCase("\"another\"", false)]
    [TestCase("W/{0}", false)]
    [TestCase("{1}", true)]
    [TestCase("Sun, 06 Nov 1994 08:49:37 GMT", false)]
    public async Task Get_RangeIfUnchanged_GivesTheWholeOfAnother(string validator, bool isCut)
    {
        await PutAsync("k", "0123456789");
        GetObjectMetadataResponse head = await Client.GetObjectMetadataAsync(Bucket, "k");
        string date = WireTime.ToHttpDate(head.LastModified!.Value.ToUniversalTime());
        string given = validator.Replace("{0}", head.ETag).Replace("{1}", date);

        (int status, string body) = await SendAsync(
            HttpMethod.Get, $"/{Bucket}/k", headers: [("range", "bytes=2-4"), ("if-range", given)]);

        Assert.That((status, body), Is.EqualTo(isCut ? (206, "234") : (200, "0123456789")));
    }
}
