using System.Diagnostics;
using S3Toolkit.Benchmarks.Contenders;

namespace S3Toolkit.Benchmarks.Measuring;

/// <summary>Measures a work in this process, which does nothing else.</summary>
internal static class Meter
{
    private const int WarmUps = 3;

    public static async Task<Figures> RunAsync(string contenderName, IContender contender, Work work)
    {
        await contender.PrepareAsync(work);
        for (int i = 0; i < WarmUps; i++)
        {
            await work.Run(contender, true);
            // What is hot is compiled once more in the background, 100 ms after the last method was new: that must not count as the
            // client's.
            await Task.Delay(300);
        }

        GC.Collect();
        using Process process = Process.GetCurrentProcess();
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        long started = Stopwatch.GetTimestamp();
        await work.Run(contender, false);
        double wall = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        processor = Environment.CpuUsage.TotalTime - processor;
        process.Refresh();
        return new Figures(
            work.Name, contenderName, wall / work.Count, processor.TotalMilliseconds / work.Count, allocated / 1024.0 / work.Count,
            process.PeakWorkingSet64 / 1048576.0);
    }
}
