using Microsoft.Extensions.Logging;
using S3Toolkit.Server.Replication;
using S3Toolkit.Server.Storage.Disk.Bodies;
using S3Toolkit.Server.Storage.Disk.Metadata;

namespace S3Toolkit.Server.Storage.Disk;

/// <summary>
/// Everything in a folder: metadata and small bodies in SQLite, large bodies in files. What was answered survives a kill, and a power cut
/// as far as the disk keeps what it was told to flush. This file: life, buckets and objects.
/// </summary>
internal sealed partial class DiskStorage : IS3Storage
{
    private readonly DataFolder _folder;
    private readonly BodyFiles _files;
    private readonly BodyTrash _trash;
    private readonly BucketCache _buckets;
    private readonly CommitLoop _commits;
    private readonly ReadPool _readers;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private int _isDisposed;

    private DiskStorage(DataFolder folder, SqliteSession writer, long session, TimeProvider time, ILogger logger)
    {
        _folder = folder;
        _logger = logger;
        _files = new BodyFiles(folder, session);
        _trash = new BodyTrash(_files, time);
        _readers = new ReadPool(folder.DatabasePath);
        _buckets = BucketCache.Load(writer);
        _commits = new CommitLoop(folder, writer, _buckets, _trash);
        Swept = Task.Run(Sweep);
    }

    /// <summary>Ends when the orphans of earlier processes are gone.</summary>
    public Task Swept { get; }

    public DeletionReserve Reserve => _folder.Reserve;

    /// <summary>Opens a data folder, made when it is not there.</summary>
    /// <exception cref="IOException">
    /// Another server has it, a later version wrote it, or it cannot be read and written.
    /// </exception>
    public static DiskStorage Open(string path, TimeProvider time, ILogger logger, Durability? durability = null)
    {
        DataFolder folder = DataFolder.Open(path, time, durability);
        SqliteSession? writer = null;
        try
        {
            (writer, long session) = OpenDatabase(folder);
            return new DiskStorage(folder, writer, session, time, logger);
        }
        catch
        {
            writer?.Dispose();
            folder.Dispose();
            throw;
        }
    }

    public ValueTask<StorageResult<BucketRecord>> CreateBucketAsync(BucketRecord bucket, CancellationToken cancellationToken) =>
        new(CommitAsync(write => BucketTable.Create(write, bucket), cancellationToken));

    public ValueTask<BucketRecord?> FindBucketAsync(string bucketName, CancellationToken cancellationToken) =>
        new(_buckets.Find(bucketName)?.Record);

    public ValueTask<StorageStatus> UpdateBucketAsync(
        string bucketName, Func<BucketRecord, BucketRecord> change, CancellationToken cancellationToken) =>
        new(CommitAsync(write => BucketTable.Update(write, bucketName, change), cancellationToken));

    public ValueTask<StorageStatus> DeleteBucketAsync(string bucketName, CancellationToken cancellationToken) =>
        new(CommitDeletionAsync(write => BucketTable.Delete(write, bucketName)));

    public ValueTask<BucketPage> ListBucketsAsync(BucketQuery query, CancellationToken cancellationToken) =>
        new(_readers.Read(session => BucketTable.List(session, query)));

    public ValueTask<StagedBody> StageAsync(long? expectedBytes, CancellationToken cancellationToken) =>
        new(new DiskStagedBody(_files, _trash, expectedBytes));

    public async ValueTask<StorageResult<ObjectRecord>> PutAsync(
        string bucketName, ObjectRecord record, StagedBody body, WriteCondition condition, CancellationToken cancellationToken)
    {
        DiskStagedBody staged = (DiskStagedBody)body;
        BodyPlacement placement = await staged.SealAsync(allowInline: true, cancellationToken).ConfigureAwait(false);
        ObjectRecord whole = record with { Length = placement.Length, Body = BodyOf(placement, bucketName, record.Key) };
        StorageResult<ObjectRecord> written = await CommitAsync(
            write => ObjectWrites.Put(write, bucketName, whole, placement, condition), cancellationToken, staged).ConfigureAwait(false);
        if (written.Status == StorageStatus.Done) staged.Keep();
        return written;
    }

    public ValueTask<StorageResult<ObjectRecord>> FindAsync(
        string bucketName, string key, string? versionId, CancellationToken cancellationToken) =>
        InBucket(bucketName, (session, bucket) => Find(session, bucket, key, versionId));

    public ValueTask<StorageResult<DeletionRecord>> DeleteAsync(
        string bucketName, DeletionRequest request, CancellationToken cancellationToken) =>
        new(CommitDeletionAsync(write => ObjectWrites.Delete(write, bucketName, request)));

    public ValueTask<StorageResult<ObjectRecord>> UpdateObjectAsync(
        string bucketName, string key, string? versionId, Func<ObjectRecord, ObjectRecord> change, CancellationToken cancellationToken) =>
        new(CommitAsync(write => ObjectWrites.Update(write, bucketName, key, versionId, change), cancellationToken));

    public async ValueTask<StorageStatus> UpdateReplicationAsync(
        string bucketName, string key, string versionId, Func<ObjectRecord, ReplicationStatus?> judge,
        CancellationToken cancellationToken) =>
        (await _commits.RunAsync(write => ObjectWrites.Update(
            write, bucketName, key, versionId, record => record with { Replication = judge(record) }, takesMarkers: true))
            .ConfigureAwait(false)).Status;

    public ValueTask<StorageResult<ObjectPage>> ListAsync(string bucketName, ObjectQuery query, CancellationToken cancellationToken) =>
        InBucket(bucketName, (session, bucket) => StorageResult<ObjectPage>.Done(ObjectLister.List(session, bucket.Id, query)));

