using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Amazon.Runtime;
using Amazon.S3;

namespace S3Toolkit.Server.Tests.Support;

/// <summary>samples/LocalServer as a process of its own, which can be killed.</summary>
internal sealed partial class LocalServerProcess : IAsyncDisposable
{
    private const string AccessKey = "AKIDLOCALSERVER";
    public const string SecretKey = "local-server-secret";

    private readonly Process _process;
    private readonly Task<string> _errors;

    private LocalServerProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public string Endpoint { get; private set; } = "";

    /// <summary>What it has printed at its start.</summary>
    public string Printed { get; private set; } = "";

    /// <summary>Starts it on a free port, and waits until it listens.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="shell">A command that runs the one given to it, in surroundings of its own; null runs it directly.</param>
    /// <exception cref="IOException">It ended instead; the message is what it said.</exception>
    /// <param name="more">Further arguments.</param>
    public static async Task<LocalServerProcess> StartAsync(string data, string[]? shell = null, params string[] more)
    {
        string[] server =
        [
            DotnetPath(), AssemblyPath(), "--port", "0", "--access-key", AccessKey, "--secret-key", SecretKey, "--data", data, .. more,
        ];
        string[] command = [.. shell ?? [], .. server];
        ProcessStartInfo start = new(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        LocalServerProcess started = new(Process.Start(start)!);
        try
        {
            await started.WaitUntilListeningAsync();
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs it with arguments that it refuses.</summary>
    public static async Task<(int ExitCode, string Errors)> RunRefusedAsync(params string[] arguments)
    {
        ProcessStartInfo start = new(DotnetPath(), [AssemblyPath(), "--port", "0", .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task<string?> listening = process.StandardOutput.ReadLineAsync();
        // A server that starts all the same would never end.
        if (await listening is not null) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        return (process.ExitCode, await errors);
    }

    /// <summary>A client; over TLS with the HTTP clients that trust the server.</summary>
    public AmazonS3Client CreateClient(HttpClientFactory? httpClientFactory = null) =>
        new(new BasicAWSCredentials(AccessKey, SecretKey), new AmazonS3Config
        {
            ServiceURL = Endpoint,
            HttpClientFactory = httpClientFactory,
            ForcePathStyle = true,
            AuthenticationRegion = "us-east-1",
            MaxErrorRetry = 0,
            MaxStaleConnectionRetries = 0,
        });

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>Kills it. Returns what it wrote to its standard error stream.</summary>
    public async Task<string> KillAndReadErrorsAsync()
    {
        await KillAsync();
        return await _errors;
    }

    /// <summary>A line of Linux's account of the process, such as VmRSS or VmHWM, in MiB.</summary>
    public double MemoryMiB(string line)
    {
        string found = File.ReadLines($"/proc/{_process.Id}/status").First(item => item.StartsWith(line, StringComparison.Ordinal));
        return double.Parse(NumberPattern().Match(found).Value, CultureInfo.InvariantCulture) / 1024;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private async Task WaitUntilListeningAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            Printed += line + "\n";
            if (!line.Contains("Ctrl-C", StringComparison.Ordinal)) continue;
            Endpoint = EndpointPattern().Match(Printed).Groups[1].Value;
            _ = _process.StandardOutput.ReadToEndAsync(); // so that the server never waits for a reader
            return;
        }
        throw new IOException((await _errors).Trim());
    }

    private static string DotnetPath()
    {
        string? host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? Environment.ProcessPath;
        return Path.GetFileNameWithoutExtension(host) == "dotnet" ? host! : "dotnet";
    }

    /// <summary>tests/X/bin/Debug/net10.0 to samples/LocalServer/bin/Debug/net10.0.</summary>
    private static string AssemblyPath()
    {
        DirectoryInfo framework = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        DirectoryInfo configuration = framework.Parent!;
        string root = configuration.Parent!.Parent!.Parent!.Parent!.FullName;
        return Path.Combine(root, "samples", "LocalServer", "bin", configuration.Name, framework.Name, "LocalServer.dll");
    }

    [GeneratedRegex("listening on (https?://[^ ]+)")]
    private static partial Regex EndpointPattern();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex NumberPattern();
}
