using System.Net;
using System.Text;
using S3Toolkit.Tests.Pains;
using S3Toolkit.Tests.Stores;

namespace S3Toolkit.Tests.Transport.Direct;

/// <summary>What the direct transport sends, and what it makes of single answers.</summary>
[TestFixture]
internal sealed class DirectWireTests
{
    private const string Created = """<?xml version="1.0"?><CopyObjectResult><ETag>"e"</ETag></CopyObjectResult>""";

    [TestCase("http://127.0.0.1:9000", "127.0.0.1:9000")]
    [TestCase("http://[::1]:9000", "[::1]:9000")]
    [TestCase("http://[::1]", "[::1]")]
    [TestCase("https://s3.example.com", "s3.example.com")]
    [TestCase("https://s3.example.com:443", "s3.example.com")]
    public async Task Host_OfAnyEndpoint_IsAsTheAddressHasIt(string endpoint, string expected)
    {
        using var server = new ScriptedServer(static _ => Put(), options => options.Endpoint = new Uri(endpoint));

        await server.Bucket.PutAsync("k", PainContent.Bytes(1));

        Assert.That(server.Requests.Single().Headers["Host"], Is.EqualTo(expected).Or.EqualTo("bucket." + expected));
    }

    [Test]
    public async Task Endpoint_WithAPath_KeepsItBeforeTheBucket()
    {
        using var server = new ScriptedServer(static _ => Put(), options =>
        {
            options.Endpoint = new Uri("http://127.0.0.1:9000/storage/s3/");
        });

        await server.Bucket.PutAsync("/a b", PainContent.Bytes(1));

        Assert.That(server.Requests.Single().PathAndQuery, Is.EqualTo("/storage/s3/bucket//a%20b"));
    }

    [Test]
    public async Task UserAgent_OfEachRequest_NamesTheLibrary()
    {
        using var server = new ScriptedServer(static _ => Put());

        await server.Bucket.PutAsync("k", PainContent.Bytes(1));

        Assert.That(server.Requests.Single().Headers["User-Agent"], Does.StartWith("S3Toolkit/"));
    }

    // Google answers a PUT with "Content-Type: text/html" and no content (cloud.google.com/storage/docs/xml-api/put-object-upload).
    [TestCase(S3TransportMode.Auto)]
    [TestCase(S3TransportMode.Sdk)]
    public async Task Put_AnsweredAsHtmlWithoutContent_IsNoPage(S3TransportMode mode)
    {
        using var server = new ScriptedServer(
            static _ =>
            {
                var answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("", Encoding.UTF8, "text/html") };
                answer.Headers.TryAddWithoutValidation("ETag", "\"0123456789abcdef0123456789abcdef\"");
                return answer;
            },
            options => options.Transport = mode);

        var info = await server.Bucket.PutAsync("k", PainContent.Bytes(1));

