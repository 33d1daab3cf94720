namespace S3Toolkit.Conformance;

public abstract class BucketBehaviours(Func<Task<IStoreUnderTest>> open) : StoreBehaviours(open)
{
    [Test]
    public async Task Create_NewName_IsFoundAndListed()
    {
        var name = NewBucketName();

        var created = await Buckets.CreateAsync(name);

        Assert.That(created.Name, Is.EqualTo(name));
        Assert.That((await Buckets.FindAsync(name))?.Name, Is.EqualTo(name));
        Assert.That(await Buckets.ExistsAsync(name), Is.True);
        var listed = await Buckets.ListAsync().SingleAsync(bucket => bucket.Name == name);
        Assert.That(listed.CreatedAt, Is.Not.Null);
    }

    [TestCase("eu-west-1")]
    [TestCase("us-east-1")]
    [TestCase("ap-southeast-2")]
    public async Task Create_InARegion_IsFoundThere(string region)
    {
        Need(Store.Capabilities.AllRegions, "other regions");
        var name = NewBucketName();

        var created = await Buckets.CreateAsync(name, region);

        Assert.That(created.Region, Is.EqualTo(region));
        Assert.That((await Buckets.FindAsync(name))!.Region, Is.EqualTo(region));
        var inRegion = await Buckets.ListAsync(new ListBucketsOptions { Region = region }).ToListAsync();
        var elsewhere = await Buckets.ListAsync(new ListBucketsOptions { Region = "sa-east-1" }).ToListAsync();
        Assert.That(inRegion.Select(bucket => bucket.Name), Does.Contain(name));
        Assert.That(elsewhere, Is.Empty);
    }

    [Test]
    public async Task Create_OurOwnAgain_SaysThatItIsOurs()
    {
        Need(Store.Capabilities.AllRegions, "other regions");
        // Outside us-east-1, where AWS takes it for "create if missing".
        var bucket = await NewBucketAsync(new CreateBucketOptions { Region = "eu-west-1" });

        Assert.That(
            async () => await Buckets.CreateAsync(bucket.BucketName, "eu-west-1"),
            Throws.TypeOf<S3ToolkitException>()
                .With.Property(nameof(S3ToolkitException.ErrorCode)).EqualTo(S3ErrorCode.BucketAlreadyOwnedByYou)
                .And.Property(nameof(S3ToolkitException.BucketName)).EqualTo(bucket.BucketName));
    }

    [Test]
    public async Task Ensure_CalledAgain_FindsTheBucketAndItsContent()
    {
        var name = NewBucketName();
        await Buckets.EnsureAsync(name);
        await Buckets.Bucket(name).PutAsync("kept", TestContent.Bytes(3));

        var again = await Buckets.EnsureAsync(name);

        Assert.That(again.Name, Is.EqualTo(name));
        Assert.That(await KeysAsync(Buckets.Bucket(name)), Is.EqualTo(["kept"]));
    }

