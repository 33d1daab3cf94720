using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace S3Toolkit.Transport.Credentials;

/// <summary>Keys that a command of the user prints: the profile's <c>credential_process</c>.</summary>
/// <remarks>The shell runs it, as in the SDK. Its output holds keys and is never shown; its error output is for people.</remarks>
internal sealed class ProcessCredentials(CredentialContext context, string command) : AsyncRefreshingCredentials
{
    // An honest answer has a few hundred characters.
    private const int MaxOutputChars = 64 * 1024;
    private const int MaxErrorChars = 200;

    protected override async Task<CredentialsRefreshState> FetchAsync()
    {
        (int exitCode, string output, string error) = await RunAsync().ConfigureAwait(false);
        if (exitCode != 0)
        {
            string said = error.Length > 0 ? $": {error}" : " and said nothing on its error output";
            throw Failure(string.Create(CultureInfo.InvariantCulture, $"ended with exit code {exitCode}{said}"));
        }

        JsonObject fields = JsonKeys.Parse(output) ?? throw Failure("printed something that is not a JSON object");
        bool isVersion1 = fields["Version"] is JsonValue version && version.TryGetValue(out int number) && number == 1;
        if (!isVersion1) throw Failure("did not print \"Version\": 1");
        return JsonKeys.Read(fields, "SessionToken", out string problem) ?? throw Failure($"printed JSON in which {problem}");
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync()
    {
        using var timeout = new CancellationTokenSource(context.Timeouts.Process, context.Time);
        using Process process = Start();
        try
        {
            process.StandardInput.Close();
            Task<string> output = ReadAsync(process.StandardOutput, MaxOutputChars, timeout.Token);
            Task<string> error = ReadAsync(process.StandardError, MaxErrorChars, timeout.Token);
            await Task.WhenAll(output, error).ConfigureAwait(false);
            await process.WaitForExitAsync(timeout.Token).ConfigureAwait(false);
            return (process.ExitCode, await output.ConfigureAwait(false), FirstLine(await error.ConfigureAwait(false)));
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            string seconds = context.Timeouts.Process.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            throw new CredentialSourceException($"its credential_process did not end within {seconds} s", e);
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            CreateNoWindow = true,
        };
        (start.FileName, string option) = OperatingSystem.IsWindows() ? ("cmd.exe", "/c") : ("sh", "-c");
        start.ArgumentList.Add(option);
        start.ArgumentList.Add(command);
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new CredentialSourceException($"its credential_process cannot be started: {e.Message}", e);
        }
    }

    // Reads to the end, so that the process never waits for us, and keeps the beginning.
    private static async Task<string> ReadAsync(StreamReader reader, int maxChars, CancellationToken cancellationToken)
    {
        var kept = new System.Text.StringBuilder();
        char[] buffer = new char[4096];
        while (await reader.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and int count)
            kept.Append(buffer, 0, Math.Min(count, maxChars - kept.Length));
        return kept.ToString();
    }

    private static string FirstLine(string text) => text.Trim().Split('\n', 2)[0].Trim();

    private static CredentialSourceException Failure(string what) =>
        new($"its credential_process {what}; run the command by hand to see more");
}
