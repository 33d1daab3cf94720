using System.Net.Sockets;
using System.Text;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Tests.Hosting;

/// <summary>PUT with neither Content-Length nor Transfer-Encoding, as HTTP libraries do not send it.</summary>
public sealed class MissingLengthTests
{
    private const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private S3Server _server = null!;

    [SetUp]
    public async Task StartServer()
    {
        _server = await S3Server.StartAsync();
        await _server.SeedAsync(new Dictionary<string, string> { ["source"] = "x" }, "test-bucket");
    }

    [TearDown]
    public async Task StopServer() => await _server.DisposeAsync();

    [Test]
    public async Task PutObject_NoLength_IsRefused()
    {
        string answer = await PutAsync("/test-bucket/k", "");

        Assert.That(answer, Does.StartWith("HTTP/1.1 411").And.Contain("MissingContentLength"));
    }

    [TestCase("/test-bucket/k", "Content-Length: 0\r\n")]
    [TestCase("/test-bucket/k", "x-amz-copy-source: /test-bucket/source\r\n")]
    [TestCase("/another-bucket", "")]
    public async Task Put_OfNoBytesOrNoneNeeded_IsTaken(string path, string header) =>
        Assert.That(await PutAsync(path, header), Does.StartWith("HTTP/1.1 200"));

    private async Task<string> PutAsync(string path, string header)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        string[] copy = header.StartsWith("x-amz-", StringComparison.Ordinal) ? header.Trim().Split(": ") : [];
        HeaderField[] signed =
        [
            new("host", _server.Endpoint.Authority), new("x-amz-content-sha256", EmptyHash), new("x-amz-date", SigningTime.Format(now)),
            .. copy.Length > 0 ? [new HeaderField(copy[0], copy[1])] : (HeaderField[])[],
        ];
        RequestSigner signer = new(
            new SigningCredential(_server.AccessKeyId, _server.SecretAccessKey), _server.Region, new SigningKeyCache());
        string authorization = signer.SignHeaders("PUT", path, "", signed, EmptyHash, now);
        string request = $"PUT {path} HTTP/1.1\r\nHost: {_server.Endpoint.Authority}\r\nx-amz-content-sha256: {EmptyHash}\r\n"
            + $"x-amz-date: {SigningTime.Format(now)}\r\nAuthorization: {authorization}\r\nConnection: close\r\n{header}\r\n";
        using TcpClient client = new();
        await client.ConnectAsync(_server.Endpoint.Host, _server.Endpoint.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        using StreamReader reader = new(client.GetStream());
        return await reader.ReadToEndAsync();
    }
}