    [Test]
    public async Task Ensure_BySeveralAtOnce_SucceedsForAll()
    {
        var name = NewBucketName();

        var found = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Buckets.EnsureAsync(name)));

        Assert.That(found.Select(bucket => bucket.Name), Is.All.EqualTo(name));
    }

    [Test]
    public async Task Ensure_InAnotherRegionThanItIs_SaysWhereItIs()
    {
        Need(Store.Capabilities.AllRegions, "other regions");
        var bucket = await NewBucketAsync(new CreateBucketOptions { Region = "eu-west-1" });

        Assert.That(
            async () => await Buckets.EnsureAsync(bucket.BucketName, new CreateBucketOptions { Region = "eu-central-1" }),
            Throws.InstanceOf<S3ToolkitException>().With.Message.Contains("eu-west-1").And.Message.Contains(bucket.BucketName));
    }

    [Test]
    public async Task Find_MissingBucket_IsNull()
    {
        var name = NewBucketName();

        Assert.That(await Buckets.FindAsync(name), Is.Null);
        Assert.That(await Buckets.ExistsAsync(name), Is.False);
    }

    [Test]
    public async Task Delete_MissingBucket_IsFalse([Values] bool force) =>
        Assert.That(await Buckets.DeleteAsync(NewBucketName(), new DeleteBucketOptions { Force = force }), Is.False);

    [Test]
    public async Task Delete_EmptyBucket_IsGone()
    {
        var bucket = await NewBucketAsync();

        Assert.That(await Buckets.DeleteAsync(bucket.BucketName), Is.True);
        Assert.That(await Buckets.FindAsync(bucket.BucketName), Is.Null);
    }

    [Test]
    public async Task Delete_BucketWithObjects_RefusesAndKeepsThem()
    {
        var bucket = await NewBucketAsync();
        await bucket.PutAsync("kept", TestContent.Bytes(3));

        Assert.That(
            async () => await Buckets.DeleteAsync(bucket.BucketName),
            Throws.TypeOf<S3ToolkitException>().With.Property(nameof(S3ToolkitException.ErrorCode)).EqualTo(S3ErrorCode.BucketNotEmpty));
        Assert.That(await bucket.ExistsAsync("kept"), Is.True);
    }

    [Test]
    public async Task Delete_ByForce_RemovesVersionsMarkersAndUnfinishedUploads()
    {
        var bucket = await NewVersionedBucketAsync();
        await bucket.PutAsync("twice", TestContent.Bytes(1));
        await bucket.PutAsync("twice", TestContent.Bytes(2));
        await bucket.PutAsync("deleted", TestContent.Bytes(3));
        await bucket.DeleteAsync("deleted");
        var session = await bucket.StartMultipartAsync("unfinished");
        await session.UploadPartAsync(1, TestContent.Bytes(10));

        Assert.That(await Buckets.DeleteAsync(bucket.BucketName, new DeleteBucketOptions { Force = true }), Is.True);
        Assert.That(await Buckets.FindAsync(bucket.BucketName), Is.Null);
    }

    [Test]
    public async Task List_InSmallPages_HasEachBucketOnceAndInOrder()
    {
        var prefix = NewBucketName()[..30];
        string[] names = [prefix + "-a", prefix + "-b", prefix + "-c", prefix + "-d", prefix + "-e"];
        try
        {
            foreach (var name in names.Reverse()) await Buckets.CreateAsync(name);

            var listed = await Buckets.ListAsync(new ListBucketsOptions { Prefix = prefix, PageSize = 2 }).ToListAsync();

            Assert.That(listed.Select(bucket => bucket.Name), Is.EqualTo(names));
        }
        finally
        {
            foreach (var name in names) await Buckets.DeleteAsync(name);
        }
    }

    [Test]
    public async Task Tags_SetReplacedAndRemoved_AreRead()
    {
        var bucket = (await NewBucketAsync()).BucketName;
        Assert.That(await Buckets.GetTagsAsync(bucket), Is.Empty);

        await Buckets.SetTagsAsync(bucket, new Dictionary<string, string> { ["team"] = "blue", ["old"] = "1" });
        await Buckets.SetTagsAsync(bucket, new Dictionary<string, string> { ["team"] = "grün+rot/gelb@x" });
        Assert.That(await Buckets.GetTagsAsync(bucket), Is.EquivalentTo(new Dictionary<string, string> { ["team"] = "grün+rot/gelb@x" }));

        await Buckets.SetTagsAsync(bucket, new Dictionary<string, string>());
        Assert.That(await Buckets.GetTagsAsync(bucket), Is.Empty);
    }

    [Test]
    public async Task Create_WithTags_HasThem()
    {
        var bucket = await NewBucketAsync(new CreateBucketOptions
        {
            Tags = new Dictionary<string, string> { ["cost"] = "42" },
        });

        Assert.That(await Buckets.GetTagsAsync(bucket.BucketName), Is.EquivalentTo(new Dictionary<string, string> { ["cost"] = "42" }));
    }

    [Test]
    public async Task Versioning_OffEnabledSuspended_IsRead()
    {
        Need(Store.Capabilities.Versioning, "versioning");
        var bucket = (await NewBucketAsync()).BucketName;
        Assert.That(await Buckets.GetVersioningAsync(bucket), Is.EqualTo(BucketVersioningState.Off));

        await Buckets.SetVersioningAsync(bucket, BucketVersioningState.Enabled);
        Assert.That(await Buckets.GetVersioningAsync(bucket), Is.EqualTo(BucketVersioningState.Enabled));

        await Buckets.SetVersioningAsync(bucket, BucketVersioningState.Suspended);
        Assert.That(await Buckets.GetVersioningAsync(bucket), Is.EqualTo(BucketVersioningState.Suspended));
    }

    [Test]
    public async Task SetVersioning_Off_IsTheCallersMistake()
    {
        var bucket = await NewBucketAsync();

        Assert.That(async () => await Buckets.SetVersioningAsync(bucket.BucketName, BucketVersioningState.Off), Throws.ArgumentException);
    }

    [Test]
    public async Task Create_WithObjectLock_KeepsVersions()
    {
        Need(Store.Capabilities.Versioning, "versioning");
        var bucket = await NewBucketAsync(new CreateBucketOptions { ObjectLock = true });

        Assert.That(await Buckets.GetVersioningAsync(bucket.BucketName), Is.EqualTo(BucketVersioningState.Enabled));
    }
}
