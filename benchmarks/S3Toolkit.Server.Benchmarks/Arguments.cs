using System.Globalization;

namespace S3Toolkit.Server.Benchmarks;

/// <summary>The command line.</summary>
internal sealed record Arguments(IReadOnlyList<string> Servers, int Connections, int Seconds, int BodyBytes)
{
    public const string Usage =
        """
        Loads S3 servers from this process, each in a process of its own, with signed PUT and GET, and prints for each requests a second,
        processor time of the server a request, and latencies.

        usage: S3Toolkit.Server.Benchmarks [NAME...] [--connections N] [--seconds N] [--bytes N]

          NAME              memory, disk (this server), s3rver (from npm), moto (moto_server on PATH); all when none is given.
                            start: how long a server in this process takes to start and to answer, instead of a load
          --connections N   connections, each with one request in flight (default 16)
          --seconds N       how long each load lasts, after a second of warm-up (default 10)
          --bytes N         size of the bodies (default 1024)
        """;

    private static readonly string[] Known = ["memory", "disk", "s3rver", "moto", "start"];

    public static Arguments? Parse(IReadOnlyList<string> arguments, out string problem)
    {
        List<string> servers = [];
        Dictionary<string, int> numbers = new() { ["--connections"] = 16, ["--seconds"] = 10, ["--bytes"] = 1024 };
        problem = "";
        for (int i = 0; i < arguments.Count; i++)
        {
            if (Known.Contains(arguments[i]))
            {
                servers.Add(arguments[i]);
                continue;
            }
            if (!numbers.ContainsKey(arguments[i])) problem = $"Unknown argument '{arguments[i]}'.";
            else if (i + 1 < arguments.Count && int.TryParse(arguments[i + 1], CultureInfo.InvariantCulture, out int value) && value > 0)
                numbers[arguments[i++]] = value;
            else problem = $"{arguments[i]} needs a number above 0.";
            if (problem.Length > 0) return null;
        }
        if (servers.Count == 0) servers.AddRange(Known[..^1]);
        return new(servers, numbers["--connections"], numbers["--seconds"], numbers["--bytes"]);
    }
}
