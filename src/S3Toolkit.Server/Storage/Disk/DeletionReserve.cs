namespace S3Toolkit.Server.Storage.Disk;

/// <summary>
/// Room set aside, so that on a full disk deletions, which must be written down too, still can be, and the server can start. Where there is
/// no room for it there is less or none; it is tried again from time to time.
/// </summary>
internal sealed class DeletionReserve(string path, TimeProvider time)
{
    /// <summary>Enough for the log of some hundred deletions.</summary>
    private const int ReserveBytes = 1024 * 1024;

    /// <summary>On a full disk a refill writes up to its size before it fails: not after each commit.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();
    private int _users;
    private long? _lastTry;
    private volatile bool _isFull;

    /// <summary>Fills it when it is missing, nobody uses its room, and the last try was some time ago.</summary>
    public void RefillIfDue()
    {
        if (_isFull) return;
        lock (_gate)
        {
            bool isEarly = _lastTry is { } last && time.GetElapsedTime(last) < RetryAfter;
            if (_users == 0 && !_isFull && !isEarly) Fill_NeedsLock();
        }
    }

    /// <summary>Gives its room away until the result is disposed, which fills it again if it can be.</summary>
    public Use Release()
    {
        lock (_gate)
        {
            _users++;
            _isFull = false;
            TryDelete(path);
        }
        return new Use(this);
    }

    private void End()
    {
        lock (_gate)
        {
            if (--_users == 0) Fill_NeedsLock();
        }
    }

    private void Fill_NeedsLock()
    {
        _lastTry = time.GetTimestamp();
        long has = new FileInfo(path) is { Exists: true } file ? file.Length : 0;
        // Where there is not room enough for all of it, half or a quarter serves some deletions too.
        for (int size = ReserveBytes; size >= ReserveBytes / 4 && size > has; size /= 2)
        {
            if (TryWrite(size)) has = size;
        }
        _isFull = has == ReserveBytes;
    }

    private bool TryWrite(int size)
    {
        string unfinished = path + ".new"; // a half-written one must not pass for the whole
        try
        {
            using (FileStream file = new(unfinished, FileMode.Create, FileAccess.Write))
                file.Write(new byte[size]); // written, not only sized: a sparse file reserves nothing
            File.Move(unfinished, path, overwrite: true);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            TryDelete(unfinished);
            return false;
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Then there is no more room than before: whoever needs it says so.
        }
    }

    internal sealed class Use(DeletionReserve reserve) : IDisposable
    {
        public void Dispose() => reserve.End();
    }
}
