using System.Diagnostics;

namespace S3Toolkit.Server.Benchmarks;

/// <summary>How long servers in this process take from nothing to their first answer; the first one pays for loading the code.</summary>
internal static class StartTimes
{
    public static async Task PrintAsync()
    {
        Console.WriteLine($"{"server",-8} {"started ms",11} {"answered ms",12}");
        for (int i = 1; i <= 5; i++)
        {
            long started = Stopwatch.GetTimestamp();
            await using S3Server server = await S3Server.StartAsync();
            TimeSpan up = Stopwatch.GetElapsedTime(started);
            using HttpClient client = new();
            using HttpResponseMessage answer = await client.GetAsync(server.Endpoint);
            Console.WriteLine($"{i,-8} {up.TotalMilliseconds,11:F1} {Stopwatch.GetElapsedTime(started).TotalMilliseconds,12:F1}");
        }
    }
}
