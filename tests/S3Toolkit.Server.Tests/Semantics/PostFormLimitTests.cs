using System.Net;
using System.Text;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Semantics;

/// <summary>What a form may cost the server, whoever sends it.</summary>
public sealed class PostFormLimitTests(ServerMode mode) : ServerFixture(mode)
{
    private const string Boundary = "the-boundary";

    private const int Limit = 4096;

    protected override void Configure(S3ServerOptions options) => options.MaxFormFieldBytes = Limit;

    [Test]
    public async Task Post_FieldsWithinTheLimit_IsStored()
    {
        Dictionary<string, string> form = SignedForm.Create(Server, Bucket, "k", 0, 100, ("x-amz-meta-a", new string('x', 1500)));

        Assert.That(await PostAsync(Form(form)), Is.EqualTo((HttpStatusCode.NoContent, "")));
    }

    [TestCase("a", 5000, 1, TestName = "Post_OneLongValue_IsTooLarge")]
    [TestCase("ä", 2200, 1, TestName = "Post_OneValueThatIsLongInUtf8_IsTooLarge")]
    [TestCase("", 1, 60, TestName = "Post_ManyFieldsWithoutValues_IsTooLarge")]
    public async Task Post_FieldsBeyondTheLimit_IsTooLarge(string unit, int length, int count)
    {
        StringBuilder text = new();
        string value = new StringBuilder().Insert(0, unit, length).ToString();
        for (int i = 0; i < count; i++)
            text.Append($"--{Boundary}\r\nContent-Disposition: form-data; name=\"x-ignore-{i}\"\r\n\r\n{value}\r\n");

        (HttpStatusCode status, string body) = await PostAsync(text.Append(Form(new() { ["key"] = "k" })).ToString());

        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest), body);
        Assert.That(body, Does.Contain("<Code>MaxPostPreDataLengthExceeded</Code>"));
    }

    [Test]
    public async Task Post_FieldsWithoutValuesAndWithoutEnd_AreAnsweredBeforeTheEnd()
    {
        if (Mode == ServerMode.Socket) Assert.Ignore("HttpClient reads no answer before it has sent all that it is asked to.");
        string fields = string.Concat(Enumerable.Range(0, 20).Select(i =>
            $"--{Boundary}\r\nContent-Disposition: form-data; name=\"{i}{new string('n', 1000)}\"\r\n\r\n\r\n"));
        using StreamContent content = new(new StallingStream(Encoding.ASCII.GetBytes(fields)));

        using HttpResponseMessage response = await SendAsync(content);

        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("MaxPostPreDataLengthExceeded"));
    }

    [Test]
    public async Task Post_MuchAfterTheFile_IsTooBigAndStoresNothing()
    {
        Dictionary<string, string> form = SignedForm.Create(Server, Bucket, "k", 0, 100);

        (HttpStatusCode status, string body) = await PostAsync(Form(form) + new string('x', 100_000));

        Assert.That((status, body.Contains("MaxMessageLengthExceeded")), Is.EqualTo((HttpStatusCode.BadRequest, true)), body);
        Assert.That((await ErrorOf(() => ReadAsync("k"))).ErrorCode, Is.EqualTo("NoSuchKey"));
    }

    private static string Form(Dictionary<string, string> fields) =>
        SignedForm.Encode(fields, "f", "content", Boundary, $"\r\n--{Boundary}--\r\n");

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(string text, params (string Name, string Value)[] headers)
    {
        using ByteArrayContent content = new(Encoding.UTF8.GetBytes(text));
        using HttpResponseMessage response = await SendAsync(content, headers);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private async Task<HttpResponseMessage> SendAsync(HttpContent content, params (string Name, string Value)[] headers)
    {
        content.Headers.TryAddWithoutValidation("Content-Type", $"multipart/form-data; boundary={Boundary}");
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(Server.Endpoint, "/" + Bucket)) { Content = content };
        foreach ((string name, string value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using HttpClient http = CreateHttpClient();
        return await http.SendAsync(request);
    }

    /// <summary>A body of which no more comes, and which does not end either.</summary>
    private sealed class StallingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position == Length) await Task.Delay(Timeout.Infinite, cancellationToken);
            return await base.ReadAsync(buffer, cancellationToken);
        }
    }
}
