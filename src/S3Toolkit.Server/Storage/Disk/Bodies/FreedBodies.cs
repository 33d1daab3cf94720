namespace S3Toolkit.Server.Storage.Disk.Bodies;

/// <summary>
/// The bodies of many files that were freed a moment ago. An object is found without their list, which may be megabytes: it is read when
/// the body is opened, and may be out of the database by then. They are put here before the commit that takes them out, so a reader who
/// misses one there finds it here.
/// </summary>
internal sealed class FreedBodies(TimeProvider time)
{
    /// <summary>Longer than their files stay, which begins with the end of the commit.</summary>
    private static readonly TimeSpan Kept = 2 * BodyTrash.Grace;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (FreedBody Body, long Since)> _byFirstFile = new(StringComparer.Ordinal);
    private readonly Queue<(string FirstFile, long Since)> _order = new();

    public bool IsEmpty
    {
        get
        {
            lock (_gate) return _order.Count == 0;
        }
    }

    public void Add(IReadOnlyList<FreedBody> bodies)
    {
        if (bodies.Count == 0) return;
        lock (_gate)
        {
            long now = time.GetTimestamp();
            foreach (FreedBody body in bodies)
            {
                _byFirstFile[body.Files[0].Name] = (body, now);
                _order.Enqueue((body.Files[0].Name, now));
            }
        }
    }

    public FreedBody? Find(string firstFile)
    {
        lock (_gate) return _byFirstFile.GetValueOrDefault(firstFile).Body;
    }

    /// <summary>Forgets those whose files are gone.</summary>
    public void Trim()
    {
        lock (_gate)
        {
            while (_order.TryPeek(out (string FirstFile, long Since) first) && time.GetElapsedTime(first.Since) >= Kept)
            {
                _order.Dequeue();
                // A commit that failed and was tried again has put it here twice.
                bool isLast = _byFirstFile.TryGetValue(first.FirstFile, out (FreedBody Body, long Since) kept) && kept.Since == first.Since;
                if (isLast) _byFirstFile.Remove(first.FirstFile);
            }
        }
    }
}
