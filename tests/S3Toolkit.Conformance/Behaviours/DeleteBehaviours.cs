namespace S3Toolkit.Conformance;

public abstract class DeleteBehaviours(Func<Task<IStoreUnderTest>> open) : StoreBehaviours(open)
{
    [Test]
    public async Task Delete_ThereOrNot_Succeeds()
    {
        await Bucket.PutAsync("there", TestContent.Bytes(1));

        var first = await Bucket.DeleteAsync("there");
        var second = await Bucket.DeleteAsync("there");

        Assert.That(first, Is.EqualTo(new DeleteResult("there")));
        Assert.That(second, Is.EqualTo(new DeleteResult("there")));
        Assert.That(await Bucket.ExistsAsync("there"), Is.False);
    }

    [Test]
    public async Task DeleteMany_SomeMissing_ReportsEachAsDeleted()
    {
        await Bucket.PutAsync("many/1", TestContent.Bytes(1));

        var results = await Bucket.DeleteManyAsync(["many/1", "many/missing"]).ToListAsync();

        Assert.That(results.Select(result => result.Key), Is.EquivalentTo(["many/1", "many/missing"]));
        Assert.That(results.Select(result => result.IsSuccess), Is.All.True);
    }

    [Test]
    public async Task DeleteMany_OfNothing_ReportsNothing() =>
        Assert.That(await Bucket.DeleteManyAsync(Array.Empty<string>()).ToListAsync(), Is.Empty);

    [Test]
    public async Task DeleteMany_NotEnumerated_DeletesNothing()
    {
        await Bucket.PutAsync("lazy", TestContent.Bytes(1));

        _ = Bucket.DeleteManyAsync(["lazy"]);

        Assert.That(await Bucket.ExistsAsync("lazy"), Is.True);
    }

    [Test]
    public async Task DeleteMany_KeysThatNoObjectCanHave_FailAloneAndLeaveTheOthersDeleted()
    {
        await Bucket.PutAsync("good/1", TestContent.Bytes(1));
        await Bucket.PutAsync("good/2", TestContent.Bytes(1));
        var tooLong = new string('x', 1025);

        var results = await Bucket.DeleteManyAsync(["good/1", tooLong, "half \ud800 pair", "good/2"]).ToListAsync();

        Assert.That(
            results.Where(result => !result.IsSuccess).Select(result => result.Key),
            Is.EquivalentTo([tooLong, "half \ud800 pair"]));
        Assert.That(results, Has.Count.EqualTo(4));
        Assert.That(await KeysAsync(Bucket, "good/"), Is.Empty);
    }

    [Test]
    public async Task DeleteMany_InSmallBatches_ReportsEachKeyOnce()
    {
        var keys = Enumerable.Range(0, 25).Select(i => $"batch/{i}").ToList();
        foreach (var key in keys) await Bucket.PutAsync(key, TestContent.Bytes(1));

        var options = new DeleteManyOptions { BatchSize = 4, MaxConcurrency = 3 };
        var results = await Bucket.DeleteManyAsync(keys.Select(key =>
            new ObjectIdentifier(key)).ToAsyncEnumerable(), options).ToListAsync();

        Assert.That(results.Select(result => result.Key), Is.EquivalentTo(keys));
        Assert.That(await KeysAsync(Bucket, "batch/"), Is.Empty);
    }

    [TestCase(0)]
    [TestCase(1001)]
    public void DeleteMany_BatchesThatS3DoesNotTake_AreTheCallersMistake(int size) => Assert.That(
        async () => await Bucket
            .DeleteManyAsync(new ObjectIdentifier[] { "a" }.ToAsyncEnumerable(), new DeleteManyOptions { BatchSize = size })
            .ToListAsync(),
        Throws.InstanceOf<ArgumentException>());

    [Test]
    public async Task DeletePrefix_LeavesTheRest()
    {
        foreach (var key in new[] { "tree/a", "tree/b/c", "tree2", "tre" }) await Bucket.PutAsync(key, TestContent.Bytes(1));

        var results = await Bucket.DeletePrefixAsync("tree/").ToListAsync();

        Assert.That(results.Select(result => result.Key), Is.EquivalentTo(["tree/a", "tree/b/c"]));
        Assert.That(await KeysAsync(Bucket, "tre"), Is.EqualTo(["tre", "tree2"]));
    }

    [Test]
    public async Task DeleteMany_Versions_AreGoneForGood()
    {
        var bucket = await NewVersionedBucketAsync();
        for (var i = 0; i < 3; i++) await bucket.PutAsync("v", TestContent.Bytes(i));
        await bucket.DeleteAsync("v");

        var versions = await bucket.ListVersionsAsync().Select(version => version.Identifier).ToListAsync();
        var results = await bucket.DeleteManyAsync(versions).ToListAsync();

        Assert.That(versions, Has.Count.EqualTo(4));
        Assert.That(results.Select(result => result.VersionId), Is.EquivalentTo(versions.Select(version => version.VersionId)));
        Assert.That(results.Count(result => result.IsDeleteMarker), Is.EqualTo(1));
        Assert.That(await bucket.ListVersionsAsync().ToListAsync(), Is.Empty);
    }
}
