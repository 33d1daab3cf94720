using System.Net;
using System.Net.Sockets;
using System.Text;

namespace S3Toolkit.Server.Tests.Fuzz;

/// <summary>Sends bytes to a server over a socket of their own, and reads what comes until it closes.</summary>
internal static class FuzzConnection
{
    /// <summary>Far more than any answer takes, even on a busy machine: what takes longer hangs.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(60);

    /// <summary>How long a client waits that does not know whether it owes more.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    /// <returns>The first status; 0 = the server closed or reset without an answer; -1 = it did neither in time.</returns>
    public static async Task<int> StatusOfAsync(int port, FuzzRequest request)
    {
        using Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
        using CancellationTokenSource timeout = new(MaxWait);
        try
        {
            TaskCompletionSource begun = new();
            Task<string> answer = ReadAsync(socket, begun, timeout.Token);
            Task sent = SendAsync(socket, request.Bytes, timeout.Token);
            // A server that refuses early does not read the rest, and need not.
            await Task.WhenAny(sent, answer);
            // Who has said all waits for an answer to begin; who does not know may owe more, and waits for a while.
            if (request.IsWhole) await begun.Task.WaitAsync(timeout.Token);
            if (request.IsCut || request.IsWhole || !await EndsInTimeAsync(answer)) HangUp(socket);
            return Status(await answer);
        }
        catch (OperationCanceledException)
        {
            return -1;
        }
    }

    private static async Task<bool> EndsInTimeAsync(Task<string> answer)
    {
        try
        {
            await answer.WaitAsync(Patience);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static int Status(string answer) =>
        answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) && int.TryParse(answer.AsSpan(9, 3), out int status) ? status : 0;

    private static void HangUp(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // it was faster
        }
    }

    private static async Task SendAsync(Socket socket, byte[] bytes, CancellationToken cancellationToken)
    {
        try
        {
            for (int sent = 0; sent < bytes.Length;) sent += await socket.SendAsync(bytes.AsMemory(sent), cancellationToken);
        }
        catch (SocketException)
        {
            // closed while it was sent: an answer may be there all the same
        }
    }

    private static async Task<string> ReadAsync(Socket socket, TaskCompletionSource begun, CancellationToken cancellationToken)
    {
        StringBuilder head = new();
        byte[] buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer, cancellationToken) is var count and > 0)
            {
                begun.TrySetResult();
                if (head.Length < 16) head.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }
        }
        catch (SocketException)
        {
            // a reset ends the answer
        }
        begun.TrySetResult();
        return head.ToString();
    }
}
