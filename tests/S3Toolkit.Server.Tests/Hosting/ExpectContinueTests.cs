using System.Net.Sockets;
using System.Text;

namespace S3Toolkit.Server.Tests.Hosting;

public sealed class ExpectContinueTests
{
    [TestCase("Content-Length: 3\r\nExpect: 100-continue\r\n", "Connection: close")]
    [TestCase("Content-Length: 0\r\nExpect: 100-continue\r\n", "")]
    [TestCase("Content-Length: 0\r\n", "")]
    public async Task Put_RefusedBeforeItsBodyWasAskedFor_EndsTheConnection(string headers, string expected)
    {
        await using S3Server server = await S3Server.StartAsync();
        using TcpClient client = new();
        await client.ConnectAsync(server.Endpoint.Host, server.Endpoint.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"PUT /nobody/k HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n"));

        // One answer whole: else what the client sends or does not send next would be read as the body that it held back.
        byte[] buffer = new byte[4096];
        StringBuilder answer = new();
        while (!answer.ToString().Contains("</Error>"))
            answer.Append(Encoding.UTF8.GetString(buffer, 0, await client.GetStream().ReadAsync(buffer)));

        Assert.That(answer.ToString(), Does.StartWith("HTTP/1.1 404").And.Contain("NoSuchBucket"));
        Assert.That(answer.ToString().Contains("Connection: close"), Is.EqualTo(expected.Length > 0));
    }
}