        Assert.That(info.ETag!.Value.Value, Is.EqualTo("0123456789abcdef0123456789abcdef"));
    }

    [Test]
    public async Task Delete_AnsweredAsHtmlWithContent_IsNoS3()
    {
        using var server = new ScriptedServer(static _ =>
            new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("<html/>", Encoding.UTF8, "text/html") });

        var error = await Assert.CatchAsync<S3ToolkitException>(() => server.Bucket.DeleteAsync("k"));

        Assert.That(error!.ErrorCode, Is.EqualTo(S3ErrorCode.NotAnS3Endpoint));
    }

    [Test]
    public async Task Anonymous_StreamWithTrailer_SaysHowItsBodyIsFramed()
    {
        using var server = new ScriptedServer(static _ => Put(), static options =>
        {
            (options.AccessKeyId, options.SecretAccessKey, options.Anonymous, options.Region) = (null, null, true, "eu-west-1");
            options.Provider = S3ProviderProfiles.Aws;
        });
        using var folder = new PainFolder();
        await File.WriteAllBytesAsync(folder.PathOf("f"), PainContent.Bytes(1000));

        await server.Bucket.PutAsync("k", ObjectContent.FromFile(folder.PathOf("f")));

        var sent = server.Requests.Single();
        Assert.That(sent.Headers, Does.Not.ContainKey("Authorization"));
        Assert.That(
            sent.Headers.GetValueOrDefault("x-amz-content-sha256"),
            Is.EqualTo(sent.Headers.ContainsKey("x-amz-trailer") ? "STREAMING-UNSIGNED-PAYLOAD-TRAILER" : null));
        Assert.That(sent.Headers, Does.ContainKey("x-amz-trailer"));
    }

    [TestCase("gzip", "gzip,aws-chunked")]
    [TestCase(null, "aws-chunked")]
    [TestCase("", "aws-chunked")]
    public async Task ContentEncoding_OfAChunkedBody_KeepsTheObjectsOwnFirst(string? own, string expected)
    {
        using var server = new ScriptedServer(static _ => Put(), static options => options.Provider = S3ProviderProfiles.Aws);
        using var folder = new PainFolder();
        await File.WriteAllBytesAsync(folder.PathOf("f"), PainContent.Bytes(1000));

        await server.Bucket.PutAsync("k", ObjectContent.FromFile(folder.PathOf("f")), new PutObjectOptions { ContentEncoding = own });

        Assert.That(server.Requests.Single().Headers["Content-Encoding"].Replace(" ", ""), Is.EqualTo(expected));
    }

    [TestCase("x\r\nx-amz-acl: public-read")]
    [TestCase("attachment; filename=\"ä\"")]
    public async Task HeaderValue_ThatNoHeaderCanCarry_IsRefusedAtOnce(string value)
    {
        await using var pain = await EmbeddedPain.StartAsync();

        var error = await Assert.CatchAsync(() =>
            pain.Bucket.PutAsync("k", PainContent.Bytes(1), new PutObjectOptions { ContentDisposition = value }));

        Assert.That(error, Is.InstanceOf<ArgumentException>().Or.InstanceOf<S3ToolkitException>().With.Property("Attempts").EqualTo(1));
        Assert.That(pain.Count("PutObject"), Is.Zero);
    }

    [TestCase("ä")]
    [TestCase("a\nx-amz-acl: public-read")]
    public async Task StorageClass_ThatNoHeaderCanCarry_IsNotTriedAgain(string name)
    {
        using var server = new ScriptedServer(static _ => Put());

        var error = await Assert.CatchAsync<S3ToolkitException>(() =>
            server.Bucket.PutAsync("k", PainContent.Bytes(1), new PutObjectOptions { StorageClass = new StorageClass(name) }));

        Assert.That(error!.Attempts, Is.EqualTo(1));
        Assert.That(server.Requests, Is.Empty);
    }

    [Test]
    public async Task Metadata_WhoseNamesDifferInCase_IsStoredOnce()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["A"] = "1", ["a"] = "2" };

        await pain.Bucket.PutAsync("k", PainContent.Bytes(1), new PutObjectOptions { Metadata = metadata });

        Assert.That((await pain.Bucket.FindAsync("k"))!.Metadata["a"], Is.EqualTo("2"));
    }

    [Test]
    public async Task Conditions_OverOpenHttp_ArePartOfTheSignature()
    {
        using var server = new ScriptedServer(static _ => Put(), static options => options.Endpoint = new Uri("http://s3.example.com"));

        await server.Bucket.PutAsync(
            "k", PainContent.Bytes(1), new PutObjectOptions { OnlyIfAbsent = true, ContentType = "text/plain", CacheControl = "no-store" });

        Assert.That(
            server.Requests.Single().Headers["Authorization"],
            Does.Contain("cache-control").And.Contain("content-type").And.Contain("if-none-match"));
    }

    [Test]
    public async Task Part_AnsweredWithoutAnETag_IsAnError()
    {
        using var server = new ScriptedServer(static _ => new HttpResponseMessage(HttpStatusCode.OK));
        var upload = server.Bucket.ResumeMultipart("k", "upload");

        var error = await Assert.CatchAsync<S3ToolkitException>(() => upload.UploadPartAsync(1, PainContent.Bytes(10)));

        Assert.That(error!.ErrorCode, Is.EqualTo(S3ErrorCode.NotAnS3Endpoint));
    }

    [Test]
    public async Task Part_WhoseChecksumIsNotRepeated_KeepsTheOneSent()
    {
        using var server = new ScriptedServer(static _ => Put(), static options => options.Provider = S3ProviderProfiles.Aws);
        var upload = server.Bucket.ResumeMultipart("k", "upload");

        var part = await upload.UploadPartAsync(1, PainContent.Bytes(10));

        Assert.That(part.Checksum!.Value, Is.EqualTo(server.Requests.Single().Headers["x-amz-checksum-crc64nvme"]));
    }

    [Test]
    public async Task Redirect307_WithOnlyALocation_IsFollowedOnce()
    {
        using var server = new ScriptedServer(static sent =>
        {
            if (sent.Headers["Host"].EndsWith("other.example.com", StringComparison.Ordinal)) return Put();
            var answer = ScriptedServer.Error(HttpStatusCode.TemporaryRedirect, "TemporaryRedirect");
            answer.Headers.Location = new Uri("https://bucket.other.example.com/k");
            return answer;
        });

        await server.Bucket.PutAsync("k", PainContent.Bytes(10));

        Assert.That(server.Requests.Select(sent => sent.Headers["Host"]), Has.Exactly(2).Items);
        Assert.That(server.Requests.Last().Headers["Authorization"], Is.Not.EqualTo(server.Requests.First().Headers["Authorization"]));
    }

    [Test]
    public async Task Redirect307_ToPlainHttp_IsNotFollowed()
    {
        using var server = new ScriptedServer(static _ =>
        {
            var answer = ScriptedServer.Error(HttpStatusCode.TemporaryRedirect, "TemporaryRedirect");
            answer.Headers.Location = new Uri("http://bucket.other.example.com/k");
            return answer;
        });

        var error = await Assert.CatchAsync<S3ToolkitException>(() => server.Bucket.PutAsync("k", PainContent.Bytes(10)));

        Assert.That(error!.ErrorCode.Value, Is.EqualTo("TemporaryRedirect"));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Copy_Answered200WithAnError_IsThatError()
    {
        using var server = new ScriptedServer(static _ => ScriptedServer.Error(HttpStatusCode.OK, "AccessDenied"));

        var error = await Assert.CatchAsync<S3ToolkitException>(() => server.Bucket.CopyAsync("k", "copy"));

        Assert.That(error!.ErrorCode, Is.EqualTo(S3ErrorCode.AccessDenied));
    }

    [Test]
    public async Task Copy_AnsweredWithWhiteSpaceFirst_IsRead()
    {
        using var server = new ScriptedServer(sent => sent.Method == "HEAD" ? Head() : ScriptedServer.Xml("   \n\n " + Created));

        var info = await server.Bucket.CopyAsync("k", "copy");

        Assert.That(info.ETag!.Value.Value, Is.EqualTo("e"));
    }

    private static HttpResponseMessage Put()
    {
        var answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent([]) };
        answer.Headers.TryAddWithoutValidation("ETag", "\"0123456789abcdef0123456789abcdef\"");
        return answer;
    }

    private static HttpResponseMessage Head()
    {
        var answer = Put();
        answer.Content = new ByteArrayContent(new byte[10]);
        return answer;
    }
}
