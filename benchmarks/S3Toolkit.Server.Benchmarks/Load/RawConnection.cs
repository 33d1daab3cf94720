using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace S3Toolkit.Server.Benchmarks.Load;

/// <summary>
/// One connection that sends prepared bytes and reads the answer, no more of HTTP/1.1 than that needs. Connects anew when it was closed.
/// </summary>
internal sealed class RawConnection(int port) : IDisposable
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private Socket? _socket;

    /// <returns>The status of the answer.</returns>
    public async ValueTask<int> SendAsync(ReadOnlyMemory<byte> request)
    {
        if (_socket is null)
        {
            _socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await _socket.ConnectAsync(IPAddress.Loopback, port);
        }
        await _socket.SendAsync(request);
        int filled = 0, end;
        while ((end = _buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8)) < 0) filled += await ReceiveAsync(filled);
        (int status, long length, bool closes) = Head(_buffer.AsSpan(0, end));
        long missing = length - (filled - end - 4);
        while (missing > 0) missing -= await ReceiveAsync(0);
        if (closes) Dispose();
        return status;
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private async ValueTask<int> ReceiveAsync(int offset)
    {
        int count = await _socket!.ReceiveAsync(_buffer.AsMemory(offset));
        return count > 0 ? count : throw new IOException("The server closed the connection within an answer.");
    }

    private static (int Status, long Length, bool Closes) Head(ReadOnlySpan<byte> head)
    {
        string text = Encoding.ASCII.GetString(head);
        bool closes = text.StartsWith("HTTP/1.0", StringComparison.Ordinal)
            || text.Contains("connection: close", StringComparison.OrdinalIgnoreCase);
        int status = Utf8Parser.TryParse(head[9..], out int parsed, out _) ? parsed : 0;
        int at = text.IndexOf("content-length:", StringComparison.OrdinalIgnoreCase);
        if (at < 0) return (status, 0, closes);
        ReadOnlySpan<char> value = text.AsSpan(at + "content-length:".Length);
        int line = value.IndexOf('\r');
        return (status, long.Parse((line < 0 ? value : value[..line]).Trim()), closes);
    }
}
