using System.Collections.Concurrent;
using System.Net;

namespace S3Toolkit.Tests.Stores;

/// <summary>What the options of a call say, all of its requests say.</summary>
[TestFixture]
internal sealed class CallOptionsTests
{
    private const string Owner = "111122223333";
    private const string OwnerHeader = "x-amz-expected-bucket-owner";

    private static readonly CustomerKeyEncryption Key = ServerEncryption.CustomerKey(new byte[32]);

    private static HttpResponseMessage Answer(SentRequest request)
    {
        if (request.Method == "DELETE") return new HttpResponseMessage(HttpStatusCode.NoContent);
        var response = request.Method switch
        {
            "HEAD" => new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(new byte[5]) },
            "POST" when request.Asks("uploads") =>
                ScriptedServer.Xml("<InitiateMultipartUploadResult><UploadId>id</UploadId></InitiateMultipartUploadResult>"),
            "POST" => ScriptedServer.Xml("<CompleteMultipartUploadResult><ETag>\"e-1\"</ETag></CompleteMultipartUploadResult>"),
            "GET" => ScriptedServer.Xml("<ListPartsResult><IsTruncated>false</IsTruncated></ListPartsResult>"),
            _ when request.Headers.ContainsKey("x-amz-copy-source") =>
                ScriptedServer.Xml("<CopyPartResult><ETag>\"e\"</ETag></CopyPartResult>"),
            _ => new HttpResponseMessage(HttpStatusCode.OK),
        };
        response.Headers.TryAddWithoutValidation("ETag", "\"e\"");
        return response;
    }

    [Test]
    public async Task Multipart_OwnerAndCustomizer_ReachEachRequest()
    {
        using var server = new ScriptedServer(Answer);
        var seen = new ConcurrentQueue<string>();
        var options = new StartMultipartOptions { ExpectedBucketOwner = Owner }.CustomizeSdkRequest(
            request => seen.Enqueue(request.GetType().Name));

        var session = await server.Bucket.StartMultipartAsync("key", options);
        await session.UploadPartAsync(1, new byte[3]);
        await session.CopyPartAsync(2, new ObjectAddress("bucket", "source"), ObjectRange.Of(0, 3));
        Assert.That(await session.ListPartsAsync().CountAsync(), Is.Zero);
        await session.CompleteAsync();
        await session.AbortAsync();

        Assert.That(server.Requests, Has.Count.EqualTo(6));
        Assert.That(server.Requests.Select(static request => request.Headers.GetValueOrDefault(OwnerHeader)), Is.All.EqualTo(Owner));
        Assert.That(seen, Has.Count.EqualTo(6));
    }

    [Test]
    public async Task Copy_Customizer_SeesTheLookAtTheSource()
    {
        using var server = new ScriptedServer(request => request.Method == "HEAD"
            ? Answer(request)
            : ScriptedServer.Xml("<CopyObjectResult><ETag>\"e\"</ETag></CopyObjectResult>"));
        var seen = new ConcurrentQueue<string>();

        await server.Bucket.CopyAsync(
            new ObjectAddress("bucket", "source"),
            "key",
            new CopyObjectOptions().CustomizeSdkRequest(request => seen.Enqueue(request.GetType().Name)));

        Assert.That(seen, Is.EqualTo(["GetObjectMetadataRequest", "CopyObjectRequest"]));
    }

    [Test]
    public async Task ResumeMultipart_CustomerKeys_AreSentWithTheParts()
    {
        using var server = new ScriptedServer(Answer);
        var session = server.Bucket.ResumeMultipart("key", "id", new StartMultipartOptions { Encryption = Key });

        await session.UploadPartAsync(1, new byte[3]);
        await session.CopyPartAsync(2, new ObjectAddress("bucket", "source"), ObjectRange.Of(0, 3), Key);

        Assert.That(
            server.Requests.Select(static request => request.Headers.ContainsKey("x-amz-server-side-encryption-customer-key")),
            Is.All.True);
        Assert.That(
            server.Requests.Last().Headers.ContainsKey("x-amz-copy-source-server-side-encryption-customer-key"), Is.True);
    }

    [Test]
    public async Task ResumeMultipart_WithOptions_CompletesWithWhatTheServerHas()
    {
        using var server = new ScriptedServer(request => request.Method == "GET"
            ? ScriptedServer.Xml(
                "<ListPartsResult><IsTruncated>false</IsTruncated>"
                + "<Part><PartNumber>1</PartNumber><ETag>\"e\"</ETag><Size>3</Size></Part></ListPartsResult>")
            : Answer(request));

        var info = await server.Bucket.ResumeMultipart("key", "id", new StartMultipartOptions { Encryption = Key }).CompleteAsync();

        Assert.That(info.SizeBytes, Is.EqualTo(3));
    }
}
