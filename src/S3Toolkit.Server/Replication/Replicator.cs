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

    private readonly IS3Storage _storage;
    private readonly Func<string, IReplicaWriter> _writerOf;
    private readonly EventHub _events;
    private readonly S3ServerClock _clock;
    private readonly ILogger _logger;
    private readonly ReplicationBackoff _backoff;
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<ReplicationJob>[] _queues = new Channel<ReplicationJob>[Workers];
    private readonly Lock _gate = new();
    private Task[] _workers = [];
    private Task _scan = Task.CompletedTask;
    private TaskCompletionSource? _idle;
    private int _outstanding;

    /// <param name="storage">Where the versions are.</param>
    /// <param name="writerOf">Who writes into a bucket of that name.</param>
    /// <param name="events">Tells of what is to be copied, and is told of what could not be.</param>
    /// <param name="clock">The server's time, by which a destination that is away is asked again.</param>
    /// <param name="logger">Hears why.</param>
    public Replicator(
        IS3Storage storage, Func<string, IReplicaWriter> writerOf, EventHub events, S3ServerClock clock, ILogger logger)
    {
        (_storage, _writerOf, _events, _clock, _logger) = (storage, writerOf, events, clock, logger);
        _backoff = new ReplicationBackoff(clock);
        for (int i = 0; i < Workers; i++) _queues[i] = Channel.CreateBounded<ReplicationJob>(Capacity);
        _timer = clock.CreateTimer(static state => ((Replicator)state!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        clock.Moved += Wake;
        events.Replicate = Add;
    }

    /// <summary>
    /// Ends when nothing waits and nothing is under way; is cancelled when the server stops before. What a destination that is away has to
    /// wait for is not waited for here, until it is due.
    /// </summary>
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
        _clock.Moved -= Wake;
        _timer.Dispose();
        _stopping.Cancel();
        TaskCompletionSource? idle;
        lock (_gate) (idle, _idle) = (_idle, null);
        idle?.TrySetCanceled();
    }

    public async ValueTask DisposeAsync()
    {
        Stop();
        Task[] tasks;
        lock (_gate) tasks = [.. _workers, _scan];
        await Task.WhenAll(tasks).ConfigureAwait(false);
    }

    private void Add(BucketRecord bucket, ObjectRecord record)
    {
        ReplicationJob job = new(bucket.Name, record.Key, record.VersionId, IsFound: false);
        lock (_gate)
        {
            EnsureStarted_NeedsLock();
            _outstanding++;
        }
        if (QueueOf(job).Writer.TryWrite(job)) return;
        lock (_gate)
        {
            _behind.Add(ReplicationBackoff.OwnStorage);
            _scansNext = true;
        }
        Done();
    }

    private void EnsureStarted_NeedsLock()
    {
        if (_workers.Length == 0) _workers = [.. _queues.Select(queue => Task.Run(() => RunAsync(queue)))];
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
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            // the server stopped, and what it used is gone
        }
    }

    private void Done()
    {
        TaskCompletionSource? idle = null;
        lock (_gate)
        {
            // A scan is outstanding itself: what waits for idleness waits for it as well.
            if (--_outstanding == 0 && !TryScan_NeedsLock()) (idle, _idle) = (_idle, null);
        }
        idle?.TrySetResult();
    }
}
