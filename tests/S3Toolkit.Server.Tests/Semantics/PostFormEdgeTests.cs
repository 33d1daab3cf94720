using System.Net;
using System.Text;
using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Semantics;

public sealed class PostFormEdgeTests(ServerMode mode) : ServerFixture(mode)
{
    private const string Boundary = "the-boundary";

    [TestCase("${filename}")]
    [TestCase("")]
    public async Task Post_KeyThatIsEmptyInTheEnd_IsRefused(string key)
    {
        (HttpStatusCode status, string body, _) = await PostAsync(Form(key), fileName: "");

        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(body, Does.Contain("<Code>InvalidArgument</Code>").And.Contain("User key must have a length greater than 0."));
        Assert.That((await Client.ListObjectsV2Async(new() { BucketName = Bucket })).S3Objects ?? [], Is.Empty);
    }

    [Test]
    public async Task Post_FileWithoutAName_KeepsTheVariable()
    {
        string text = SignedForm.Encode(Form("a-${filename}"), "f", "content", Boundary, $"\r\n--{Boundary}--\r\n");

        (HttpStatusCode status, string body, _) = await PostTextAsync(text.Replace("; filename=\"f\"", ""), Boundary);

        Assert.That(status, Is.EqualTo(HttpStatusCode.NoContent), body);
        Assert.That(await ReadAsync("a-${filename}"), Is.EqualTo("content"));
    }

    [Test]
    public async Task Post_BoundaryLongerThanMimeAllows_IsMalformed()
    {
        (HttpStatusCode status, string body, _) = await PostAsync(Form("k"), boundary: new string('b', 71));

        Assert.That((status, body.Contains("MalformedPOSTRequest")), Is.EqualTo((HttpStatusCode.BadRequest, true)), body);
    }

    [Test]
    public async Task Post_FileWithoutAnEnd_IsMalformedAndStoresNothing()
    {
        (HttpStatusCode status, string body, _) = await PostAsync(Form("k"), end: "");

        Assert.That((status, body.Contains("MalformedPOSTRequest")), Is.EqualTo((HttpStatusCode.BadRequest, true)), body);
        Assert.That((await ErrorOf(() => ReadAsync("k"))).ErrorCode, Is.EqualTo("NoSuchKey"));
    }

    [Test]
    public async Task Post_FieldWithoutAnEnd_IsMalformed()
    {
        string text = $"--{Boundary}\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nk";

        (HttpStatusCode status, string body, _) = await PostTextAsync(text, Boundary);

        Assert.That((status, body.Contains("MalformedPOSTRequest")), Is.EqualTo((HttpStatusCode.BadRequest, true)), body);
    }

    [TestCase("Content-Disposition", "a\r\nx-evil: 1")]
    [TestCase("Content-Type", "text/\u0001plain")]
    [TestCase("x-amz-meta-a", "line\nbreak")]
    [TestCase("x-amz-meta-a b", "fine")]
    [TestCase("x-amz-meta-ä", "fine")]
    [TestCase("x-amz-meta-", "fine")]
    public async Task Post_HeaderThatNoAnswerCanHold_IsRefused(string name, string value)
    {
        (HttpStatusCode status, string body, _) = await PostAsync(Form("k", (name, value)));

        Assert.That((status, body.Contains("InvalidArgument")), Is.EqualTo((HttpStatusCode.BadRequest, true)), body);
        Assert.That((await ErrorOf(() => ReadAsync("k"))).ErrorCode, Is.EqualTo("NoSuchKey"));
    }

    [Test]
    public async Task Post_HeadersOfTheFile_ComeBack()
    {
        await PostAsync(Form("k", ("Content-Type", "text/x"), ("x-amz-meta-a", "1"), ("acl", "bucket-owner-full-control")));

        GetObjectMetadataResponse head = await Client.GetObjectMetadataAsync(Bucket, "k");
        Assert.That((head.Headers.ContentType, head.Metadata["a"]), Is.EqualTo(("text/x", "1")));
    }

