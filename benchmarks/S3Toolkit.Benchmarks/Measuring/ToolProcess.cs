using System.ComponentModel;
using System.Diagnostics;

namespace S3Toolkit.Benchmarks.Measuring;

/// <summary>The command-line clients, where they are on the PATH: whole processes, their start included.</summary>
internal static class ToolProcess
{
    public static readonly IReadOnlyList<string> Names = ["aws", "s5cmd", "rclone"];

    public static async Task<Figures?> RunAsync(Target target, string work, string tool)
    {
        if (Arguments(target, work, tool) is not { } arguments) return null;
        // The shell's "times" is what knows the processor time of a process that has ended.
        string command = "\"$0\" \"$@\" >/dev/null 2>&1; code=$?; times; exit $code";
        ProcessStartInfo start = new("bash", ["-c", command, tool, .. arguments]) { RedirectStandardOutput = true };
        start.Environment["AWS_ACCESS_KEY_ID"] = target.AccessKey;
        start.Environment["AWS_SECRET_ACCESS_KEY"] = target.SecretKey;
        start.Environment["AWS_REGION"] = start.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        // Only http is measured here, and rclone does not start at all where the machine names a bundle for the SDKs.
        start.Environment.Remove("AWS_CA_BUNDLE");
        try
        {
            long started = Stopwatch.GetTimestamp();
            using Process process = Process.Start(start)!;
            string output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            double wall = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            return process.ExitCode == 0 ? new Figures(work, tool, wall, ChildMilliseconds(output), double.NaN, double.NaN) : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static string[]? Arguments(Target target, string work, string tool)
    {
        string endpoint = target.Endpoint.AbsoluteUri.TrimEnd('/');
        string remote = $"s3://{Target.Bucket}";
        string[] rclone =
        [
            "--s3-provider", "Other", "--s3-env-auth", "--s3-endpoint", endpoint, "--s3-force-path-style", "--config", "/dev/null",
        ];
        return (tool, work) switch
        {
            _ when target.CertificateFile is not null => null,
            ("aws", "upload-file") => ["--endpoint-url", endpoint, "s3", "cp", Works.Files.Large, $"{remote}/up", "--quiet"],
            ("aws", "download-file") => ["--endpoint-url", endpoint, "s3", "cp", $"{remote}/down", Works.Files.Target, "--quiet"],
            ("s5cmd", "upload-file") => ["--endpoint-url", endpoint, "cp", Works.Files.Large, $"{remote}/up"],
            ("s5cmd", "download-file") => ["--endpoint-url", endpoint, "cp", $"{remote}/down", Works.Files.Target],
            ("rclone", "upload-file") => ["copyto", Works.Files.Large, $":s3:{Target.Bucket}/up", "--ignore-times", .. rclone],
            ("rclone", "download-file") => ["copyto", $":s3:{Target.Bucket}/down", Works.Files.Target, "--ignore-times", .. rclone],
            _ => null,
        };
    }

    /// <summary>The second line of "times": user and system time of the children, such as <c>0m1.234s 0m0.567s</c>.</summary>
    private static double ChildMilliseconds(string times) => times.Split('\n')[1].Split(' ').Sum(static part =>
    {
        string[] fields = part.TrimEnd('s').Split('m');
        return ((double.Parse(fields[0], null) * 60) + double.Parse(fields[1], null)) * 1000;
    });
}
