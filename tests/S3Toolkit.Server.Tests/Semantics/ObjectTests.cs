using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Semantics;

public sealed class ObjectTests(ServerMode mode) : ServerFixture(mode)
{
    [TestCase("plain.txt")]
    [TestCase("./a")]
    [TestCase("../a")]
    [TestCase("a/../b")]
    [TestCase("a//b")]
    [TestCase("trail/")]
    [TestCase("per%cent %2F %zz")]
    [TestCase("plus+space and &=?#;,:@$!'()*[]{}|\\^~`\"<>")]
    [TestCase("unicode é 日本 😀 \uE000")]
    public async Task PutGetListDelete_AnyKey_SurvivesAsItIs(string key)
    {
        await PutAsync(key, "body of " + key);

        Assert.That(await ReadAsync(key), Is.EqualTo("body of " + key));
        ListObjectsV2Response list = await Client.ListObjectsV2Async(new() { BucketName = Bucket });
        Assert.That(list.S3Objects.Single().Key, Is.EqualTo(key));
        await Client.DeleteObjectAsync(Bucket, key);
        Assert.That((await ErrorOf(() => ReadAsync(key))).ErrorCode, Is.EqualTo("NoSuchKey"));
    }

    [Test]
    public async Task PutObject_KeyOf1025Bytes_IsTooLong()
    {
        await PutAsync(new string('k', 1024), "x");

        Assert.That((await ErrorOf(() => PutAsync(new string('k', 1025), "x"))).ErrorCode, Is.EqualTo("KeyTooLongError"));
    }

    [Test]
    public async Task PutObject_WithHeaders_GivesThemBack()
    {
        await PutAsync("k", "x", request =>
        {
            request.ContentType = "text/csv";
            request.Headers.CacheControl = "max-age=60";
            request.Headers.ContentDisposition = "attachment; filename=\"x.csv\"";
            request.Headers.ContentEncoding = "gzip";
            request.Metadata["colour"] = "blue";
            request.StorageClass = S3StorageClass.StandardInfrequentAccess;
            request.TagSet = [new Tag { Key = "t", Value = "a b" }];
            request.WebsiteRedirectLocation = "/other";
        });

        GetObjectMetadataResponse head = await Client.GetObjectMetadataAsync(Bucket, "k");

        Assert.That(head.Headers.ContentType, Is.EqualTo("text/csv"));
        Assert.That(head.Headers.CacheControl, Is.EqualTo("max-age=60"));
        Assert.That(head.Headers.ContentDisposition, Is.EqualTo("attachment; filename=\"x.csv\""));
        Assert.That(head.Headers.ContentEncoding, Is.EqualTo("gzip"));
        Assert.That(head.Metadata["colour"], Is.EqualTo("blue"));
        Assert.That(head.StorageClass.Value, Is.EqualTo("STANDARD_IA"));
        Assert.That(head.WebsiteRedirectLocation, Is.EqualTo("/other"));
        Assert.That(head.ContentLength, Is.EqualTo(1));
        Assert.That(head.ServerSideEncryptionMethod.Value, Is.EqualTo("AES256"));
    }

    [Test]
    public async Task PutObject_MetadataBeyond2KiB_IsRefused()
    {
        AmazonS3Exception error = await ErrorOf(() => PutAsync("k", "x", request => request.Metadata["m"] = new string('v', 2049)));

        Assert.That(error.ErrorCode, Is.EqualTo("MetadataTooLarge"));
    }

