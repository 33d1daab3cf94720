using System.Net;
using System.Net.Sockets;

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
    public async Task StartAsync_AccountIdOfElevenDigits_SaysWhatIsWrong() => await Assert.ThatAsync(
        () => S3Server.StartAsync(new S3ServerOptions { AccountId = "12345678901" }),
        Throws.ArgumentException.With.Message.Contains("12345678901"));
}
