using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace S3Toolkit.Server.Benchmarks.Servers;

/// <summary>How each server is started. One that cannot be had here is skipped with a message.</summary>
internal static class ServerCatalog
{
    /// <summary>The last release of s3rver, of 2021.</summary>
    private const string S3RverVersion = "3.7.1";

    private const string Secret = "bench-secret";

    public static async Task<ServerProcess?> StartAsync(string name)
    {
        string folder = Directory.CreateTempSubdirectory("s3toolkit-bench-").FullName;
        try
        {
            return name switch
            {
                "memory" => await OursAsync(folder, []),
                "disk" => await OursAsync(folder, ["--data", Path.Combine(folder, "data")]),
                "s3rver" => await S3RverAsync(folder),
                _ => await MotoAsync(folder),
            };
        }
        catch (Exception exception) when (exception is InvalidOperationException or TimeoutException or Win32Exception)
        {
            Console.WriteLine($"{name,-8} skipped: {exception.Message}");
            Directory.Delete(folder, recursive: true);
            return null;
        }
    }

    private static Task<ServerProcess> OursAsync(string folder, string[] more)
    {
        // Built beside this project, in the same configuration.
        string assembly = AppContext.BaseDirectory.Replace(
            Path.Combine("benchmarks", "S3Toolkit.Server.Benchmarks"), Path.Combine("samples", "LocalServer"), StringComparison.Ordinal);
        int port = FreePort();
        string program = Path.Combine(assembly, "LocalServer.dll");
        string[] arguments = [program, "--port", $"{port}", "--access-key", "bench", "--secret-key", Secret];
        return ServerProcess.StartAsync("dotnet", [.. arguments, .. more], port, "bench", Secret, folder);
    }

    private static async Task<ServerProcess> S3RverAsync(string folder)
    {
        using Process install = Process.Start(new ProcessStartInfo(
            "npm", ["install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, "s3rver@" + S3RverVersion])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        await install.WaitForExitAsync();
        if (install.ExitCode != 0) throw new InvalidOperationException($"npm cannot install s3rver here (exit code {install.ExitCode}).");
        int port = FreePort();
        string script = Path.Combine(folder, "node_modules", "s3rver", "bin", "s3rver.js");
        string data = Directory.CreateDirectory(Path.Combine(folder, "data")).FullName;
        return await ServerProcess.StartAsync(
            "node", [script, "--address", "127.0.0.1", "--port", $"{port}", "--directory", data, "--silent"], port, "S3RVER", "S3RVER",
            folder);
    }

    private static Task<ServerProcess> MotoAsync(string folder)
    {
        int port = FreePort();
        return ServerProcess.StartAsync("moto_server", ["--host", "127.0.0.1", "--port", $"{port}"], port, "bench", Secret, folder);
    }

    private static int FreePort()
    {
        using Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
