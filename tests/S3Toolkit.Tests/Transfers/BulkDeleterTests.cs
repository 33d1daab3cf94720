using System.Net;
using CsCheck;
using S3Toolkit.Transfers;
using S3Toolkit.Transport;

namespace S3Toolkit.Tests.Transfers;

[TestFixture]
internal sealed class BulkDeleterTests
{
    private TransferBench _bench = null!;

    [SetUp]
    public void SetUp() => _bench = new TransferBench();

    [TearDown]
    public void TearDown() => Assert.That(_bench.Caller.Resilience("bucket").Permits.InFlight, Is.Zero);

    [Test]
    public async Task DeleteAsync_AnyNumber_GivesAResultForEachKey() =>
        await Gen.Select(Gen.Int[0, 60], Gen.Int[1, 20], Gen.Int[1, 5]).SampleAsync(
            async (count, batchSize, concurrency) =>
            {
                var bench = new TransferBench();
                var keys = Keys(count).ToList();
                foreach (var key in keys) bench.Transport.Add(key, [1]);

                var results = await DeleteAsync(bench, keys, new DeleteManyOptions { BatchSize = batchSize, MaxConcurrency = concurrency });

                return results.TrueForAll(static result => result.IsSuccess)
                    && results.Select(static result => result.Key).Order().SequenceEqual(keys.Order())
                    && bench.Transport.Objects.Count == 0
                    && bench.Transport.Calls.Count == (count + batchSize - 1) / batchSize
                    && bench.Transport.MaxInFlight <= concurrency;
            },
            iter: 60,
            threads: 1);

