using System.Diagnostics;
using System.Text.RegularExpressions;

namespace S3Toolkit.Benchmarks;

/// <summary>samples/LocalServer in a process of its own, in memory, with a bucket.</summary>
internal sealed partial class BenchServer(Process process, Target target) : IAsyncDisposable
{
    public Target Target => target;

    public static async Task<BenchServer> StartAsync(string folder, bool useTls)
    {
        string assembly = AppContext.BaseDirectory.Replace(
            Path.Combine("benchmarks", "S3Toolkit.Benchmarks"), Path.Combine("samples", "LocalServer"), StringComparison.Ordinal);
        string certificate = Path.Combine(folder, "server.pem");
        string[] tls = useTls ? ["--tls", "--tls-certificate-file", certificate] : [];
        ProcessStartInfo start = new(
            "dotnet",
            [Path.Combine(assembly, "LocalServer.dll"), "--port", "0", "--access-key", "bench", "--secret-key", "bench-secret", .. tls])
        {
            RedirectStandardOutput = true,
        };
        Process process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Address().Match(line) is not { Success: true } address) continue;
            _ = process.StandardOutput.ReadToEndAsync();
            return new BenchServer(process, new Target(new Uri(address.Value), "bench", "bench-secret", useTls ? certificate : null));
        }

        throw new InvalidOperationException("samples/LocalServer does not start.");
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    [GeneratedRegex(@"https?://127\.0\.0\.1:\d+")]
    private static partial Regex Address();
}
