using Microsoft.Extensions.Logging;
using S3Toolkit.Server.Notifications;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Operations.Archiving;

/// <summary>
/// Tells when a restore is complete and when its copy goes, by the server's clock. It keeps what it waits for in memory: a server that is
/// started again, or from a snapshot, tells nothing of earlier restores.
/// </summary>
internal sealed partial class RestoreWatch : IAsyncDisposable
{
    /// <summary>Bounds the memory; restores beyond it are done all the same, and tell nothing.</summary>
    private const int Capacity = 100_000;

    private readonly IS3Storage _storage;
    private readonly EventHub _events;
    private readonly S3ServerClock _clock;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly PriorityQueue<Item, DateTimeOffset> _waiting = new();
    private Task _work = Task.CompletedTask;

    public RestoreWatch(IS3Storage storage, EventHub events, S3ServerClock clock, ILogger logger)
    {
        (_storage, _events, _clock, _logger) = (storage, events, clock, logger);
        _timer = clock.CreateTimer(static state => ((RestoreWatch)state!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        clock.Moved += Wake;
    }

    /// <summary>A version was restored, or its copy stays for longer.</summary>
    public void Add(string bucketName, ObjectRecord restored)
    {
        RestoreRecord restore = restored.Restore!;
        lock (_gate)
        {
            if (_waiting.Count >= Capacity) return;
            Item item = new(bucketName, restored.Key, restored.VersionId, restore, EventNames.RestoreDelete);
            if (restore.IsUnderWay(_clock.GetUtcNow()))
                _waiting.Enqueue(item with { EventName = EventNames.RestoreCompleted }, restore.ReadyAt);
            _waiting.Enqueue(item, restore.ExpiresAt);
        }
        Wake();
    }

    /// <summary>Stops without a wait for what is being told.</summary>
    public void Stop()
    {
        _clock.Moved -= Wake;
        _timer.Dispose();
        _stopping.Cancel();
    }

    public async ValueTask DisposeAsync()
    {
        Stop();
        Task work;
        lock (_gate) work = _work;
        await work.ConfigureAwait(false);
    }

    private void Wake()
    {
        lock (_gate)
        {
            DateTimeOffset now = _clock.GetUtcNow();
            List<Item> due = [];
            while (_waiting.TryPeek(out Item item, out DateTimeOffset time) && time <= now)
            {
                _waiting.Dequeue();
                due.Add(item);
            }
            if (due.Count > 0) _work = TellAsync(_work, due);
            if (_waiting.TryPeek(out _, out DateTimeOffset next)) Arm(next - now);
        }
    }

    private void Arm(TimeSpan delay)
    {
        try
        {
            // A timer takes no more than 49 days; it looks again.
            _timer.Change(delay < TimeSpan.FromDays(1) ? delay : TimeSpan.FromDays(1), Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // stopped meanwhile
        }
    }

    /// <summary>One after the other, so that a restore is complete before its copy goes.</summary>
    private async Task TellAsync(Task before, List<Item> due)
    {
        await before.ConfigureAwait(false);
        await Task.Yield();
        foreach (Item item in due)
        {
            try
            {
                await TellAsync(item).ConfigureAwait(false);
            }
            catch (Exception) when (_stopping.IsCancellationRequested)
            {
                return; // the server stopped, and its storage is gone
            }
#pragma warning disable CA1031 // The storage failed: the others may still be told of.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                LogUntold(exception, item.EventName, item.BucketName);
            }
        }
    }

    private async Task TellAsync(Item item)
    {
        if (await _storage.FindBucketAsync(item.BucketName, _stopping.Token).ConfigureAwait(false) is not { } bucket) return;
        ObjectRecord? found = (await _storage
            .FindAsync(item.BucketName, item.Key, item.VersionId, _stopping.Token).ConfigureAwait(false)).Value;
        if (found?.Restore is not { } restore) return; // deleted, or written anew
        // A copy that is kept for longer is complete since when it was, and goes when another item is due.
        bool isSame = item.EventName == EventNames.RestoreCompleted
            ? restore.ReadyAt == item.Restore.ReadyAt
            : restore.ExpiresAt == item.Restore.ExpiresAt;
        if (isSame) _events.Report(item.EventName, bucket, found, EventSource.Server);
    }

    [LoggerMessage(50, LogLevel.Warning, "{EventName} of bucket {Bucket} could not be told.")]
    private partial void LogUntold(Exception exception, string eventName, string bucket);

    private readonly record struct Item(string BucketName, string Key, string VersionId, RestoreRecord Restore, string EventName);
}
