using System.Globalization;

namespace S3Toolkit.Server.Benchmarks.Servers;

/// <summary>A process and its descendants: what a server costs, whatever launcher stands before it. Linux only.</summary>
internal static class ProcessTree
{
    /// <summary>USER_HZ: what /proc counts in on every Linux of today.</summary>
    private const double TicksPerSecond = 100;

    public static TimeSpan ProcessorTime(int root)
    {
        Dictionary<int, (int Parent, long Ticks)> all = [];
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int id) && Read(id) is { } stat) all[id] = stat;
        }
        long ticks = all.Where(entry => IsBelow(entry.Key, root, all)).Sum(static entry => entry.Value.Ticks);
        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    private static bool IsBelow(int id, int root, Dictionary<int, (int Parent, long Ticks)> all)
    {
        while (id != root && all.TryGetValue(id, out (int Parent, long Ticks) entry)) id = entry.Parent;
        return id == root;
    }

    /// <summary>Fields 4 (parent), 14 and 15 (user and system time) of proc_pid_stat(5); the name in field 2 may hold spaces.</summary>
    private static (int Parent, long Ticks)? Read(int id)
    {
        try
        {
            string text = File.ReadAllText($"/proc/{id}/stat");
            string[] fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (Number(fields[1]), Number(fields[11]) + Number(fields[12]));
        }
        catch (IOException)
        {
            return null; // it has ended
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
