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
    private readonly DataFolder _folder;
    private readonly BodyTrash _trash;
    private readonly BucketCache _buckets;
    private readonly Queue<PendingWrite> _waiting = [];

    /// <summary>
    /// The files of commits in doubt. The next commit takes the place of those in the log; then nothing can point at the files.
    /// </summary>
    private readonly List<string> _filesInDoubt = [];
    private readonly Thread _thread;
    private bool _isStopping;

    public CommitLoop(DataFolder folder, SqliteSession session, BucketCache buckets, BodyTrash trash)
    {
        (_folder, _session, _buckets, _trash) = (folder, session, buckets, trash);
        _thread = new Thread(Run) { IsBackground = true, Name = "S3 server commits" };
        _thread.Start();
    }

    /// <param name="work">May run more than once, and what it throws is thrown.</param>
    /// <param name="staged">The body that it makes visible. When it may be visible although this failed, its file is kept.</param>
    public Task<T> RunAsync<T>(Func<WriteTransaction, T> work, DiskStagedBody? staged = null)
    {
        PendingWrite<T> write = new(work, staged);
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
        if (TryCommit(batch, isGuarded: false) is not { } failure) return;
        bool mayBeOne = batch.Count > 1 && failure.Stage == CommitStage.Apply;
        // One of them is the cause: the others must not suffer for it.
        if (mayBeOne && failure.Cause is not StorageFullException)
        {
            if (TryCommit(batch, isGuarded: true) is not { } again) return;
            failure = again;
        }
        // A smaller transaction may find room.
        if (failure.Cause is StorageFullException && batch.Count > 1) CommitOneByOne(batch);
        else Fail(batch, failure);
    }

    private void CommitOneByOne(List<PendingWrite> batch)
    {
        foreach (PendingWrite write in batch)
        {
            if (TryCommit([write], isGuarded: false) is { } failure) Fail([write], failure);
        }
    }

    /// <param name="batch">What shares the transaction.</param>
    /// <param name="isGuarded">
    /// Whether a write that throws fails alone. That costs each of them two statements: only done once one of them has thrown.
    /// </param>
    /// <returns>Null when it is committed and all are told of their end.</returns>
    private CommitFailure? TryCommit(List<PendingWrite> batch, bool isGuarded)
    {
        WriteTransaction transaction = new(_session, _buckets);
        Dictionary<PendingWrite, Exception>? refused = null;
        CommitStage stage = CommitStage.Begin;
        try
        {
            _session.Execute("BEGIN IMMEDIATE");
            stage = CommitStage.Apply;
            foreach (PendingWrite write in batch)
            {
                if (!isGuarded) write.Apply(transaction);
                else if (transaction.TryApply(write) is { } refusal) (refused ??= []).Add(write, refusal);
            }
            _trash.Bodies.Add(transaction.FreedBodies);
            stage = CommitStage.Commit;
            _folder.Durability.Commit(_session);
        }
#pragma warning disable CA1031 // Whatever went wrong belongs to those who asked for the writes; the loop goes on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Exception cause = DiskFailure.IsKnown(exception) ? DiskFailure.Of(exception, _session.SystemError) : exception;
            if (stage != CommitStage.Begin) RollBack();
            foreach (PendingWrite write in batch) write.IsInDoubt |= stage == CommitStage.Commit && refused?.ContainsKey(write) != true;
            return new CommitFailure(stage, cause);
        }
        _buckets.Publish(transaction.ChangedBuckets);
        _trash.Add(transaction.FreedFiles);
        _trash.Add(_filesInDoubt);
        _filesInDoubt.Clear();
        foreach (PendingWrite write in batch)
        {
            if (refused?.GetValueOrDefault(write) is { } refusal) write.Fail(refusal);
            else write.Complete();
        }
        _folder.Reserve.RefillIfDue();
        return null;
    }

    private void Fail(List<PendingWrite> batch, CommitFailure failure)
    {
        foreach (PendingWrite write in batch)
        {
            if (write is { IsInDoubt: true, File: { } file })
            {
                write.KeepFile();
                _filesInDoubt.Add(file);
            }
            write.Fail(failure.Cause);
        }
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

    private enum CommitStage
    {
        Begin,
        Apply,
        Commit,
    }

    private sealed record CommitFailure(CommitStage Stage, Exception Cause);
}
