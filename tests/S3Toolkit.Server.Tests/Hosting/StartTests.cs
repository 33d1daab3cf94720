using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace S3Toolkit.Server.Tests.Hosting;

public sealed class StartTests
{
    [Test]
    public async Task StartAsync_ManyInOneProcess_EachHasItsOwnPortAndKeys()
    {
        List<S3Server> servers = [];
        for (int i = 0; i < 5; i++)
        {
            long started = TimeProvider.System.GetTimestamp();
            servers.Add(await S3Server.StartAsync());
            TestContext.Out.WriteLine($"start {i + 1}: {TimeProvider.System.GetElapsedTime(started).TotalMilliseconds:F1} ms");
        }

        Assert.That(servers.Select(server => server.Endpoint.Port).Distinct().Count(), Is.EqualTo(5));
        Assert.That(servers.Select(server => server.SecretAccessKey).Distinct().Count(), Is.EqualTo(5));
        Assert.That(servers.All(server => server.Endpoint.Host == "127.0.0.1"), Is.True);
        foreach (S3Server server in servers) await server.DisposeAsync();
    }

    [Test]
    public async Task DisposeAsync_Listening_ClosesThePort()
    {
        S3Server server = await S3Server.StartAsync();
        await server.DisposeAsync();
        using Socket socket = new(SocketType.Stream, ProtocolType.Tcp);

        await Assert.ThatAsync(() => socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, server.Endpoint.Port)),
            Throws.InstanceOf<SocketException>());
    }

    [Test]
    public async Task StartAsync_PortTaken_IsAnIoError()
    {
        await using S3Server first = await S3Server.StartAsync();

        await Assert.ThatAsync(() => S3Server.StartAsync(new S3ServerOptions { Port = first.Endpoint.Port }),
            Throws.InstanceOf<IOException>());
    }

    [Test]
    public async Task DisposeAsync_ClockThatNobodyMoves_CutsWhatIsUnderWay()
    {
        S3Server server = await S3Server.StartAsync(new S3ServerOptions
        {
            TimeProvider = new FakeTimeProvider(TimeProvider.System.GetUtcNow()), ShutdownTimeout = TimeSpan.FromMilliseconds(50),
        });
        server.Faults.Add(new S3FaultRule { Fault = S3Fault.Delay(TimeSpan.FromDays(1)) });
        using HttpClient http = new();
        Task<HttpResponseMessage> pending = http.GetAsync(server.Endpoint);
        while (server.Requests.Count == 0) await Task.Yield();

        await server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);

        await Assert.ThatAsync(() => pending, Throws.InstanceOf<HttpRequestException>());
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task StartAsync_DisposedMeanwhile_LeavesNoOpenPort(bool isAsync)
    {
        DisposingLoggers loggers = new(isAsync);
        S3Server server = S3Server.Create(new S3ServerOptions { LoggerFactory = loggers });
        loggers.Server = server; // Kestrel asks for its loggers on its way to listen

        await Assert.ThatAsync(() => server.EnsureListeningAsync(default), Throws.InstanceOf<ObjectDisposedException>());

        using Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        await Assert.ThatAsync(() => socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, server.Endpoint.Port)),
            Throws.InstanceOf<SocketException>());
    }

    [Test]
    public async Task StartAsync_AccountIdOfElevenDigits_SaysWhatIsWrong() => await Assert.ThatAsync(
        () => S3Server.StartAsync(new S3ServerOptions { AccountId = "12345678901" }),
        Throws.ArgumentException.With.Message.Contains("12345678901"));

    private sealed class DisposingLoggers(bool isAsync) : ILoggerFactory
    {
        public S3Server? Server { get; set; }

        public ILogger CreateLogger(string categoryName)
        {
            if (isAsync) Server?.DisposeAsync().AsTask().GetAwaiter().GetResult();
            else Server?.Dispose();
            return NullLogger.Instance;
        }

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }
    }
}
