using System.Collections;
using System.Diagnostics;

namespace S3Toolkit.Tests.Packaging;

/// <summary>Runs the <c>dotnet</c> command as from a shell of its own.</summary>
internal static class DotnetCommand
{
    /// <returns>What it printed.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it printed.</exception>
    public static async Task<string> RunAsync(
        string workingFolder,
        IReadOnlyDictionary<string, string> environment,
        CancellationToken cancellationToken,
        params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && IsDotnet(host) ? host : "dotnet", arguments)
        {
            WorkingDirectory = workingFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        ForgetTheTestRun(start.Environment);
        foreach (var (name, value) in environment) start.Environment[name] = value;

        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            var printed = await output + await errors;
            return process.ExitCode == 0
                ? printed
                : throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{printed}");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static bool IsDotnet(string path) => Path.GetFileNameWithoutExtension(path) == "dotnet";

    // `dotnet test` points its children at its own MSBuild; and nothing that we start may outlive us.
    private static void ForgetTheTestRun(IDictionary<string, string?> environment)
    {
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            var name = (string)variable.Key;
            if (name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("VSTEST", StringComparison.Ordinal))
                environment.Remove(name);
        }

        environment["MSBUILDDISABLENODEREUSE"] = "1";
        environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        environment["UseSharedCompilation"] = "false";
        environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        environment["DOTNET_NOLOGO"] = "1";
    }
}
