namespace S3Toolkit.Server.Storage.Disk.Bodies;

/// <summary>
/// Files that no object has any more. They go a little later: a request that has just found the object must still be able to open them;
/// who has opened them keeps them. What a kill leaves behind, the next start sweeps.
/// </summary>
internal sealed class BodyTrash : IDisposable
{
    /// <summary>Far longer than a request needs from finding an object to opening its bytes.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>What stays of the grace when the disk is full: still longer than a request needs, and a writer can wait so long.</summary>
    public static readonly TimeSpan ShortGrace = TimeSpan.FromSeconds(1);

    private readonly BodyFiles _files;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private readonly Queue<(string Name, long Since)> _waiting = new();

    public BodyTrash(BodyFiles files, TimeProvider time)
    {
        (_files, _time) = (files, time);
        Bodies = new FreedBodies(time);
        _timer = time.CreateTimer(static state => ((BodyTrash)state!).Collect(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The lists of files that are no longer in the database.</summary>
    public FreedBodies Bodies { get; }

    public void Add(IEnumerable<string> names)
    {
        lock (_gate)
        {
            bool wasEmpty = _waiting.Count == 0;
            foreach (string name in names) _waiting.Enqueue((name, _time.GetTimestamp()));
            if (wasEmpty && _waiting.Count > 0) _timer.Change(Grace, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Makes room on a full disk: waits for the shortest of graces and deletes what has had it.</summary>
    /// <returns>Whether there may be more room than before.</returns>
    public async ValueTask<bool> MakeRoomAsync(CancellationToken cancellationToken)
    {
        if (Delete(ShortGrace) > 0) return true;
        TimeSpan wait;
        lock (_gate)
        {
            if (!_waiting.TryPeek(out (string Name, long Since) first)) return false;
            wait = ShortGrace - _time.GetElapsedTime(first.Since);
        }
        if (wait > TimeSpan.Zero) await Task.Delay(wait, _time, cancellationToken).ConfigureAwait(false);
        Delete(ShortGrace); // or somebody else who waited has done it
        return true;
    }

    /// <summary>Deletes everything now but what is being read: the server stops.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        Delete(TimeSpan.Zero);
    }

    private void Collect()
    {
        Delete(Grace);
        Bodies.Trim();
        _files.Reserve.RefillIfDue();
        lock (_gate)
        {
            if (_waiting.Count > 0 || !Bodies.IsEmpty) _timer.Change(Grace, Timeout.InfiniteTimeSpan);
        }
    }

    private int Delete(TimeSpan grace)
    {
        int deleted = 0;
        List<string> busy = [];
        while (true)
        {
            string name;
            lock (_gate)
            {
                bool isDue = _waiting.TryPeek(out (string Name, long Since) first) && _time.GetElapsedTime(first.Since) >= grace;
                if (!isDue) break;
                name = first.Name;
                _waiting.Dequeue();
            }
            if (_files.TryDelete(name)) deleted++;
            else busy.Add(name);
        }
        Add(busy);
        return deleted;
    }
}
