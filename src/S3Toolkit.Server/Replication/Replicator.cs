using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using S3Toolkit.Server.Notifications;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Replication;

/// <summary>
/// Copies what is pending, after the commit and beside the requests. The versions of a key go one after the other, in the order in which
/// they came. Queues are bounded: what does not fit stays pending, and is looked for when there is room again.
/// </summary>
internal sealed partial class Replicator : IAsyncDisposable
{
    private const int Workers = 4;

    private const int Capacity = 2500;

    private const int MaxAttempts = 4;

    private readonly IS3Storage _storage;
    private readonly Func<string, IReplicaWriter> _writerOf;
    private readonly EventHub _events;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<ReplicationJob>[] _queues = new Channel<ReplicationJob>[Workers];
    private readonly Lock _gate = new();
    private readonly List<Task> _tasks = [];
    private TaskCompletionSource? _idle;
    private int _outstanding;
    private bool _isStarted;
    private bool _hasOverflowed;

    /// <param name="storage">Where the versions are.</param>
    /// <param name="writerOf">Who writes into a bucket of that name.</param>
    /// <param name="events">Tells of what is to be copied, and is told of what could not be.</param>
    /// <param name="logger">Hears why.</param>
    public Replicator(IS3Storage storage, Func<string, IReplicaWriter> writerOf, EventHub events, ILogger logger)
    {
        (_storage, _writerOf, _events, _logger) = (storage, writerOf, events, logger);
        for (int i = 0; i < Workers; i++) _queues[i] = Channel.CreateBounded<ReplicationJob>(Capacity);
        events.Replicate = Add;
    }

    /// <summary>Looks for what an earlier process left pending.</summary>
    public void Recover()
    {
        lock (_gate) _outstanding++;
        Start(() => ScanAsync());
    }

    /// <summary>Ends when nothing waits and nothing is under way; is cancelled when the server stops before.</summary>
    public Task WaitForIdleAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_outstanding == 0) return Task.CompletedTask;
            if (_stopping.IsCancellationRequested) return Task.FromCanceled(_stopping.Token);
            return (_idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Stops without a wait for what is under way; it stays pending.</summary>
    public void Stop()
    {
        _stopping.Cancel();
        TaskCompletionSource? idle;
        lock (_gate) (idle, _idle) = (_idle, null);
        idle?.TrySetCanceled();
    }

    public async ValueTask DisposeAsync()
    {
        Stop();
        Task[] tasks;
        lock (_gate) tasks = [.. _tasks];
        await Task.WhenAll(tasks).ConfigureAwait(false);
    }

    private void Add(BucketRecord bucket, ObjectRecord record)
    {
        ReplicationJob job = new(bucket.Name, record.Key, record.VersionId, record.IsDeleteMarker ? record : null);
        EnsureStarted();
        lock (_gate) _outstanding++;
        if (QueueOf(job).Writer.TryWrite(job)) return;
        _hasOverflowed = true;
        Done();
    }

    private void EnsureStarted()
    {
        lock (_gate)
        {
            if (_isStarted) return;
            _isStarted = true;
        }
        foreach (Channel<ReplicationJob> queue in _queues) Start(() => RunAsync(queue));
    }

    private void Start(Func<Task> work)
    {
        lock (_gate) _tasks.Add(Task.Run(work));
    }

    private Channel<ReplicationJob> QueueOf(ReplicationJob job) =>
        _queues[(uint)HashCode.Combine(job.BucketName, job.Key) % Workers];

    private async Task RunAsync(Channel<ReplicationJob> queue)
    {
        try
        {
            await foreach (ReplicationJob job in queue.Reader.ReadAllAsync(_stopping.Token).ConfigureAwait(false))
            {
                await ReplicateAsync(job).ConfigureAwait(false);
                Done();
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // the server stopped
        }
    }

    private void Done()
    {
        bool scans = false;
        TaskCompletionSource? idle = null;
        lock (_gate)
        {
            if (--_outstanding == 0)
            {
                // A scan is outstanding itself: what waits for idleness waits for it as well.
                if (scans = _hasOverflowed) (_hasOverflowed, _outstanding) = (false, 1);
                else (idle, _idle) = (_idle, null);
            }
        }
        if (scans) Start(() => ScanAsync());
        idle?.TrySetResult();
    }

    private async Task ReplicateAsync(ReplicationJob job)
    {
        try
        {
            if (await _storage.FindBucketAsync(job.BucketName, _stopping.Token).ConfigureAwait(false) is not { } bucket) return;
            ObjectRecord? source = job.Marker ?? (await _storage
                .FindAsync(job.BucketName, job.Key, job.VersionId, _stopping.Token).ConfigureAwait(false)).Value;
            if (source is null) return; // deleted meanwhile
            bool isDone = true;
            IReadOnlyList<ReplicationRuleRecord> rules = ReplicationRules.Of(bucket, source);
            foreach (ReplicationRuleRecord rule in rules) isDone &= await TryAsync(source, bucket, rule).ConfigureAwait(false);
            ReplicationStatus? status = rules.Count == 0 ? null : isDone ? ReplicationStatus.Completed : ReplicationStatus.Failed;
            if (job.Marker is null)
            {
                await _storage.UpdateObjectAsync(
                    job.BucketName, job.Key, job.VersionId,
                    record => record.Replication == ReplicationStatus.Pending ? record with { Replication = status } : record,
                    _stopping.Token).ConfigureAwait(false);
            }
            if (!isDone) _events.Report(EventNames.ReplicationFailed, bucket, source with { Replication = null }, EventSource.Server);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or ObjectDisposedException))
        {
            LogFailed(exception, job.BucketName, 1); // the storage's own failure: it stays pending
        }
    }

    private async Task<bool> TryAsync(ObjectRecord source, BucketRecord bucket, ReplicationRuleRecord rule)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await _writerOf(rule.Destination.BucketName)
                    .WriteAsync(source, bucket, rule.Destination, _stopping.Token).ConfigureAwait(false);
                return true;
            }
            catch (ReplicationException exception)
            {
                if (exception.IsTransient && attempt < MaxAttempts)
                {
                    // 100 ms, 400 ms, 1.6 s of the machine's clock: the other server lives by it.
                    TimeSpan delay = TimeSpan.FromMilliseconds(100 * Math.Pow(4, attempt - 1));
                    await Task.Delay(delay, TimeProvider.System, _stopping.Token).ConfigureAwait(false);
                    continue;
                }
                LogFailed(exception, rule.Destination.BucketName, attempt);
                return false;
            }
        }
    }

    [LoggerMessage(40, LogLevel.Warning, "A version could not be replicated to bucket {Bucket} in {Attempts} attempts.")]
    private partial void LogFailed(Exception exception, string bucket, int attempts);
}
