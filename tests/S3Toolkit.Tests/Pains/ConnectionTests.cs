using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace S3Toolkit.Tests.Pains;

/// <summary>Pains 1, 4 and 5: connections that leak, calls that never return, handlers that multiply.</summary>
[TestFixture]
internal sealed class ConnectionTests
{
    private const int Many = 300;

    // Pain 1: the connection goes back at the end of the body, disposed or not.
    [Test]
    public async Task Readers_ReadToTheEndAndNeverDisposed_GiveTheirConnectionsBack()
    {
        await using var pain = await EmbeddedPain.StartAsync(options => options.Resilience.MaxOpenCalls = 4);
        await pain.Bucket.PutAsync("k", PainContent.Bytes(200_000));
        var kept = new List<ObjectReader>();

        for (var i = 0; i < Many; i++)
        {
            var reader = await pain.Bucket.GetAsync("k");
            await reader.Content.CopyToAsync(Stream.Null);
            kept.Add(reader);
        }

        Assert.That(kept.Select(reader => reader.Verification), Is.All.Not.EqualTo(ContentVerification.Pending));
    }

    // Pain 1: "51st/98th file hangs".
    [Test]
    public async Task Readers_UnreadAndNeverDisposed_DoNotBlockOtherCalls()
    {
        await using var pain = await EmbeddedPain.StartAsync(options => options.Resilience.MaxOpenCalls = Many + 8);
        await pain.Bucket.PutAsync("k", PainContent.Bytes(200_000));
        var kept = new List<ObjectReader>();

        for (var i = 0; i < Many; i++) kept.Add(await pain.Bucket.GetAsync("k"));

        Assert.That(await pain.Bucket.ExistsAsync("k"), Is.True);
        PainContent.AssertSame(await kept[^1].ReadAllBytesAsync(), PainContent.Bytes(200_000).Span);
        foreach (var reader in kept) await reader.DisposeAsync();
    }

    // Pain 1: at the limit there is an error that says what to do, not a hang.
    [Test]
    public async Task Readers_AtTheLimitOfOpenCalls_AreNamedInTheError()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var pain = await EmbeddedPain.StartAsync(
            options =>
            {
                options.Resilience.MaxOpenCalls = 2;
                options.Resilience.MaxAttempts = 1;
            },
            time);
        await pain.Bucket.PutAsync("k", PainContent.Bytes(200_000));
        await using var first = await pain.Bucket.GetAsync("k");
        await using var second = await pain.Bucket.GetAsync("k");

        var third = pain.Bucket.GetAsync("k");
        for (var i = 0; !third.IsCompleted; i++)
        {
            // Past the time-out, but not so far that the server would take the clock for a wrong one.
            if (i < 60) time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        Assert.That(
            async () => await third,
            Throws.TypeOf<S3ToolkitException>()
                .With.Property(nameof(S3ToolkitException.ErrorCode)).EqualTo(S3ErrorCode.TooManyOpenCalls)
                .And.Message.Contains("Dispose ObjectReaders"));
        await first.DisposeAsync();
        Assert.That(await pain.Bucket.ExistsAsync("k"), Is.True, "a disposed reader makes room");
    }

    // Pain 4: sync over async on a thread whose context runs nothing. A captured context would never come back.
    [Test]
    public async Task Calls_BlockedOnUnderADeadContext_Return()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        using var folder = new PainFolder();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            SynchronizationContext.SetSynchronizationContext(new DeadContext());
            try
            {
                UseEverything(pain, folder);
                done.SetResult();
            }
            catch (Exception error)
            {
                done.SetException(error);
            }
        }) { IsBackground = true };
        thread.Start();

        await done.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    // Pain 5.
    [Test]
    public async Task Handler_OfAStore_IsMadeOnceAndSharedByAllCalls()
    {
        var handlers = new List<WireHandler>();
        await using var pain = await EmbeddedPain.StartAsync();
        var services = pain.Other(options => options.HttpMessageHandlerFactory = () =>
        {
            lock (handlers) handlers.Add(new WireHandler(new SocketsHttpHandler()));
            return handlers[^1];
        });

        await Task.WhenAll(Enumerable.Range(0, 50).Select(async i =>
        {
            await using var scope = services.CreateAsyncScope();
            var store = scope.ServiceProvider.GetRequiredService<IBucketStore>();
            await store.Bucket(EmbeddedPain.BucketName).PutAsync($"k{i}", PainContent.Bytes(10));
        }));

        Assert.That(handlers, Has.Count.EqualTo(1));
        Assert.That(handlers[0].IsDisposed, Is.False, "scopes come and go; the store stays");
        Assert.That(handlers[0].Requests, Has.Count.EqualTo(50));

        await services.DisposeAsync();
        Assert.That(handlers[0].IsDisposed, Is.True, "what the store made goes with the store");
    }

    private static void UseEverything(EmbeddedPain pain, PainFolder folder)
    {
        pain.Buckets.EnsureAsync(EmbeddedPain.BucketName).GetAwaiter().GetResult();
        pain.Bucket.PutAsync("small", PainContent.Bytes(1000)).GetAwaiter().GetResult();
        pain.Bucket.Upload("large").FromStreamAsync(new SourceStream(PainContent.Bytes(PainContent.PartSize + 1))).GetAwaiter().GetResult();
        pain.Bucket.CopyAsync("small", "copy").GetAwaiter().GetResult();
        PainContent.AssertSame(pain.Bucket.ReadBytesAsync("small").GetAwaiter().GetResult(), PainContent.Bytes(1000).Span);
        pain.Bucket.Download("large").ToFileAsync(folder.PathOf("out")).GetAwaiter().GetResult();
        using (var reader = pain.Bucket.GetAsync("large").GetAwaiter().GetResult()) reader.Content.CopyTo(Stream.Null);
        Assert.That(Block(pain.Bucket.ListAsync()), Has.Count.EqualTo(3));
        Assert.That(Block(pain.Bucket.ListObjectsAsync("large")), Has.Count.EqualTo(1));
        Assert.That(Block(pain.Bucket.ListVersionsAsync()), Has.Count.EqualTo(3));
        pain.Bucket.PresignGetAsync("small", TimeSpan.FromMinutes(1)).GetAwaiter().GetResult();
        Assert.That(Block(pain.Bucket.DeleteManyAsync(["small"])), Has.Count.EqualTo(1));
        Assert.That(Block(pain.Bucket.DeletePrefixAsync("cop")), Has.Count.EqualTo(1));
        pain.Bucket.AbortStaleUploadsAsync(TimeSpan.Zero).GetAwaiter().GetResult();
        pain.Buckets.DeleteAsync(EmbeddedPain.BucketName, new DeleteBucketOptions { Force = true }).GetAwaiter().GetResult();
    }

    // By hand: the ToListAsync of System.Linq comes back to the caller's context, as an await of the caller's own would.
    private static List<T> Block<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        var enumerator = items.GetAsyncEnumerator();
        while (enumerator.MoveNextAsync().AsTask().GetAwaiter().GetResult()) list.Add(enumerator.Current);
        enumerator.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return list;
    }

    private sealed class DeadContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
        }

        public override void Send(SendOrPostCallback d, object? state)
        {
        }
    }
}
