using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using S3Toolkit.Server.Hosting;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Hosting;

public sealed class LimitTests(ServerMode mode) : ServerFixture(mode)
{
    protected override void Configure(S3ServerOptions options)
    {
        options.MaxBodyBytes = 1000;
        options.MaxXmlBodyBytes = 2000;
        options.MaxXmlElements = 20;
        options.MaxQueryParameters = 20;
        options.MaxHeaderBytes = 4096;
        options.MaxHeaders = 30;
        options.MaxRequestLineBytes = 1500;
        options.MaxConnections = 4;
    }

    [Test]
    public async Task Put_BodyBeyondTheLimit_IsTooLarge()
    {
        await PutAsync("k", new string('x', 1000));

        Assert.That((await ErrorOf(() => PutAsync("k", new string('x', 1001)))).ErrorCode, Is.EqualTo("EntityTooLarge"));
    }

    [Test]
    public async Task DeleteObjects_DocumentBeyondTheLimit_IsTooBig() =>
        Assert.That((await ErrorOf(() => DeleteAsync(new string('k', 1000), new string('l', 1000)))).ErrorCode,
            Is.EqualTo("MaxMessageLengthExceeded"));

    [Test]
    public async Task DeleteObjects_TooManyElements_IsMalformed()
    {
        await DeleteAsync([.. Enumerable.Range(0, 9).Select(i => i.ToString(CultureInfo.InvariantCulture))]);

        AmazonS3Exception error = await ErrorOf(() => DeleteAsync(
            [.. Enumerable.Range(0, 10).Select(i => i.ToString(CultureInfo.InvariantCulture))]));

        Assert.That(error.ErrorCode, Is.EqualTo("MalformedXML"));
    }

    [Test]
    public async Task Get_TooManyParameters_IsRefusedBeforeTheSignature()
    {
        using HttpClient http = CreateHttpClient();

        using HttpResponseMessage response = await http.GetAsync(
            new Uri(Server.Endpoint, "/?" + string.Join('&', Enumerable.Repeat("a", 21))));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("InvalidRequest").And.Contains("MaxQueryParameters"));
    }

    [Test]
    public async Task Get_HeadersBeyondTheLimit_AreRefused()
    {
        if (Mode != ServerMode.Socket) Assert.Ignore("Headers are limited where they are parsed; without a socket nobody does.");
        using HttpClient http = CreateHttpClient();
        using HttpRequestMessage request = new(HttpMethod.Get, Server.Endpoint);
        request.Headers.Add("x-long", new string('x', 4096));

        using HttpResponseMessage response = await http.SendAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.RequestHeaderFieldsTooLarge));
    }

    [TestCase(20, HttpStatusCode.Forbidden)]
    [TestCase(30, HttpStatusCode.RequestHeaderFieldsTooLarge)]
    public async Task Get_Headers_AreCounted(int count, HttpStatusCode expected)
    {
        if (Mode != ServerMode.Socket) Assert.Ignore("Headers are limited where they are parsed; without a socket nobody does.");
        using HttpClient http = CreateHttpClient();
        using HttpRequestMessage request = new(HttpMethod.Get, Server.Endpoint);
        for (int i = 0; i < count; i++) request.Headers.Add($"x-{i}", "1");

        using HttpResponseMessage response = await http.SendAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(expected));
    }

    [TestCase(1000, HttpStatusCode.NotFound)]
    [TestCase(1500, HttpStatusCode.RequestUriTooLong)]
    public async Task Get_LongRequestLine_IsRefusedAtTheLimit(int length, HttpStatusCode expected)
    {
        if (Mode != ServerMode.Socket) Assert.Ignore("The line is limited where it is parsed; without a socket there is none.");
        using HttpClient http = CreateHttpClient();

        using HttpResponseMessage response = await http.GetAsync(new Uri(Server.Endpoint, "/no-such-bucket/" + new string('k', length)));

        Assert.That(response.StatusCode, Is.EqualTo(expected));
    }

    [Test]
    public async Task Put_ElevenTags_IsRefused()
    {
        static string Tags(int count) => string.Join('&', Enumerable.Range(0, count).Select(i => $"k{i}=v"));

        Assert.That((await SendAsync(HttpMethod.Put, $"/{Bucket}/k", "", "x", ("x-amz-tagging", Tags(10)))).Status, Is.EqualTo(200));
        (int status, string body) = await SendAsync(HttpMethod.Put, $"/{Bucket}/k", "", "x", ("x-amz-tagging", Tags(11)));
        Assert.That((status, body.Contains("Object tags cannot be greater than 10")), Is.EqualTo((400, true)), body);
    }

    [Test]
    public async Task Connect_BeyondTheLimit_IsClosed()
    {
        if (Mode != ServerMode.Socket) Assert.Ignore("Without a socket there are no connections.");
        List<Socket> sockets = [];
        try
        {
            bool isClosed = false;
            for (int i = 0; i < 5 && !isClosed; i++)
            {
                Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
                sockets.Add(socket);
                await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, Server.Endpoint.Port));
                isClosed = !await IsServedAsync(socket);
            }

            Assert.That(isClosed, Is.True);
            Assert.That(sockets, Has.Count.GreaterThan(1));
        }
        finally
        {
            foreach (Socket socket in sockets) socket.Dispose();
        }
    }

    [Test]
    public void MinBodyBytesPerSecond_Set_IsKestrelsLimitBothWays()
    {
        S3ServerOptions options = new() { MinBodyBytesPerSecond = 240, BodyGracePeriod = TimeSpan.FromSeconds(7) };

        KestrelServerLimits limits = KestrelHost.KestrelOptions(options).Limits;

        foreach (MinDataRate? rate in new[] { limits.MinRequestBodyDataRate, limits.MinResponseDataRate })
        {
            Assert.That((rate!.BytesPerSecond, rate.GracePeriod), Is.EqualTo((240d, TimeSpan.FromSeconds(7))));
        }
        Assert.That(KestrelHost.KestrelOptions(new S3ServerOptions()).Limits.MinRequestBodyDataRate, Is.Null);
    }

    private Task DeleteAsync(params string[] keys) => Client.DeleteObjectsAsync(new DeleteObjectsRequest
    {
        BucketName = Bucket, Objects = [.. keys.Select(key => new KeyVersion { Key = key })], Quiet = true,
    });

    private static async Task<bool> IsServedAsync(Socket socket)
    {
        try
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            return await socket.ReceiveAsync(new byte[100]) > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
