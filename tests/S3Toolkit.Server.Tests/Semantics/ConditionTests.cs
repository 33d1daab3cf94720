using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

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
    public async Task DeleteObject_WithAFalseETag_DeletesNothing()
    {
        await PutAsync("k", "1");

        AmazonS3Exception error = await ErrorOf(() =>
            Client.DeleteObjectAsync(new DeleteObjectRequest { BucketName = Bucket, Key = "k", IfMatch = "\"0\"" }));

        Assert.That(error.ErrorCode, Is.EqualTo("PreconditionFailed"));
        Assert.That(await ReadAsync("k"), Is.EqualTo("1"));
    }

    // RFC 9110: an ETag condition makes the date condition of its kind irrelevant.
    [TestCase(true, null, null, -1, HttpStatusCode.OK)]
    [TestCase(true, null, null, 1, HttpStatusCode.OK)]
    [TestCase(false, null, null, null, HttpStatusCode.PreconditionFailed)]
    [TestCase(null, null, null, -1, HttpStatusCode.PreconditionFailed)]
    [TestCase(null, true, null, null, HttpStatusCode.NotModified)]
    [TestCase(null, false, 1, null, HttpStatusCode.OK)]
    [TestCase(null, null, 1, null, HttpStatusCode.NotModified)]
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
}
