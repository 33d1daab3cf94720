using System.Diagnostics;
using System.Globalization;

namespace S3Toolkit.Server.Benchmarks.Load;

/// <summary>What a load measured. Processor time is the honest figure on a shared machine.</summary>
internal sealed record LoadFigures(long[] LatencyTicks, TimeSpan Elapsed, TimeSpan ProcessorTime)
{
    public static readonly string Header =
        $"{"server",-8} {"method",-6} {"requests/s",11} {"processor us/request",21} {"p50 ms",8} {"p99 ms",8} {"requests",9}";

    public string Row(string server, string method)
    {
        Array.Sort(LatencyTicks);
        int count = LatencyTicks.Length;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{server,-8} {method,-6} {count / Elapsed.TotalSeconds,11:F0} {ProcessorTime.TotalMicroseconds / count,21:F0} ")
            + string.Create(CultureInfo.InvariantCulture, $"{Milliseconds(0.5),8:F2} {Milliseconds(0.99),8:F2} {count,9}");
    }

    private double Milliseconds(double quantile) =>
        LatencyTicks[(int)(quantile * (LatencyTicks.Length - 1))] * 1000.0 / Stopwatch.Frequency;
}
