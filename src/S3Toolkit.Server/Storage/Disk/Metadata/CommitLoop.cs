using S3Toolkit.Server.Storage.Disk.Bodies;

namespace S3Toolkit.Server.Storage.Disk.Metadata;

/// <summary>
/// The one writer. All writes that wait share a transaction, and so the flush to disk that makes them last: the more there are at once, the
/// less each costs. A write is told that it is done only after that flush.
/// </summary>
internal sealed class CommitLoop : IDisposable
{
    /// <summary>Bounds the memory of a transaction; a flush shared by so many costs nothing any more.</summary>
    private const int MaxBatch = 512;

    private readonly SqliteSession _session;
    private readonly BodyTrash _trash;
    private readonly BucketCache _buckets;
    private readonly Queue<PendingWrite> _waiting = [];
    private readonly Thread _thread;
    private bool _isStopping;

    public CommitLoop(SqliteSession session, BucketCache buckets, BodyTrash trash)
    {
        (_session, _buckets, _trash) = (session, buckets, trash);
        _thread = new Thread(Run) { IsBackground = true, Name = "S3 server commits" };
        _thread.Start();
    }

    public Task<T> RunAsync<T>(Func<WriteTransaction, T> work)
    {
        PendingWrite<T> write = new(work);
        lock (_waiting)
        {
            ObjectDisposedException.ThrowIf(_isStopping, typeof(S3Server));
            _waiting.Enqueue(write);
            if (_waiting.Count == 1) Monitor.Pulse(_waiting);
        }
        return write.Done;
    }

    /// <summary>Commits what waits, and stops.</summary>
    public void Dispose()
    {
        lock (_waiting)
        {
            _isStopping = true;
            Monitor.Pulse(_waiting);
        }
        _thread.Join();
        _session.Dispose();
    }

    private void Run()
    {
        List<PendingWrite> batch = [];
        while (Take(batch)) Commit(batch);
    }

    /// <summary>Waits without spinning: a core that spins is one that serves nobody.</summary>
    /// <returns>False once all is committed and nothing more will come.</returns>
    private bool Take(List<PendingWrite> batch)
    {
        batch.Clear();
        lock (_waiting)
        {
            while (_waiting.Count == 0)
            {
                if (_isStopping) return false;
                Monitor.Wait(_waiting);
            }
            while (batch.Count < MaxBatch && _waiting.TryDequeue(out PendingWrite? next)) batch.Add(next);
            return true;
        }
    }

    private void Commit(List<PendingWrite> batch)
    {
        try
        {
            CommitTogether(batch);
        }
#pragma warning disable CA1031 // Whatever went wrong belongs to the one who asked for the write; the loop goes on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (batch.Count > 1)
            {
                // One of them is the cause: the others must not suffer for it.
                foreach (PendingWrite write in batch) Commit([write]);
                return;
            }
            batch[0].Fail(DiskFailure.IsKnown(exception) ? DiskFailure.Of(exception) : exception);
        }
    }

    private void CommitTogether(List<PendingWrite> batch)
    {
        WriteTransaction transaction = new(_session, _buckets);
        _session.Execute("BEGIN IMMEDIATE");
        try
        {
            foreach (PendingWrite write in batch) write.Apply(transaction);
            _session.Execute("COMMIT");
        }
        catch
        {
            RollBack();
            throw;
        }
        _buckets.Publish(transaction.ChangedBuckets);
        _trash.Add(transaction.FreedFiles);
        foreach (PendingWrite write in batch) write.Complete();
    }

    private void RollBack()
    {
        try
        {
            _session.Execute("ROLLBACK");
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            // SQLite has rolled back by itself, as it does on a full disk.
        }
    }
}
