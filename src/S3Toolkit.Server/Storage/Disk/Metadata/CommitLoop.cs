using System.Collections.Concurrent;
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
    private readonly BlockingCollection<PendingWrite> _waiting = [];
    private readonly Thread _thread;

    public CommitLoop(SqliteSession session, BodyTrash trash)
    {
        (_session, _trash) = (session, trash);
        _thread = new Thread(Run) { IsBackground = true, Name = "S3 server commits" };
        _thread.Start();
    }

    public Task<T> RunAsync<T>(Func<WriteTransaction, T> work)
    {
        PendingWrite<T> write = new(work);
        try
        {
            _waiting.Add(write);
        }
        catch (InvalidOperationException exception)
        {
            throw new ObjectDisposedException("The S3 server has stopped.", exception);
        }
        return write.Done;
    }

    /// <summary>Commits what waits, and stops.</summary>
    public void Dispose()
    {
        _waiting.CompleteAdding();
        _thread.Join();
        _waiting.Dispose();
        _session.Dispose();
    }

    private void Run()
    {
        List<PendingWrite> batch = [];
        foreach (PendingWrite first in _waiting.GetConsumingEnumerable())
        {
            batch.Clear();
            batch.Add(first);
            while (batch.Count < MaxBatch && _waiting.TryTake(out PendingWrite? next)) batch.Add(next);
            Commit(batch);
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
        WriteTransaction transaction = new(_session);
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
