namespace S3Toolkit.Server.Storage.Disk.Bodies;

/// <summary>
/// Files that no object has any more. They go a little later: a request that has just found the object must still be able to open them.
/// Who has one open keeps its bytes on Unix; on Windows the deletion is tried again. What a kill leaves behind, the next start sweeps.
/// </summary>
internal sealed class BodyTrash : IDisposable
{
    /// <summary>Far longer than a request needs from finding an object to opening its bytes.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly BodyFiles _files;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private readonly Queue<(string Name, long Since)> _waiting = new();

    public BodyTrash(BodyFiles files, TimeProvider time)
    {
        (_files, _time) = (files, time);
        _timer = time.CreateTimer(static state => ((BodyTrash)state!).Collect(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Add(IEnumerable<string> names)
    {
        lock (_gate)
        {
            bool wasEmpty = _waiting.Count == 0;
            foreach (string name in names) _waiting.Enqueue((name, _time.GetTimestamp()));
            if (wasEmpty && _waiting.Count > 0) _timer.Change(Grace, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Deletes everything now, because room is needed or the server stops.</summary>
    /// <returns>The number of files deleted.</returns>
    public int Empty() => Delete(all: true);

    public void Dispose()
    {
        _timer.Dispose();
        Empty();
    }

    private void Collect()
    {
        Delete(all: false);
        lock (_gate)
        {
            if (_waiting.Count > 0) _timer.Change(Grace, Timeout.InfiniteTimeSpan);
        }
    }

    private int Delete(bool all)
    {
        int deleted = 0;
        List<string> busy = [];
        while (true)
        {
            string name;
            lock (_gate)
            {
                bool isDue = _waiting.TryPeek(out (string Name, long Since) first)
                    && (all || _time.GetElapsedTime(first.Since) >= Grace);
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
