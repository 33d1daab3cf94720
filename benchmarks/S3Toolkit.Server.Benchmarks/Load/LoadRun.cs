using System.Diagnostics;
using S3Toolkit.Server.Benchmarks.Servers;

namespace S3Toolkit.Server.Benchmarks.Load;

/// <summary>A load of one kind of request, over connections that each have one in flight.</summary>
internal static class LoadRun
{
    private const int KeysPerConnection = 32;

    public static async Task<LoadFigures> RunAsync(ServerProcess server, string method, Arguments arguments)
    {
        using (RawConnection first = new(server.Port)) await first.SendAsync(SignedBytes.Of(server, "PUT", "/bench", []));
        byte[] body = new byte[arguments.BodyBytes];
        Random.Shared.NextBytes(body);
        byte[][][] puts = [.. Enumerable.Range(0, arguments.Connections).Select(connection => Requests(server, "PUT", connection, body))];
        byte[][][] requests = method == "PUT"
            ? puts
            : [.. Enumerable.Range(0, arguments.Connections).Select(connection => Requests(server, method, connection, []))];

        // One round of puts, so that every key is there, and a second of warm-up.
        await Task.WhenAll(puts.Select(own => LoopAsync(server, own, TimeSpan.Zero, own.Length)));
        await Task.WhenAll(requests.Select(own => LoopAsync(server, own, TimeSpan.FromSeconds(1), int.MaxValue)));

        TimeSpan before = server.ProcessorTime;
        long started = Stopwatch.GetTimestamp();
        List<long>[] latencies = await Task.WhenAll(
            requests.Select(own => LoopAsync(server, own, TimeSpan.FromSeconds(arguments.Seconds), int.MaxValue)));
        TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
        return new LoadFigures([.. latencies.SelectMany(static own => own)], elapsed, server.ProcessorTime - before);
    }

    private static byte[][] Requests(ServerProcess server, string method, int connection, byte[] body) =>
        [.. Enumerable.Range(0, KeysPerConnection).Select(key => SignedBytes.Of(server, method, $"/bench/{connection}/{key}", body))];

    private static async Task<List<long>> LoopAsync(ServerProcess server, byte[][] requests, TimeSpan duration, int maxRequests)
    {
        using RawConnection connection = new(server.Port);
        List<long> latencies = new(1 << 16);
        long begin = Stopwatch.GetTimestamp();
        for (int i = 0; i < maxRequests; i++)
        {
            long started = Stopwatch.GetTimestamp();
            int status = await connection.SendAsync(requests[i % requests.Length]);
            if (status != 200) throw new InvalidOperationException($"The server answered {status}.");
            latencies.Add(Stopwatch.GetTimestamp() - started);
            if (duration > TimeSpan.Zero && Stopwatch.GetElapsedTime(begin) >= duration) break;
        }
        return latencies;
    }
}
