using System.Collections.Concurrent;

namespace S3Toolkit.Server.Storage.Disk.Metadata;

/// <summary>Connections for reading. Each read sees one state of the database, whatever is committed meanwhile.</summary>
internal sealed class ReadPool(string path) : IDisposable
{
    /// <summary>More than these are closed after use.</summary>
    private const int MaxIdle = 8;

    private readonly ConcurrentBag<SqliteSession> _idle = [];
    private volatile bool _isDisposed;

    public T Read<T>(Func<SqliteSession, T> work)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        SqliteSession? session = null;
        try
        {
            if (!_idle.TryTake(out session)) session = SqliteSession.Open(path, "query_only = 1", "cache_size = -2048");
            session.Execute("BEGIN");
            T result = work(session);
            session.Execute("COMMIT");
            Return(session);
            session = null;
            return result;
        }
        catch (Exception exception) when (DiskFailure.IsKnown(exception))
        {
            throw DiskFailure.Of(exception, session?.SystemError ?? 0);
        }
        finally
        {
            session?.Dispose(); // with the transaction that failed
        }
    }

    public void Dispose()
    {
        _isDisposed = true;
        while (_idle.TryTake(out SqliteSession? session)) session.Dispose();
    }

    private void Return(SqliteSession session)
    {
        if (_isDisposed || _idle.Count >= MaxIdle) session.Dispose();
        else _idle.Add(session);
        if (_isDisposed) Dispose(); // that went on while this session was on its way back
    }
}
