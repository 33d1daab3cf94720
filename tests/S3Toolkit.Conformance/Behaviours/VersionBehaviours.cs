namespace S3Toolkit.Conformance;

public abstract class VersionBehaviours(Func<Task<IStoreUnderTest>> open) : StoreBehaviours(open)
{
    [Test]
    public async Task Put_Twice_KeepsBothVersions()
    {
        var bucket = await NewVersionedBucketAsync();
        var first = await bucket.PutAsync("k", TestContent.Bytes(10));
        var second = await bucket.PutAsync("k", TestContent.OtherBytes(20));

        Assert.That(first.VersionId, Is.Not.Null.And.Not.EqualTo(second.VersionId));
        TestContent.AssertSame(await bucket.ReadBytesAsync("k"), TestContent.OtherBytes(20).Span);
        TestContent.AssertSame(await bucket.Download("k").WithVersion(first.VersionId!).ToArrayAsync(), TestContent.Bytes(10).Span);
        var found = await bucket.FindAsync("k", new FindObjectOptions { VersionId = first.VersionId });
        Assert.That(found!.SizeBytes, Is.EqualTo(10));
        Assert.That(found.VersionId, Is.EqualTo(first.VersionId));
    }

    [Test]
    public async Task Delete_WithoutVersion_LeavesAMarkerThatCanBeRemoved()
    {
        var bucket = await NewVersionedBucketAsync();
        await bucket.PutAsync("k", TestContent.Bytes(10));

        var deleted = await bucket.DeleteAsync("k");

        Assert.That(deleted.IsDeleteMarker, Is.True);
        Assert.That(deleted.DeleteMarkerVersionId, Is.Not.Null);
        Assert.That(await bucket.FindAsync("k"), Is.Null);
        Assert.That(async () => await bucket.GetAsync("k"), Throws.TypeOf<ObjectNotFoundException>());
        Assert.That(await KeysAsync(bucket), Is.Empty);

        var restored = await bucket.DeleteAsync("k", new DeleteObjectOptions { VersionId = deleted.DeleteMarkerVersionId });
        Assert.That(restored.IsDeleteMarker, Is.True);
        TestContent.AssertSame(await bucket.ReadBytesAsync("k"), TestContent.Bytes(10).Span);
    }

    [Test]
    public async Task Delete_TheCurrentVersion_BringsBackTheOneBefore()
    {
        var bucket = await NewVersionedBucketAsync();
        await bucket.PutAsync("k", TestContent.Bytes(10));
        var second = await bucket.PutAsync("k", TestContent.OtherBytes(20));

        var deleted = await bucket.DeleteAsync("k", new DeleteObjectOptions { VersionId = second.VersionId });

        Assert.That(deleted.VersionId, Is.EqualTo(second.VersionId));
        Assert.That(deleted.IsDeleteMarker, Is.False);
        TestContent.AssertSame(await bucket.ReadBytesAsync("k"), TestContent.Bytes(10).Span);
    }

    [Test]
    public async Task ListVersions_InSmallPages_IsByKeyAndFromTheNewest()
    {
        var bucket = await NewVersionedBucketAsync();
        var a1 = await bucket.PutAsync("a", TestContent.Bytes(1));
        var b1 = await bucket.PutAsync("b", TestContent.Bytes(1));
        var a2 = await bucket.PutAsync("a", TestContent.Bytes(2));
        var marker = await bucket.DeleteAsync("b");

        var versions = await bucket.ListVersionsAsync(new ListVersionsOptions { PageSize = 1 }).ToListAsync();

        Assert.That(versions.Select(version => version.Key), Is.EqualTo(["a", "a", "b", "b"]));
        Assert.That(
            versions.Select(version => version.VersionId),
            Is.EqualTo([a2.VersionId, a1.VersionId, marker.DeleteMarkerVersionId, b1.VersionId]));
        Assert.That(versions.Select(version => version.IsLatest), Is.EqualTo([true, false, true, false]));
        Assert.That(versions.Select(version => version.IsDeleteMarker), Is.EqualTo([false, false, true, false]));
        Assert.That(versions.Select(version => version.SizeBytes), Is.EqualTo([2, 1, 0, 1]));
        Assert.That(versions[1].ETag, Is.EqualTo(a1.ETag));
        Assert.That(versions[2].ETag, Is.Null);
    }

    [Test]
    public async Task ListVersions_Prefix_HasJustThose()
    {
        var bucket = await NewVersionedBucketAsync();
        foreach (var key in new[] { "a/1", "a/2", "b/1" }) await bucket.PutAsync(key, TestContent.Bytes(1));

        var versions = await bucket.ListVersionsAsync(new ListVersionsOptions { Prefix = "a/" }).ToListAsync();

        Assert.That(versions.Select(version => version.Key), Is.EqualTo(["a/1", "a/2"]));
    }

    [Test]
    public async Task ListVersions_WithoutVersioning_HasTheVersionNull()
    {
        Need(Store.Capabilities.Versioning, "versioning");
        var bucket = await NewBucketAsync();
        var put = await bucket.PutAsync("k", TestContent.Bytes(1));

        var version = await bucket.ListVersionsAsync().SingleAsync();

        Assert.That(put.VersionId, Is.Null);
        Assert.That(version.VersionId, Is.EqualTo("null"));
        Assert.That(version.IsLatest, Is.True);
    }

    [Test]
    public async Task Put_WhenSuspended_ReplacesTheVersionNullOnly()
    {
        var bucket = await NewVersionedBucketAsync();
        var kept = await bucket.PutAsync("k", TestContent.Bytes(1));
        await Buckets.SetVersioningAsync(bucket.BucketName, BucketVersioningState.Suspended);
        await bucket.PutAsync("k", TestContent.Bytes(2));
        await bucket.PutAsync("k", TestContent.Bytes(3));

        var versions = await bucket.ListVersionsAsync().ToListAsync();

        Assert.That(versions.Select(version => (version.VersionId, version.SizeBytes)), Is.EqualTo([("null", 3L), (kept.VersionId!, 1L)]));
    }

    [Test]
    public async Task Tags_OfAVersion_AreItsOwn()
    {
        var bucket = await NewVersionedBucketAsync();
        var first = await bucket.PutAsync("k", TestContent.Bytes(1));
        await bucket.PutAsync("k", TestContent.Bytes(2));

        await bucket.SetTagsAsync("k", new Dictionary<string, string> { ["old"] = "yes" }, first.VersionId);

        Assert.That(await bucket.GetTagsAsync("k"), Is.Empty);
        Assert.That(await bucket.GetTagsAsync("k", first.VersionId), Is.EquivalentTo(new Dictionary<string, string> { ["old"] = "yes" }));
    }

    [Test]
    public async Task Get_VersionThatIsNot_SaysSo()
    {
        var bucket = await NewVersionedBucketAsync();
        var other = await bucket.PutAsync("other", TestContent.Bytes(1));
        await bucket.PutAsync("k", TestContent.Bytes(1));
        await bucket.DeleteAsync("other", new DeleteObjectOptions { VersionId = other.VersionId });

        Assert.That(
            async () => await bucket.Download("other").WithVersion(other.VersionId!).ToArrayAsync(),
            Throws.TypeOf<ObjectNotFoundException>());
    }
}
