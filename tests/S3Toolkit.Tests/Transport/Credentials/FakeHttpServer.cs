using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace S3Toolkit.Tests.Transport.Credentials;

/// <summary>A request as the fake saw it.</summary>
internal sealed record FakeRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>An answer of the fake; <see cref="Silence"/> never comes.</summary>
internal sealed record FakeAnswer(int Status, string Body, string ContentType = "application/json")
{
    public static FakeAnswer Silence { get; } = new(0, "");
}

/// <summary>A small HTTP server on loopback that stands for STS, SSO, a container agent, EC2's metadata or S3.</summary>
internal sealed class FakeHttpServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<FakeRequest, FakeAnswer> _answer;
    private readonly List<FakeRequest> _requests = [];
    private readonly Task _loop;

    public FakeHttpServer(Func<FakeRequest, FakeAnswer> answer)
    {
        _answer = answer;
        _listener.Start();
        _loop = AcceptAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public IReadOnlyList<FakeRequest> Requests
    {
        get
        {
            lock (_requests) return [.. _requests];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true) connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using NetworkStream stream = client.GetStream();
                FakeRequest request = await ReadAsync(stream, _stop.Token);
                lock (_requests) _requests.Add(request);

                FakeAnswer answer = _answer(request);
                if (answer == FakeAnswer.Silence) await Task.Delay(Timeout.Infinite, _stop.Token);
                byte[] body = Encoding.UTF8.GetBytes(answer.Body);
                string head = $"HTTP/1.1 {answer.Status} Fake\r\nContent-Type: {answer.ContentType}\r\n"
                    + $"Content-Length: {body.Length}\r\nConnection: close\r\n\r\n";
                await stream.WriteAsync(Encoding.ASCII.GetBytes(head), _stop.Token);
                await stream.WriteAsync(body, _stop.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // The test is over, or the client gave up: both belong to what is tested.
            }
        }
    }

    private static async Task<FakeRequest> ReadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var bytes = new List<byte>();
        byte[] buffer = new byte[8192];
        int headEnd;
        while ((headEnd = Encoding.ASCII.GetString([.. bytes]).IndexOf("\r\n\r\n", StringComparison.Ordinal)) < 0)
        {
            int count = await stream.ReadAsync(buffer, cancellationToken);
            if (count == 0) throw new IOException("The client left.");
            bytes.AddRange(buffer.AsSpan(0, count));
        }

        string[] lines = Encoding.ASCII.GetString([.. bytes], 0, headEnd).Split("\r\n");
        var headers = lines.Skip(1).Select(l => l.Split(':', 2))
            .ToDictionary(p => p[0].Trim(), p => p[1].Trim(), StringComparer.OrdinalIgnoreCase);
        int length = headers.TryGetValue("Content-Length", out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
        while (bytes.Count < headEnd + 4 + length)
        {
            int count = await stream.ReadAsync(buffer, cancellationToken);
            if (count == 0) throw new IOException("The client left.");
            bytes.AddRange(buffer.AsSpan(0, count));
        }

        string[] start = lines[0].Split(' ');
        return new FakeRequest(start[0], start[1], headers, Encoding.UTF8.GetString([.. bytes], headEnd + 4, length));
    }
}
