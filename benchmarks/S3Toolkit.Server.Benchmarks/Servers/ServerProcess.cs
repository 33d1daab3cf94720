using System.Diagnostics;
using System.Net.Sockets;

namespace S3Toolkit.Server.Benchmarks.Servers;

/// <summary>A server under load: a process of its own, listening on the loopback address.</summary>
internal sealed class ServerProcess(Process process, int port, string accessKey, string secretKey, string folder) : IAsyncDisposable
{
    public int Port { get; } = port;

    public string AccessKey { get; } = accessKey;

    public string SecretKey { get; } = secretKey;

    /// <summary>The processor time so far of the process and what it started.</summary>
    public TimeSpan ProcessorTime => ProcessTree.ProcessorTime(process.Id);

    /// <summary>Starts a command, and waits until its port answers.</summary>
    public static async Task<ServerProcess> StartAsync(
        string command, IEnumerable<string> arguments, int port, string accessKey, string secretKey, string folder)
    {
        ProcessStartInfo start = new(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        Process process = Process.Start(start) ?? throw new InvalidOperationException($"'{command}' does not start.");
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        ServerProcess server = new(process, port, accessKey, secretKey, folder);
        for (int i = 0; i < 300; i++)
        {
            if (process.HasExited) throw new InvalidOperationException($"'{command}' ended with code {process.ExitCode}.");
            using Socket probe = new(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await probe.ConnectAsync("127.0.0.1", port);
                return server;
            }
            catch (SocketException)
            {
                await Task.Delay(100);
            }
        }
        await server.DisposeAsync();
        throw new TimeoutException($"'{command}' does not listen on port {port} after 30 s.");
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
