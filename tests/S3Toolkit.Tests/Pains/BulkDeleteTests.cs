using S3Toolkit.Server;

namespace S3Toolkit.Tests.Pains;

/// <summary>Pain 27: more than 1,000 keys, and failures of single ones.</summary>
[TestFixture]
internal sealed class BulkDeleteTests
{
    [Test]
    public async Task Delete_2345Keys_TakesThreeRequestsAndReportsEach()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        var keys = Enumerable.Range(0, 2345).Select(i => $"k{i}").ToList();

        var results = await pain.Bucket.DeleteManyAsync(keys).ToListAsync();

        Assert.That(pain.Count("DeleteObjects"), Is.EqualTo(3));
        Assert.That(results.Select(result => result.Key), Is.EquivalentTo(keys));
    }

    [Test]
    public async Task Delete_OneKeyRefused_IsAResultAndTheOthersAreGone()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        var kept = await pain.Bucket.PutAsync("kept", PainContent.Bytes(1));
        await pain.Bucket.PutAsync("gone", PainContent.Bytes(2));

        var results = await pain.Bucket.DeleteManyAsync([new ObjectIdentifier("kept", ETag: "0123"), "gone"]).ToListAsync();

        var failed = results.Single(result => !result.IsSuccess);
        Assert.That(failed.Key, Is.EqualTo("kept"));
        Assert.That(failed.Failure!.ErrorCode, Is.EqualTo(S3ErrorCode.PreconditionFailed));
        Assert.That(failed.Failure.IsTransient, Is.False);
        Assert.That((await pain.Bucket.ListObjectsAsync().SingleAsync()).ETag, Is.EqualTo(kept.ETag));
    }

    [Test]
    public async Task Delete_OneBatchFails_IsTheResultOfItsKeysOnly()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        var keys = Enumerable.Range(0, 30).Select(i => new ObjectIdentifier($"k{i}")).ToList();
        var refuseSecond = new S3FaultRule { Fault = S3Fault.Error(400, "InvalidRequest"), SkipRequests = 1, MaxRequests = 1 };
        using var rule = pain.Server.Faults.Add(refuseSecond with { Operation = "DeleteObjects" });
        var tens = new DeleteManyOptions { BatchSize = 10, MaxConcurrency = 1 };

        var results = await pain.Bucket.DeleteManyAsync(keys.ToAsyncEnumerable(), tens).ToListAsync();

        Assert.That(results, Has.Count.EqualTo(30));
        Assert.That(
            results.Where(result => !result.IsSuccess).Select(result => result.Key),
            Is.EquivalentTo(keys.Skip(10).Take(10).Select(key => key.Key)));
    }

    [Test]
    public async Task Delete_BatchThatIsThrottled_IsTriedAgain()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        using var rule = pain.Strike("DeleteObjects", S3Fault.SlowDown(), times: 2);

        var results = await pain.Bucket.DeleteManyAsync(["a", "b"]).ToListAsync();

        Assert.That(results.Select(result => result.IsSuccess), Is.EqualTo([true, true]));
        Assert.That(pain.Count("DeleteObjects"), Is.EqualTo(3));
    }

    [Test]
    public async Task Delete_KeysFromAListingThatFails_ThrowsItsError()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        using var rule = pain.Strike("ListObjectsV2", S3Fault.Error(403, "AccessDenied"));

        Assert.That(async () => await pain.Bucket.DeletePrefixAsync("p/").ToListAsync(), Throws.TypeOf<S3AccessDeniedException>());
    }
}
