namespace S3Toolkit.Server.Replication;

/// <summary>
/// Who is away, and until when nobody asks again: longer each time, up to a limit. By the server's clock, so that a test can move it.
/// </summary>
internal sealed class ReplicationBackoff(TimeProvider clock)
{
    /// <summary>The server's own storage, beside the destinations, which are named by their buckets.</summary>
    public const string OwnStorage = "";

    public static readonly TimeSpan First = TimeSpan.FromSeconds(10), Longest = TimeSpan.FromMinutes(15);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Absence> _away = new(StringComparer.Ordinal);

    /// <summary>When the first of those that are away is asked again; never before now.</summary>
    public DateTimeOffset Next()
    {
        DateTimeOffset now = clock.GetUtcNow();
        lock (_gate)
        {
            return _away.Values.Where(item => IsWaiting(item, now)).Select(static item => item.Until).DefaultIfEmpty(now + First).Min();
        }
    }

    public bool IsAway(string name)
    {
        DateTimeOffset now = clock.GetUtcNow();
        lock (_gate) return _away.TryGetValue(name, out Absence absence) && IsWaiting(absence, now);
    }

    /// <summary>Whether it did not answer the last time, and is asked again now.</summary>
    public bool HasFailed(string name)
    {
        lock (_gate) return _away.ContainsKey(name);
    }

    public void Fail(string name)
    {
        DateTimeOffset now = clock.GetUtcNow();
        lock (_gate)
        {
            bool wasAway = _away.TryGetValue(name, out Absence before);
            if (wasAway && IsWaiting(before, now)) return; // several workers found out at once
            int failures = wasAway ? Math.Min(before.Failures + 1, 30) : 1;
            TimeSpan wait = TimeSpan.FromSeconds(Math.Min(First.TotalSeconds * Math.Pow(2, failures - 1), Longest.TotalSeconds));
            _away[name] = new Absence(failures, now + wait);
        }
    }

    public void Succeed(string name)
    {
        lock (_gate) _away.Remove(name);
    }

    public void Clear()
    {
        lock (_gate) _away.Clear();
    }

    /// <summary>A clock that was moved back must not make it wait longer than ever.</summary>
    private static bool IsWaiting(Absence absence, DateTimeOffset now) => now < absence.Until && absence.Until - now <= Longest;

    private readonly record struct Absence(int Failures, DateTimeOffset Until);
}