    [TestCase(0, 1)]
    [TestCase(1001, 1)]
    [TestCase(1, 0)]
    public void DeleteAsync_OptionsOutOfRange_AreRefusedAtOnce(int batchSize, int concurrency) => Assert.That(
        () => new BulkDeleter(_bench.Caller, _bench.Profile).DeleteAsync(
            "bucket", Lazily([]), new DeleteManyOptions { BatchSize = batchSize, MaxConcurrency = concurrency }, default),
        Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public async Task DeleteAsync_KeyThatXmlCannotCarry_GoesAlone()
    {
        var results = await DeleteAsync(_bench, ["a", "b\u0001", "c", "d\r", "e"]);

        Assert.That(results.Select(static result => result.Key), Is.EquivalentTo(["a", "b\u0001", "c", "d\r", "e"]));
        Assert.That(
            _bench.Transport.Calls.Where(static call => call.Operation == "DeleteObject").Select(static call => call.Key),
            Is.EquivalentTo(["b\u0001", "d\r"]));
        Assert.That(
            _bench.Transport.Calls.Single(static call => call.Operation == "DeleteObjects").Objects.Select(static target => target.Key),
            Is.EqualTo(["a", "c", "e"]));
    }

    [Test]
    public async Task DeleteAsync_ImpossibleKey_FailsAloneWithoutARequest()
    {
        var results = await DeleteAsync(_bench, ["ok", "", new string('é', 513), "\ud800"]);

        Assert.That(results.Where(static result => !result.IsSuccess).Select(static result => result.Failure!.ErrorCode.Value),
            Is.EquivalentTo(["InvalidArgument", "KeyTooLongError", "InvalidArgument"]));
        Assert.That(_bench.Transport.Calls, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task DeleteAsync_ProviderWithoutBulkDelete_SendsSingleOnes()
    {
        _bench.Profile = _bench.Profile with { SupportsDeleteMany = false };

        var results = await DeleteAsync(_bench, Keys(10), new DeleteManyOptions { MaxConcurrency = 3, ExpectedBucketOwner = "me" });

        Assert.That(results, Has.Count.EqualTo(10));
        Assert.That(_bench.Transport.Count("DeleteObject"), Is.EqualTo(10));
        Assert.That(_bench.Transport.MaxInFlight, Is.LessThanOrEqualTo(3));
        Assert.That(((DeleteObjectOptions)_bench.Transport.Calls.First().Options!).ExpectedBucketOwner, Is.EqualTo("me"));
    }

    [Test]
    public async Task DeleteAsync_ServerWithoutBulkDelete_FallsBack()
    {
        _bench.Transport.Before = (call, _) => Task.FromResult(
            call.Operation == "DeleteObjects"
                ? new S3Error(S3ErrorCode.NotImplemented, "no") { StatusCode = HttpStatusCode.NotImplemented }
                : null);

        var results = await DeleteAsync(_bench, Keys(3));

        Assert.That(results, Has.Count.EqualTo(3).And.All.Property("IsSuccess").True);
        Assert.That(_bench.Transport.Count("DeleteObject"), Is.EqualTo(3));
    }

    [Test]
    public async Task DeleteAsync_VersionsAndDuplicates_EachGetTheirResult()
    {
        ObjectIdentifier[] objects = [new("a", "v1"), new("a", "v2"), new("a"), new("a")];

        var results = await DeleteAsync(_bench, objects);

        Assert.That(
            results.Select(static result => (result.Key, result.VersionId)),
            Is.EquivalentTo(new (string, string?)[] { ("a", "v1"), ("a", "v2"), ("a", null), ("a", null) }));
    }

    [Test]
    public async Task DeleteAsync_KeyFailsForAWhile_IsTriedAgainAlone()
    {
        _bench.Transport.DeleteFault = static (target, request) =>
            target.Key == "key-1" && request < 3 ? new DeleteFailure(S3ErrorCode.SlowDown, "slow") : null;

        var results = await DeleteAsync(_bench, Keys(5));

        Assert.That(results, Has.Count.EqualTo(5).And.All.Property("IsSuccess").True);
        Assert.That(_bench.Transport.Calls.Select(static call => call.Objects.Count), Is.EqualTo([5, 1, 1]));
        Assert.That(_bench.Log, Has.Some.Contains("SlowDown"));
    }

    [Test]
    public async Task DeleteAsync_KeyGoesOnFailing_IsAResult()
    {
        _bench.Transport.DeleteFault = static (target, _) => target.Key switch
        {
            "key-1" => new DeleteFailure(S3ErrorCode.InternalError, "oops"),
            "key-2" => new DeleteFailure(S3ErrorCode.AccessDenied, "no"),
            _ => null,
        };

        var results = await DeleteAsync(_bench, Keys(4));

        Assert.That(
            results.Single(static result => result.Key == "key-1").Failure,
            Is.EqualTo(new DeleteFailure(S3ErrorCode.InternalError, "oops", IsTransient: true)));
        Assert.That(
            results.Single(static result => result.Key == "key-2").Failure, Is.EqualTo(new DeleteFailure(S3ErrorCode.AccessDenied, "no")));
        Assert.That(_bench.Transport.Calls, Has.Count.EqualTo(_bench.Resilience.MaxAttempts), "and AccessDenied is not tried again");
    }

    [Test]
    public async Task DeleteAsync_RequestIsRefused_FailsEachKeyOfIt()
    {
        _bench.Transport.Before = static (_, _) => Task.FromResult<S3Error?>(FakeTransport.Denied);

        var results = await DeleteAsync(_bench, Keys(5), new DeleteManyOptions { BatchSize = 2 });

        Assert.That(results, Has.Count.EqualTo(5));
        Assert.That(results.Select(static result => result.Failure!.ErrorCode), Is.All.EqualTo(S3ErrorCode.AccessDenied));
    }

    [Test]
    public void DeleteAsync_NoBucket_Throws()
    {
        _bench.Transport.Before = static (_, _) => Task.FromResult<S3Error?>(
            new S3Error(S3ErrorCode.NoSuchBucket, "none") { StatusCode = HttpStatusCode.NotFound });

        Assert.That(async () => await DeleteAsync(_bench, Keys(5)), Throws.InstanceOf<BucketNotFoundException>());
    }

    [Test]
    public async Task DeleteAsync_ConsumerIsSlow_ReadsNoFurtherThanNeeded()
    {
        var read = 0;
        var results = new BulkDeleter(_bench.Caller, _bench.Profile).DeleteAsync(
            "bucket", Lazily(Keys(1000), () => read++), new DeleteManyOptions { BatchSize = 10, MaxConcurrency = 2 }, default);

        await foreach (var _ in results) break;

        Assert.That(read, Is.LessThanOrEqualTo(40), "two batches under way, one read ahead, one whose result was taken");
    }

    [Test]
    public async Task DeleteAsync_ConsumerLeaves_StopsWhatIsUnderWayAndClosesTheSource()
    {
        var closed = false;
        var cancelled = 0;
        var hanging = 0;
        var bothHang = new TaskCompletionSource();
        _bench.Transport.Before = async (call, token) =>
        {
            if (call.Objects[0].Key == "key-0")
            {
                await bothHang.Task;
                return null;
            }

            try
            {
                if (Interlocked.Increment(ref hanging) == 2) bothHang.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            }
            catch (OperationCanceledException)
            {
                Interlocked.Increment(ref cancelled);
                throw;
            }

            return null;
        };
        var results = new BulkDeleter(_bench.Caller, _bench.Profile).DeleteAsync(
            "bucket", Lazily(Keys(10), closed: () => closed = true), new DeleteManyOptions { BatchSize = 1, MaxConcurrency = 3 }, default);

        await Leave(results).WaitAsync(TimeSpan.FromSeconds(10));

        Assert.That(closed, Is.True);
        Assert.That(cancelled, Is.EqualTo(2));

        static async Task Leave(IAsyncEnumerable<DeleteResult> results)
        {
            await foreach (var _ in results) break;
        }
    }

    [Test]
    public void DeleteAsync_Cancelled_ThrowsTheCallersToken()
    {
        using var source = new CancellationTokenSource();
        _bench.Transport.Before = async (_, token) =>
        {
            await source.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return null;
        };

        Assert.That(async () => await DeleteAsync(_bench, Keys(3), cancellationToken: source.Token),
            Throws.InstanceOf<OperationCanceledException>().With.Property("CancellationToken").EqualTo(source.Token));
    }

    [Test]
    public async Task DeleteAsync_SourceIgnoresTheToken_IsCancelledAllTheSame()
    {
        using var cancel = new CancellationTokenSource();
        var release = new TaskCompletionSource();
        var waiting = new TaskCompletionSource();
        var closed = new TaskCompletionSource();
        var deleting = Task.Run(async () =>
        {
            var deleter = new BulkDeleter(_bench.Caller, _bench.Profile);
            await foreach (var _ in deleter.DeleteAsync("bucket", Deaf(), new DeleteManyOptions(), cancel.Token)) { }
        });
        await waiting.Task;

        await cancel.CancelAsync();
        while (!deleting.IsCompleted)
        {
            _bench.Time.Advance(TimeSpan.FromSeconds(2));
            await Task.Yield();
        }

        Assert.That(async () => await deleting, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(closed.Task.IsCompleted, Is.False);
        release.SetResult();
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(10));

        async IAsyncEnumerable<ObjectIdentifier> Deaf()
        {
            try
            {
                waiting.SetResult();
                await release.Task;
                yield return new ObjectIdentifier("key");
            }
            finally
            {
                closed.SetResult();
            }
        }
    }

    [Test]
    public void DeleteAsync_SourceFails_ThrowsThat()
    {
        var failure = new InvalidDataException("listing broke");
        var results = new BulkDeleter(_bench.Caller, _bench.Profile).DeleteAsync(
            "bucket", Lazily(Keys(10), () => throw failure), new DeleteManyOptions(), default);

        Assert.That(async () => { await foreach (var _ in results) { } }, Throws.Exception.SameAs(failure));
    }

    private static IEnumerable<string> Keys(int count) => Enumerable.Range(0, count).Select(static index => $"key-{index}");

    private static Task<List<DeleteResult>> DeleteAsync(
        TransferBench bench, IEnumerable<string> keys, DeleteManyOptions? options = null, CancellationToken cancellationToken = default) =>
        DeleteAsync(bench, keys.Select(static key => new ObjectIdentifier(key)), options, cancellationToken);

    private static async Task<List<DeleteResult>> DeleteAsync(
        TransferBench bench, IEnumerable<ObjectIdentifier> objects, DeleteManyOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var results = new List<DeleteResult>();
        var deleter = new BulkDeleter(bench.Caller, bench.Profile);
        await foreach (var result in deleter.DeleteAsync(
            "bucket", objects.ToAsyncEnumerable(), options ?? new DeleteManyOptions(), cancellationToken))
            results.Add(result);
        return results;
    }

    private static async IAsyncEnumerable<ObjectIdentifier> Lazily(IEnumerable<string> keys, Action? read = null, Action? closed = null)
    {
        try
        {
            foreach (var key in keys)
            {
                await Task.Yield();
                read?.Invoke();
                yield return key;
            }
        }
        finally
        {
            closed?.Invoke();
        }
    }
}