    [Test]
    public async Task Post_Signed_IsAnEventInItsSignersName()
    {
        using S3EventListener events = Server.Events.Listen();
        await PostAsync(Form("posted"));
        await PutAsync("put", "x");
        S3ObjectEvent posted = await events.NextAsync(), put = await events.NextAsync();

        Assert.That((posted.EventName, posted.PrincipalId), Is.EqualTo(("ObjectCreated:Post", put.PrincipalId)));
    }

    [Test]
    public async Task Post_PublicAcl_IsRefused() =>
        Assert.That((await PostAsync(Form("k", ("acl", "public-read")))).Body, Does.Contain("AccessControlListNotSupported"));

    [TestCase(4, HttpStatusCode.BadRequest)]
    [TestCase(5, HttpStatusCode.NoContent)]
    [TestCase(10, HttpStatusCode.NoContent)]
    [TestCase(11, HttpStatusCode.BadRequest)]
    public async Task Post_ContentLengthRange_HoldsAtBothEnds(int length, HttpStatusCode expected)
    {
        (HttpStatusCode status, string body, _) = await PostAsync(Form("k"), content: new string('x', length));

        Assert.That(status, Is.EqualTo(expected), body);
        if (length < 5) Assert.That(body, Does.Contain("EntityTooSmall"));
        if (length > 10) Assert.That(body, Does.Contain("EntityTooLarge"));
    }

    [TestCase("200", HttpStatusCode.OK)]
    [TestCase("201", HttpStatusCode.Created)]
    [TestCase("204", HttpStatusCode.NoContent)]
    [TestCase("500", HttpStatusCode.NoContent)]
    public async Task Post_SuccessActionStatus_IsTheAnswersStatus(string asked, HttpStatusCode expected)
    {
        (HttpStatusCode status, string body, _) = await PostAsync(Form("k", ("success_action_status", asked)));

        Assert.That(status, Is.EqualTo(expected));
        Assert.That(body.Contains("<PostResponse>"), Is.EqualTo(asked == "201"));
    }

    [TestCase("https://example.com/done", "https://example.com/done?bucket=test-bucket&key=a%20b&etag=")]
    [TestCase("https://example.com/done?x=1", "https://example.com/done?x=1&bucket=test-bucket&key=a%20b&etag=")]
    public async Task Post_SuccessRedirect_TellsWhatWasStored(string redirect, string expected)
    {
        (HttpStatusCode status, _, string location) = await PostAsync(Form("a b", ("success_action_redirect", redirect)));

        Assert.That(status, Is.EqualTo(HttpStatusCode.RedirectMethod));
        Assert.That(location, Does.StartWith(expected));
    }

    [Test]
    public async Task Post_SuccessRedirectWithAFragment_PutsItsQueryBeforeIt()
    {
        (_, _, string location) = await PostAsync(Form("k", ("success_action_redirect", "https://example.com/done#top")));

        Assert.That(location, Does.Match("^https://example\\.com/done\\?bucket=test-bucket&key=k&etag=%22[0-9a-f]{32}%22#top$"));
    }

    private Dictionary<string, string> Form(string key, params (string Name, string Value)[] extra) =>
        SignedForm.Create(Server, Bucket, key, 5, 10, extra);

    private Task<(HttpStatusCode Status, string Body, string Location)> PostAsync(
        Dictionary<string, string> fields, string fileName = "f", string content = "content", string boundary = Boundary,
        string? end = null) =>
        PostTextAsync(SignedForm.Encode(fields, fileName, content, boundary, end ?? $"\r\n--{boundary}--\r\n"), boundary);

    private async Task<(HttpStatusCode Status, string Body, string Location)> PostTextAsync(string text, string boundary)
    {
        using ByteArrayContent body = new(Encoding.UTF8.GetBytes(text));
        body.Headers.TryAddWithoutValidation("Content-Type", $"multipart/form-data; boundary={boundary}");
        using HttpMessageHandler handler = Mode == ServerMode.Socket
            ? new SocketsHttpHandler { AllowAutoRedirect = false }
            : Server.CreateHandler();
        using HttpClient http = new(handler);
        using HttpResponseMessage response = await http.PostAsync(new Uri(Server.Endpoint, "/" + Bucket), body);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.Location?.OriginalString ?? "");
    }
}
