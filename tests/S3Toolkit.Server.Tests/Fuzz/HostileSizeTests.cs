using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Tests.Authentication;

namespace S3Toolkit.Server.Tests.Fuzz;

/// <summary>What is meant to fill the server's memory is answered or cut, within a bound that has to do with the limits only.</summary>
[NonParallelizable]
public sealed class HostileSizeTests
{
    private const long MiB = 1024 * 1024;

    private S3Server _server = null!;

    [SetUp]
    public async Task StartServer()
    {
        _server = await S3Server.StartAsync(new S3ServerOptions
        {
            AccessKeyId = SignedRequest.AccessKeyId, SecretAccessKey = SignedRequest.Secret, Region = SignedRequest.Region,
            HeaderTimeout = TimeSpan.FromSeconds(2), MinBodyBytesPerSecond = 10_000, BodyGracePeriod = TimeSpan.FromSeconds(1.5),
        });
        Assert.That(await StatusOfAsync(Signed("PUT", "/bucket", [])), Is.EqualTo(200));
    }

    [TearDown]
    public async Task StopServer() => await _server.DisposeAsync();

    [TestCase("UNSIGNED-PAYLOAD")]
    [TestCase("STREAMING-UNSIGNED-PAYLOAD-TRAILER")]
    [TestCase("STREAMING-AWS4-HMAC-SHA256-PAYLOAD")]
    public async Task Put_ManyGibibytesPromisedAndNoneSent_TakesNoMemoryForThem(string payload)
    {
        const long promised = 5L * 1024 * MiB;
        SignedRequest request = New("PUT", "/bucket/k");
        request.PayloadText = payload;
        request.Headers.Add(new("x-amz-decoded-content-length", promised.ToString(CultureInfo.InvariantCulture)));
        byte[] bytes = Head(request.SignHeaders(), $"content-length: {promised}");

        long allocated = await AllocatedAsync(async () =>
        {
            for (int i = 0; i < 20; i++) Assert.That(await StatusOfAsync(new FuzzRequest(bytes, IsCut: true)), Is.Not.EqualTo(500));
        });

        Assert.That(allocated, Is.LessThan(16 * MiB), "20 promises of 5 GiB");
    }

    [Test]
    public async Task Get_TenThousandHeaders_AreRefusedAtTheLimit()
    {
        string headers = string.Concat(Enumerable.Range(0, 10_000).Select(i => $"x-{i}: {i}\r\n"));
        byte[] bytes = Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nhost: localhost\r\n{headers}\r\n");

        int status = 0;
        long allocated = await AllocatedAsync(async () => status = await StatusOfAsync(new FuzzRequest(bytes, IsCut: false)));

        Assert.That(status, Is.EqualTo((int)HttpStatusCode.RequestHeaderFieldsTooLarge));
        Assert.That(allocated, Is.LessThan(8 * MiB));
    }

    [TestCase("<a/>", "", "", 8, 64)]
    [TestCase("<a>", "", "", 8, 64)]
    [TestCase("x", "<a b=\"", "\"/>", 8, 128)]
    [TestCase("x", "", "", 8, 128)]
    [TestCase("&amp;", "<Key>", "</Key>", 8, 128)]
    [TestCase("<!-- -->", "", "", 8, 64)]
    [TestCase("x", "", "", 9, 64)]
    public async Task Put_DocumentUpToTheLimit_IsMalformedWithinAMultipleOfIt(string unit, string start, string end, int mib, int maxMiB)
    {
        int count = (int)((mib * MiB) - 1000) / unit.Length;
        byte[] body = Encoding.ASCII.GetBytes($"<Tagging>{start}{new StringBuilder().Insert(0, unit, count)}{end}</Tagging>");
        FuzzRequest request = Signed("PUT", "/bucket", body, "tagging");

        int status = 0;
        long allocated = await AllocatedAsync(async () => status = await StatusOfAsync(request));

        Assert.That(status, Is.EqualTo(400));
        Assert.That(allocated, Is.LessThan(maxMiB * MiB));
    }

    [Test]
    public async Task Send_SlowlyOnManyConnections_IsCutWhileOthersAreServed()
    {
        byte[] request = Signed("PUT", "/bucket/k", new byte[1000]).Bytes;
        List<Socket> sockets = [];
        try
        {
            for (int i = 0; i < 60; i++)
            {
                Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
                sockets.Add(socket);
                await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, _server.Endpoint.Port));
                // Half of them stop within the head, half within the body.
                await socket.SendAsync(request.AsMemory(0, i % 2 == 0 ? 100 : request.Length - 500));
            }

            Assert.That(await StatusOfAsync(Signed("GET", "/bucket", [])), Is.EqualTo(200), "an honest client between them");

            using CancellationTokenSource timeout = new(FuzzConnection.MaxWait);
            foreach (Socket socket in sockets) await ReadToEndAsync(socket, timeout.Token);
        }
        finally
        {
            foreach (Socket socket in sockets) socket.Dispose();
        }
    }

    private static async Task ReadToEndAsync(Socket socket, CancellationToken cancellationToken)
    {
        try
        {
            byte[] buffer = new byte[1024];
            while (await socket.ReceiveAsync(buffer, cancellationToken) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // a reset is an end, too
        }
    }

    private static async Task<long> AllocatedAsync(Func<Task> action)
    {
        long before = GC.GetTotalAllocatedBytes(precise: true);
        await action();
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    private Task<int> StatusOfAsync(FuzzRequest request) => FuzzConnection.StatusOfAsync(_server.Endpoint.Port, request);

    private static SignedRequest New(string method, string path, string query = "") =>
        new() { Method = method, RawPath = path, RawQuery = query, Time = TimeProvider.System.GetUtcNow() };

    private static FuzzRequest Signed(string method, string path, byte[] body, string query = "")
    {
        SignedRequest request = New(method, path, query);
        request.Body = body;
        (byte[] head, byte[] framed, bool isCut) = WireWriter.Write(request.SignHeaders(), body, Framing.Length);
        return new FuzzRequest([.. head, .. framed], isCut) { IsWhole = true };
    }

    private static byte[] Head(S3HttpRequest request, string length)
    {
        StringBuilder head = new($"{request.Method} {request.RawPath} HTTP/1.1\r\n");
        foreach ((string name, string value) in request.Headers) head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        return Encoding.ASCII.GetBytes(head.Append(length).Append("\r\n\r\n").ToString());
    }
}
