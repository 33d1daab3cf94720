using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using S3Toolkit.Server.Notifications;
using S3Toolkit.Server.Replication;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Storage.Memory;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Replication;

/// <summary>The queue and its scans, with a destination and a storage that do what a test says.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ReplicatorTests : IAsyncDisposable
{
    private const string Source = "source";

    private readonly FakeTimeProvider _time = new();
    private readonly MemoryStorage _storage = new();
    private readonly Destination _destination = new();
    private readonly EventHub _events;
    private readonly Replicator _replicator;
    private string? _failing;

    public ReplicatorTests()
    {
        IS3Storage failing = StorageProxy.Over(
            _storage, (name, _) => name == _failing ? throw new InvalidOperationException("broken") : null);
        S3ServerClock clock = new(_time);
        _events = new EventHub(new S3ServerEvents(), null, clock, "root");
        _replicator = new Replicator(failing, _ => _destination, _events, clock, NullLogger.Instance);
    }

    [SetUp]
    public async Task CreateBucket()
    {
        ReplicationRuleRecord rule = new()
        {
            Id = "r", IsEnabled = true, Priority = 1, DeleteMarkers = true,
            Destination = new ReplicationDestinationRecord { BucketArn = "arn:aws:s3:::target" },
        };
        await _storage.CreateBucketAsync(
            new BucketRecord(Source, "us-east-1", default)
            {
                Versioning = BucketVersioning.Enabled, Replication = new ReplicationRecord { Role = "r", Rules = [rule] },
            },
            default);
    }

    public async ValueTask DisposeAsync()
    {
        await _replicator.DisposeAsync(); // throws when one of its tasks failed
        await _storage.DisposeAsync();
    }

    [Test]
    public async Task Recover_StorageThatFails_IsScannedAgainLater()
    {
        string version = await PutAsync("k", isQueued: false);
        _failing = nameof(IS3Storage.ListVersionsAsync);

        _replicator.Recover();
        await _replicator.WaitForIdleAsync(default);
        string[] before = [.. _destination.Written];
        _failing = null;
        _time.Advance(ReplicationBackoff.First);
        await _replicator.WaitForIdleAsync(default);

        Assert.That(before, Is.Empty);
        Assert.That(_destination.Written, Is.EqualTo(new[] { version }));
    }

    [Test]
    public async Task Add_OwnStorageThatIsFull_IsTriedAgainLaterAndNotOvertaken()
    {
        _destination.Failure = new StorageFullException("full");
        string first = await PutAsync("k");
        await _replicator.WaitForIdleAsync(default);
        _destination.FailsOnly = first; // something smaller would fit
        string second = await PutAsync("k");
        await _replicator.WaitForIdleAsync(default);
        string[] before = [.. _destination.Written];

        _destination.Failure = null;
        _time.Advance(ReplicationBackoff.First);
        await _replicator.WaitForIdleAsync(default);

        Assert.That(before, Is.Empty);
        Assert.That(_destination.Written, Is.EqualTo(new[] { first, second }));
        Assert.That(await StatusAsync(first), Is.EqualTo(ReplicationStatus.Completed));
    }

    [Test]
    public async Task Add_MoreThanTheQueueHolds_AreFoundInTheirOrder()
    {
        TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _destination.Gate = opened.Task;
        List<string> versions = [];
        for (int i = 0; i < 2700; i++) versions.Add(await DeleteAsync("k"));

        opened.SetResult();
        await _replicator.WaitForIdleAsync(default);

        Assert.That(_destination.Written.Distinct(), Is.EqualTo(versions));
        Assert.That(await StatusAsync(versions[^1]), Is.Null);
    }

    [Test]
    public async Task Add_TagsThatChangeMeanwhile_StaysPendingForThem()
    {
        TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _destination.Gate = opened.Task;
        string version = await PutAsync("k");
        await _destination.Reached.Task;
        await _storage.UpdateObjectAsync(Source, "k", version, record => record with { Tags = [new("a", "b")] }, default);

        opened.SetResult();
        await _replicator.WaitForIdleAsync(default);

        Assert.That(await StatusAsync(version), Is.EqualTo(ReplicationStatus.Pending));
    }

    private async Task<string> PutAsync(string key, bool isQueued = true)
    {
        await using StagedBody body = await _storage.StageBytesAsync([1]);
        ObjectRecord record = new() { Key = key, LastModified = default, ETag = "e", Replication = ReplicationStatus.Pending };
        ObjectRecord written = (await _storage.PutAsync(Source, record, body, WriteCondition.None, default)).Value!;
        if (isQueued) _events.Queue((await _storage.FindBucketAsync(Source, default))!, written);
        return written.VersionId;
    }

    private async Task<string> DeleteAsync(string key)
    {
        DeletionRequest request = new(key, null, WriteCondition.None, default) { MarkerReplication = ReplicationStatus.Pending };
        string version = (await _storage.DeleteAsync(Source, request, default)).Value!.VersionId!;
        ObjectRecord marker = (await _storage.FindAsync(Source, key, version, default)).Value!;
        _events.Queue((await _storage.FindBucketAsync(Source, default))!, marker);
        return version;
    }

    private async Task<ReplicationStatus?> StatusAsync(string version) =>
        (await _storage.FindAsync(Source, "k", version, default)).Value!.Replication;

    private sealed class Destination : IReplicaWriter
    {
        public List<string> Written { get; } = [];

        public Task Gate { get; set; } = Task.CompletedTask;

        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Exception? Failure { get; set; }

        public string? FailsOnly { get; set; }

        public async Task WriteAsync(
            ObjectRecord source, BucketRecord sourceBucket, ReplicationDestinationRecord destination, CancellationToken cancellationToken)
        {
            Reached.TrySetResult();
            await Gate.WaitAsync(cancellationToken);
            if (Failure is { } failure && (FailsOnly is null || FailsOnly == source.VersionId)) throw failure;
            lock (Written) Written.Add(source.VersionId);
        }
    }
}
