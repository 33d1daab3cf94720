using System.Net;
using System.Net.Http.Headers;
using S3Toolkit.Server.Authentication;
using S3Toolkit.Server.Hosting;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Tests.Authentication;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Tests.Pipeline;

/// <summary>The pipeline's own duties, seen through the handler without a socket.</summary>
public sealed class PipelineTests
{
    [Test]
    public async Task Process_OperationFailsWithAnIoException_IsAnInternalErrorAndNoReset()
    {
        await using S3Server server = S3Server.CreateInMemory();
        using HttpClient http = Client(
            server, new ScriptedAuthenticator(server.Core.Authenticator, _ => throw new IOException("disk full")));

        using HttpResponseMessage response = await http.GetAsync(server.Endpoint);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));
    }

    [TestCase("GET")]
    [TestCase("PUT")]
    public async Task Process_AnyRequest_DisposesTheBodyThatItReads(string method)
    {
        await using S3Server server = S3Server.CreateInMemory();
        List<DisposalProbe> probes = [];
        using HttpClient http = Client(server, new ScriptedAuthenticator(server.Core.Authenticator, authenticated =>
        {
            DisposalProbe probe = new(authenticated.Body);
            probes.Add(probe);
            return authenticated with { Body = probe };
        }));
        using HttpRequestMessage request = new(new HttpMethod(method), new Uri(server.Endpoint, "/no-such-bucket/k"));
        if (method == "PUT") request.Content = new ByteArrayContent([1, 2, 3]);

        using HttpResponseMessage response = await http.SendAsync(request);
        for (int i = 0; i < 1000 && probes.Any(probe => !probe.IsDisposed); i++) await Task.Yield();

        Assert.That(probes.Select(probe => probe.IsDisposed), Is.EqualTo(new[] { true }));
    }

    [Test]
    public async Task Read_DisposedChunkedBody_HasGivenItsBufferBack()
    {
        SignedRequest signed = new();
        signed.Headers.Add(new("x-amz-decoded-content-length", "5"));
        signed.PayloadText = PayloadHash.StreamingUnsignedTrailerText;
        signed.Body = "5\r\nhello\r\n0\r\n\r\n"u8.ToArray();
        AuthenticatedRequest authenticated = await SignedRequest.Server().AuthenticateAsync(signed.SignHeaders(), default);

        await authenticated.Body.DisposeAsync();

        await Assert.ThatAsync(async () => await authenticated.Body.ReadAsync(new byte[10]), Throws.InstanceOf<ObjectDisposedException>());
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Delete_BodyThatIsNotWhatWasSigned_DeletesNothing(bool isTrue)
    {
        await using S3Server server = S3Server.CreateInMemory();
        using HttpClient http = new(server.CreateHandler());
        using HttpResponseMessage created = await SendAsync(server, http, "PUT", "/bucket", []);
        using HttpResponseMessage put = await SendAsync(server, http, "PUT", "/bucket/k", [1]);

        using HttpResponseMessage deleted = await SendAsync(server, http, "DELETE", "/bucket/k", [1, 2, 3], isTrue ? null : [9]);
        using HttpResponseMessage got = await SendAsync(server, http, "GET", "/bucket/k", []);

        Assert.That((deleted.StatusCode, got.StatusCode), Is.EqualTo(isTrue
            ? (HttpStatusCode.NoContent, HttpStatusCode.NotFound)
            : (HttpStatusCode.BadRequest, HttpStatusCode.OK)));
    }

    [Test]
    public async Task Delete_EndlessBodyThatNobodyTakes_IsRefused()
    {
        await using S3Server server = S3Server.CreateInMemory(new S3ServerOptions { MaxXmlBodyBytes = 1000 });
        using HttpClient http = new(server.CreateHandler());
        using HttpResponseMessage created = await SendAsync(server, http, "PUT", "/bucket", []);

        using HttpResponseMessage deleted = await SendAsync(server, http, "DELETE", "/bucket/k", new byte[1001]);

        Assert.That(await deleted.Content.ReadAsStringAsync(), Does.Contain("MaxMessageLengthExceeded"));
    }

    [Test]
    public async Task Head_OfTheService_HasALengthAndNoBody()
    {
        await using S3Server server = S3Server.CreateInMemory();
        using HttpRequestMessage request = new(HttpMethod.Get, server.Endpoint);
        RecordingSink sink = new();
        SignedRequest signed = Signed(server, "HEAD", "/", []);

        await new S3Pipeline(server.Core).ProcessAsync(signed.SignHeaders(), sink, default);

        Assert.That((sink.Status, sink.Written.Length), Is.EqualTo((200, 0L)));
        Assert.That(sink.ContentLength, Is.Positive);
    }

    private static HttpClient Client(S3Server server, IAuthenticator authenticator) =>
        new(new InMemoryHandler(new S3Pipeline(server.Core with { Authenticator = authenticator }), CancellationToken.None));

    private static SignedRequest Signed(S3Server server, string method, string path, byte[] body)
    {
        SignedRequest signed = new()
        {
            Method = method, RawPath = path, Body = body, Key = server.AccessKeyId, SigningSecret = server.SecretAccessKey,
            Time = TimeProvider.System.GetUtcNow(),
        };
        signed.Headers.Clear();
        signed.Headers.Add(new("host", server.Endpoint.Authority));
        return signed;
    }

    private static async Task<HttpResponseMessage> SendAsync(
        S3Server server, HttpClient http, string method, string path, byte[] body, byte[]? signedBody = null)
    {
        SignedRequest signed = Signed(server, method, path, body);
        signed.PayloadText = SignedRequest.Sha256Of(signedBody ?? body);
        using HttpRequestMessage request = new(new HttpMethod(method), new Uri(server.Endpoint, path));
        foreach ((string name, string value) in signed.SignHeaders().Headers) request.Headers.TryAddWithoutValidation(name, value);
        if (body.Length > 0) request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("a/b") } };
        return await http.SendAsync(request);
    }

    private sealed class ScriptedAuthenticator(IAuthenticator inner, Func<AuthenticatedRequest, AuthenticatedRequest> script)
        : IAuthenticator
    {
        public async ValueTask<AuthenticatedRequest> AuthenticateAsync(S3HttpRequest request, CancellationToken cancellationToken) =>
            script(await inner.AuthenticateAsync(request, cancellationToken));

        public PostPolicyGrant AuthenticatePost(S3PostForm form, string bucketName, string? expectedRegion) =>
            inner.AuthenticatePost(form, bucketName, expectedRegion);
    }

    private sealed class DisposalProbe(Stream inner) : ReadOnlyBodyStream
    {
        public bool IsDisposed { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.ReadAsync(buffer, cancellationToken);

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
