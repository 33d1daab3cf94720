using System.Diagnostics;

namespace S3Toolkit.Benchmarks.Measuring;

/// <summary>A contender in a process of its own, so that none pays for another's memory or compilation.</summary>
internal static class ContenderProcess
{
    public static async Task<Figures?> RunAsync(Target target, string folder, string work, string contender)
    {
        ProcessStartInfo start = new("dotnet", [Environment.GetCommandLineArgs()[0], "--child", work, contender])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach ((string name, string value) in target.ToEnvironment()) start.Environment[name] = value;
        start.Environment["BENCH_FOLDER"] = folder;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode == 0) return Figures.FromJson(output);
        string reason = (await errors).Split('\n').FirstOrDefault(static line => line.Contains("Exception", StringComparison.Ordinal))
            ?? "";
        await Console.Error.WriteLineAsync($"{work} by {contender} left out: {reason.Trim()}");
        return null;
    }
}