    [TestCase("bytes=0-3", "0123", "bytes 0-3/10")]
    [TestCase("bytes=7-", "789", "bytes 7-9/10")]
    [TestCase("bytes=-2", "89", "bytes 8-9/10")]
    [TestCase("bytes=-99", "0123456789", "bytes 0-9/10")]
    [TestCase("bytes=5-99", "56789", "bytes 5-9/10")]
    [TestCase("bytes=0-1,4-5", "0123456789", null)]
    [TestCase("bytes=5-2", "0123456789", null)]
    [TestCase("bytes= -2", "0123456789", null)]
    [TestCase("lines=1-2", "0123456789", null)]
    public async Task GetObject_Range_GivesItOrEverything(string range, string expected, string? contentRange)
    {
        await PutAsync("k", "0123456789");
        using HttpClient http = CreateHttpClient();
        using HttpRequestMessage request = new(HttpMethod.Get, await PresignAsync("k"));
        request.Headers.TryAddWithoutValidation("Range", range);

        using HttpResponseMessage response = await http.SendAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(contentRange is null ? HttpStatusCode.OK : HttpStatusCode.PartialContent));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo(expected));
        Assert.That(response.Content.Headers.ContentRange?.ToString(), Is.EqualTo(contentRange));
    }

    [TestCase("bytes=2-99999999999999999999", 206, "llo")]
    [TestCase("bytes=-99999999999999999999", 206, "hello")]
    [TestCase("bytes=99999999999999999999-", 416, "InvalidRange")]
    public async Task GetObject_RangeBeyondAllNumbers_IsStillARange(string range, int status, string expected)
    {
        await PutAsync("k", "hello");

        (int actual, string body) = await SendAsync(HttpMethod.Get, $"/{Bucket}/k", "", "", ("range", range));

        Assert.That((actual, body.Contains(expected)), Is.EqualTo((status, true)), body);
        if (status == 206) Assert.That(body, Is.EqualTo(expected));
    }

    [TestCase("x-amz-object-lock-event-hold", "ON", 501, "NotImplemented")]
    [TestCase("x-amz-write-offset-bytes", "1", 501, "NotImplemented")]
    [TestCase("x-amz-acl", "public-read", 400, "AccessControlListNotSupported")]
    [TestCase("x-amz-grant-full-control", "id=somebody", 400, "AccessControlListNotSupported")]
    public async Task WriteObject_ProtectionThatIsNotThere_IsRefused(string header, string value, int status, string code)
    {
        await PutAsync("k", "kept");
        (int Status, string Body)[] answers =
        [
            await SendAsync(HttpMethod.Put, $"/{Bucket}/k", "", "new", (header, value)),
            await SendAsync(HttpMethod.Put, $"/{Bucket}/copy", "", "", (header, value), ("x-amz-copy-source", $"/{Bucket}/k")),
            await SendAsync(HttpMethod.Post, $"/{Bucket}/k", "uploads=", "", (header, value)),
        ];

        foreach ((int actual, string body) in answers)
        {
            Assert.That(actual, Is.EqualTo(status), body);
            Assert.That(body, Does.Contain(code));
            if (status == 501) Assert.That(body, Does.Contain(header));
        }
        Assert.That(await ReadAsync("k"), Is.EqualTo("kept"));
    }

    [TestCase("private", 400)]
    [TestCase("bucket-owner-full-control", 200)]
    public async Task PutObject_AclOfTheOwnerAlone_IsAcceptedByOneNameOnly(string acl, int expected)
    {
        (int status, string body) = await SendAsync(HttpMethod.Put, $"/{Bucket}/k", "", "new", ("x-amz-acl", acl));

        Assert.That(status, Is.EqualTo(expected), body);
    }

    [Test]
    public async Task GetObject_RangeBehindTheEnd_IsNotSatisfiable()
    {
        await PutAsync("k", "0123456789");

        AmazonS3Exception error = await ErrorOf(() => ReadAsync("k", request => request.ByteRange = new ByteRange("bytes=10-20")));

        Assert.That((error.StatusCode, error.ErrorCode), Is.EqualTo((HttpStatusCode.RequestedRangeNotSatisfiable, "InvalidRange")));
    }

    [Test]
    public async Task GetObject_ResponseOverrides_ReplaceHeaders()
    {
        await PutAsync("k", "x");
        using GetObjectResponse response = await Client.GetObjectAsync(new GetObjectRequest
        {
            BucketName = Bucket, Key = "k",
            ResponseHeaderOverrides = new() { ContentType = "application/x-other", ContentDisposition = "inline" },
        });

        Assert.That(response.Headers.ContentType, Is.EqualTo("application/x-other"));
        Assert.That(response.Headers.ContentDisposition, Is.EqualTo("inline"));
    }

    [Test]
    public async Task HeadObject_Missing_Is404WithoutABody()
    {
        AmazonS3Exception error = await ErrorOf(() => Client.GetObjectMetadataAsync(Bucket, "nope"));

        Assert.That(error.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task DeleteObjects_SomeMissing_AllCountAsDeleted()
    {
        await PutAsync("a", "x");
        await PutAsync("b", "x");

        DeleteObjectsResponse response = await Client.DeleteObjectsAsync(new DeleteObjectsRequest
        {
            BucketName = Bucket, Objects = [new() { Key = "a" }, new() { Key = "missing" }, new() { Key = "b" }],
        });

        Assert.That(response.DeletedObjects.Select(item => item.Key), Is.EqualTo(new[] { "a", "missing", "b" }));
        Assert.That((await Client.ListObjectsV2Async(new() { BucketName = Bucket })).KeyCount, Is.Zero);
    }

    [Test]
    public async Task DeleteObjects_OneWithAFalseETag_FailsAlone()
    {
        await PutAsync("a", "x");
        await PutAsync("b", "x");

        DeleteObjectsException? exception = await Assert.ThrowsAsync<DeleteObjectsException>(() => Client.DeleteObjectsAsync(
            new DeleteObjectsRequest { BucketName = Bucket, Quiet = true,
                Objects = [new() { Key = "a", ETag = "\"0\"" }, new() { Key = "b" }] }));

        Assert.That(exception!.Response.DeleteErrors.Single().Code, Is.EqualTo("PreconditionFailed"));
        Assert.That((await Client.ListObjectsV2Async(new() { BucketName = Bucket })).S3Objects.Single().Key, Is.EqualTo("a"));
    }

    [Test]
    public async Task ObjectTagging_PutGetDelete_RoundTrips()
    {
        await PutAsync("k", "x");
        await Client.PutObjectTaggingAsync(new PutObjectTaggingRequest
        {
            BucketName = Bucket, Key = "k", Tagging = new() { TagSet = [new Tag { Key = "a", Value = "1" }] },
        });
        Assert.That((await TagsAsync())!.Single().Value, Is.EqualTo("1"));

        await Client.DeleteObjectTaggingAsync(new DeleteObjectTaggingRequest { BucketName = Bucket, Key = "k" });

        Assert.That(await TagsAsync(), Is.Null.Or.Empty);

        async Task<List<Tag>?> TagsAsync() =>
            (await Client.GetObjectTaggingAsync(new GetObjectTaggingRequest { BucketName = Bucket, Key = "k" })).Tagging;
    }

    [Test]
    public async Task CustomerKey_MissingOrWrong_GivesNothing()
    {
        string key = Convert.ToBase64String(Bytes(32)), wrong = Convert.ToBase64String(Bytes(32, 2));
        await PutAsync("k", "secret", request => (request.ServerSideEncryptionCustomerMethod,
            request.ServerSideEncryptionCustomerProvidedKey) =
            (ServerSideEncryptionCustomerMethod.AES256, key));

        Assert.That(await ReadAsync("k", With(key)), Is.EqualTo("secret"));
        Assert.That((await ErrorOf(() => ReadAsync("k", With(wrong)))).ErrorCode, Is.EqualTo("AccessDenied"));
        Assert.That((await ErrorOf(() => ReadAsync("k"))).ErrorCode, Is.EqualTo("InvalidRequest"));

        static Action<GetObjectRequest> With(string key) => request =>
            (request.ServerSideEncryptionCustomerMethod, request.ServerSideEncryptionCustomerProvidedKey) =
            (ServerSideEncryptionCustomerMethod.AES256, key);
    }

    [Test]
    public async Task PresignedUrl_AfterItsTime_IsRefusedByTheServersClock()
    {
        await PutAsync("k", "x");
        string url = await PresignAsync("k");
        using HttpClient http = CreateHttpClient();
        Assert.That(await http.GetStringAsync(url), Is.EqualTo("x"));

        Server.Clock.Advance(TimeSpan.FromHours(2));

        using HttpResponseMessage response = await http.GetAsync(url);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("Request has expired"));
    }

    private async Task<string> PresignAsync(string key) => await Client.GetPreSignedURLAsync(new GetPreSignedUrlRequest
    {
        BucketName = Bucket, Key = key, Protocol = Protocol.HTTP, Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1),
    });

    // Over a socket Kestrel refuses it before the server sees it.
    [Test]
    public async Task Put_KeyWithNul_IsRefused()
    {
        (int status, string body) = await SendAsync(HttpMethod.Put, $"/{Bucket}/a%00b");

        Assert.That(status, Is.EqualTo(400));
        if (Mode != ServerMode.Socket) Assert.That(body, Does.Contain("InvalidURI"));
    }
}