    public ValueTask<StorageResult<VersionPage>> ListVersionsAsync(
        string bucketName, VersionQuery query, CancellationToken cancellationToken) =>
        InBucket(bucketName, (session, bucket) => StorageResult<VersionPage>.Done(ObjectLister.ListVersions(session, bucket.Id, query)));

    /// <summary>Commits what waits, deletes what is free, and gives the folder back. Waits for nothing but the disk.</summary>
    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return default;
        _stopping.Cancel();
        _readers.Dispose();
        _commits.Dispose();
        _trash.Dispose();
        _folder.Dispose();
        return default;
    }

    /// <summary>A full disk must not keep the server from starting: only a server that runs can make room.</summary>
    private static (SqliteSession Writer, long Session) OpenDatabase(DataFolder folder)
    {
        try
        {
            return OpenDatabase(folder.DatabasePath);
        }
        catch (StorageFullException)
        {
            using DeletionReserve.Use room = folder.Reserve.Release();
            try
            {
                return OpenDatabase(folder.DatabasePath);
            }
            catch (StorageFullException exception)
            {
                throw new IOException(
                    $"The disk that holds the data folder '{folder.Path}' is full, too full to start the server. Free some space first.",
                    exception);
            }
        }
    }

    private static (SqliteSession Writer, long Session) OpenDatabase(string path)
    {
        SqliteSession? writer = null;
        try
        {
            writer = SqliteSession.OpenWriter(path);
            return (writer, DiskSchema.Open(writer, path));
        }
        catch (Exception exception)
        {
            writer?.Dispose();
            if (exception is not Microsoft.Data.Sqlite.SqliteException) throw;
            throw new IOException($"The server's metadata '{path}' cannot be opened: {exception.Message}", exception);
        }
    }

    private ValueTask<StorageResult<T>> InBucket<T>(string bucketName, Func<SqliteSession, StoredBucket, StorageResult<T>> work)
        where T : class =>
        new(_buckets.Find(bucketName) is { } bucket ? _readers.Read(session => work(session, bucket)) : StorageStatus.NoSuchBucket);

    private StorageResult<ObjectRecord> Find(SqliteSession session, StoredBucket bucket, string key, string? versionId)
    {
        if (ObjectTable.Find(session, bucket.Id, KeyBytes.Of(key), versionId) is not { } found)
            return versionId is null ? StorageStatus.NoSuchKey : StorageStatus.NoSuchVersion;
        if (found.IsDeleteMarker) return StorageResult<ObjectRecord>.Done(found.Record);
        BodyPlacement placement = BodyTable.Find(session, found.Id, found.Record.Length);
        if (placement is BodyPlacement.InManyFiles many)
        {
            LateContent late = new(_readers, _files, _trash.Bodies, many, $"{bucket.Record.Name}/{key}");
            return StorageResult<ObjectRecord>.Done(found.Record with { Parts = late.Parts, Body = late });
        }
        return StorageResult<ObjectRecord>.Done(found.Record with
        {
            Parts = ObjectTable.Parts(session, found.Id), Body = BodyOf(placement, bucket.Record.Name, key),
        });
    }

    private IObjectBody BodyOf(BodyPlacement placement, string bucketName, string key) => placement switch
    {
        BodyPlacement.Inline inline => new InlineBody(inline, $"{bucketName}/{key}"),
        BodyPlacement.InFiles body => new FileBody(_files, body.Files, $"{bucketName}/{key}"),
        _ => throw new ArgumentOutOfRangeException(nameof(placement)),
    };

    /// <summary>Files that only wait for late readers make room on a full disk; with none of them it is full.</summary>
    private async Task<T> CommitAsync<T>(
        Func<WriteTransaction, T> work, CancellationToken cancellationToken, DiskStagedBody? staged = null)
    {
        try
        {
            return await _commits.RunAsync(work, staged).ConfigureAwait(false);
        }
        catch (StorageFullException) when (staged is not { IsKept: true })
        {
            if (!await _trash.MakeRoomAsync(cancellationToken).ConfigureAwait(false)) throw;
            return await _commits.RunAsync(work, staged).ConfigureAwait(false);
        }
    }

    /// <summary>A full disk must not keep anybody from making room: what was set aside is for deletions alone.</summary>
    private async Task<T> CommitDeletionAsync<T>(Func<WriteTransaction, T> work)
    {
        try
        {
            return await _commits.RunAsync(work).ConfigureAwait(false);
        }
        catch (StorageFullException)
        {
            using DeletionReserve.Use room = _folder.Reserve.Release();
            return await _commits.RunAsync(work).ConfigureAwait(false);
        }
    }

    private void Sweep()
    {
        try
        {
            int deleted = BodySweeper.Sweep(_files, _readers, _stopping.Token);
            if (deleted > 0) LogSwept(deleted, _folder.Path);
        }
        catch (ObjectDisposedException)
        {
            // the server stopped; the next one goes on
        }
#pragma warning disable CA1031 // Orphans cost room, not correctness: the server serves on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogSweepFailed(exception, _folder.Path);
        }
    }

    [LoggerMessage(10, LogLevel.Information, "Swept {Files} orphaned files from the data folder {Folder}.")]
    private partial void LogSwept(int files, string folder);

    [LoggerMessage(11, LogLevel.Warning, "The sweep of orphaned files in the data folder {Folder} ended early.")]
    private partial void LogSweepFailed(Exception exception, string folder);
}
