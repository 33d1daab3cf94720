using System.Diagnostics;
using System.Globalization;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Testing;

public sealed class SnapshotTests
{
    private const string Bucket = "test-bucket";

    private S3Server _server = null!;
    private AmazonS3Client _client = null!;

    [SetUp]
    public async Task StartServer()
    {
        _server = S3Server.CreateInMemory();
        _client = CreateClient(_server);
        await _client.PutBucketAsync(Bucket);
    }

    [TearDown]
    public async Task StopServer()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task RestoreAsync_AfterChanges_UndoesThemAll()
    {
        await PutAsync("kept", "old");
        await PutAsync("deleted", "x");
        S3ServerSnapshot snapshot = _server.Snapshot();
        await PutAsync("kept", "new");
        await PutAsync("added", "x");
        await _client.DeleteObjectAsync(Bucket, "deleted");
        await _client.PutBucketAsync("another");
        await TagBucketAsync("changed");
        _server.Clock.Advance(TimeSpan.FromDays(3));

        await _server.RestoreAsync(snapshot);

        Assert.That(await KeysAsync(_client), Is.EqualTo(new[] { "deleted", "kept" }));
        Assert.That(await ReadAsync(_client, "kept"), Is.EqualTo("old"));
        Assert.That((await _client.ListBucketsAsync()).Buckets, Has.Count.EqualTo(1));
        Assert.That(
            async () => await _client.GetBucketTaggingAsync(new GetBucketTaggingRequest { BucketName = Bucket }),
            Throws.InstanceOf<AmazonS3Exception>().With.Property("ErrorCode").EqualTo("NoSuchTagSet"));
        Assert.That(_server.Clock.Offset, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public async Task RestoreAsync_MoreThanOnce_StartsFromTheSameState()
    {
        await PutAsync("k", "x");
        S3ServerSnapshot snapshot = _server.Snapshot();

        for (int i = 0; i < 3; i++)
        {
            await _server.RestoreAsync(snapshot);
            Assert.That(await KeysAsync(_client), Is.EqualTo(new[] { "k" }));
            await PutAsync($"only{i}", "x");
            await _client.DeleteObjectAsync(Bucket, "k");
        }
    }

    [Test]
    public async Task Fork_TwoServersOfOneSnapshot_GoTheirOwnWays()
    {
        await _client.PutBucketVersioningAsync(new PutBucketVersioningRequest
        {
            BucketName = Bucket, VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Enabled },
        });
        await PutAsync("k", "one");
        await PutAsync("k", "two");
        await TagBucketAsync("tag");
        InitiateMultipartUploadResponse upload = await _client.InitiateMultipartUploadAsync(Bucket, "u");
        UploadPartResponse part = await _client.UploadPartAsync(new UploadPartRequest
        {
            BucketName = Bucket, Key = "u", UploadId = upload.UploadId, PartNumber = 1, InputStream = new MemoryStream([1, 2, 3]),
        });
        _server.Clock.Advance(TimeSpan.FromHours(5));

        await using S3Server fork = await S3Server.StartAsync(new S3ServerOptions { Snapshot = _server.Snapshot() });
        using AmazonS3Client client = CreateClient(fork);
        await client.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest
        {
            BucketName = Bucket, Key = "u", UploadId = upload.UploadId, PartETags = [new PartETag(1, part.ETag)],
        });

        Assert.That((await client.ListVersionsAsync(Bucket)).Versions.Count(version => version.Key == "k"), Is.EqualTo(2));
        Assert.That(
            (await client.GetBucketTaggingAsync(new GetBucketTaggingRequest { BucketName = Bucket })).TagSet.Single().Value,
            Is.EqualTo("tag"));
        Assert.That(fork.Clock.Offset, Is.EqualTo(TimeSpan.FromHours(5)));
        Assert.That(await KeysAsync(_client), Is.EqualTo(new[] { "k" }), "the first server knows nothing of it");
        Assert.That((await _server.UnfinishedUploadsAsync()).Single().PartCount, Is.EqualTo(1));
        Assert.That(await fork.UnfinishedUploadsAsync(), Is.Empty);
    }

    [Test]
    public async Task Fork_EncryptedObjects_AreReadWithTheKeysOfTheFirst()
    {
        await _client.PutObjectAsync(new PutObjectRequest
        {
            BucketName = Bucket, Key = "k", ContentBody = "secret", ServerSideEncryptionMethod = ServerSideEncryptionMethod.AWSKMS,
        });

        await using S3Server fork = S3Server.CreateInMemory(new S3ServerOptions { Snapshot = _server.Snapshot() });
        using AmazonS3Client client = CreateClient(fork);

        Assert.That(await ReadAsync(client, "k"), Is.EqualTo("secret"));
    }

    [Test]
    public async Task Snapshot_UnderLoad_IsOneMoment()
    {
        await _client.PutBucketAsync("second");
        // The first bucket gets each key before the second: no moment has it the other way round.
        Task writer = Task.Run(async () =>
        {
            for (int i = 0; i < 900; i++)
            {
                string key = i.ToString(CultureInfo.InvariantCulture);
                await _server.SeedAsync(new Dictionary<string, string> { [key] = "x" }, Bucket);
                await _server.SeedAsync(new Dictionary<string, string> { [key] = "x" }, "second");
            }
        });
        List<S3ServerSnapshot> snapshots = [];
        while (!writer.IsCompleted) snapshots.Add(_server.Snapshot());
        await writer;

        List<(int First, int Second)> counts = [];
        foreach (S3ServerSnapshot snapshot in snapshots.Where((_, i) => i % ((snapshots.Count / 20) + 1) == 0))
        {
            await using S3Server fork = S3Server.CreateInMemory(new S3ServerOptions { Snapshot = snapshot });
            using AmazonS3Client client = CreateClient(fork);
            counts.Add(((await KeysAsync(client)).Count, (await KeysAsync(client, "second")).Count));
        }

        Assert.That(counts, Has.All.Matches<(int First, int Second)>(count => count.First - count.Second is 0 or 1));
    }

    [Test]
    public async Task Snapshot_LargeBodies_AreShared()
    {
        await _server.SeedAsync(new Dictionary<string, byte[]> { ["large"] = new byte[50_000_000] }, Bucket);
        List<S3ServerSnapshot> snapshots = [];
        long before = GC.GetAllocatedBytesForCurrentThread();
        long started = Stopwatch.GetTimestamp();

        for (int i = 0; i < 100; i++) snapshots.Add(_server.Snapshot());

        TestContext.Out.WriteLine($"100 snapshots in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:F1} ms");
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1_000_000));
        GC.KeepAlive(snapshots);
    }

    [Test]
    public async Task Snapshot_OfDataInAFolder_IsRefused()
    {
        using TemporaryFolder folder = new();
        await using S3Server onDisk = S3Server.CreateInMemory(new S3ServerOptions { DataDirectory = folder.Path });

        Assert.That(() => onDisk.Snapshot(), Throws.InstanceOf<NotSupportedException>().With.Message.Contains("DataDirectory"));
        Assert.That(async () => await onDisk.RestoreAsync(_server.Snapshot()), Throws.InstanceOf<NotSupportedException>());
        S3ServerOptions both = new() { DataDirectory = folder.Path, Snapshot = _server.Snapshot() };
        Assert.That(() => S3Server.CreateInMemory(both), Throws.ArgumentException.With.Message.Contains("Snapshot"));
    }

    private Task PutAsync(string key, string content) =>
        _client.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = key, ContentBody = content });

    private Task TagBucketAsync(string value) => _client.PutBucketTaggingAsync(new PutBucketTaggingRequest
    {
        BucketName = Bucket, TagSet = [new Tag { Key = "name", Value = value }],
    });

    private static async Task<List<string>> KeysAsync(AmazonS3Client client, string bucket = Bucket) =>
        [.. ((await client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket })).S3Objects ?? []).Select(item => item.Key)];

    private static async Task<string> ReadAsync(AmazonS3Client client, string key)
    {
        using GetObjectResponse response = await client.GetObjectAsync(Bucket, key);
        return await new StreamReader(response.ResponseStream).ReadToEndAsync();
    }

    private static AmazonS3Client CreateClient(S3Server server) => new(
        new BasicAWSCredentials(server.AccessKeyId, server.SecretAccessKey), new AmazonS3Config
        {
            ServiceURL = server.Endpoint.AbsoluteUri, ForcePathStyle = true, AuthenticationRegion = "us-east-1", MaxErrorRetry = 0,
            HttpClientFactory = new SdkHttpClientFactory(server),
        });

    [Test]
    public async Task ForkAsync_ChangedAfterwards_LeavesTheOtherAsItWas()
    {
        await PutAsync("k", "old");

        await using S3Server fork = await _server.ForkAsync(options => options.Region = "eu-west-1");
        using AmazonS3Client forked = CreateClient(fork);
        await forked.DeleteObjectAsync(Bucket, "k");

        Assert.That(await KeysAsync(_client), Is.EqualTo(new[] { "k" }));
        Assert.That(await KeysAsync(forked), Is.Empty);
        Assert.That((fork.AccessKeyId, fork.SecretAccessKey), Is.EqualTo((_server.AccessKeyId, _server.SecretAccessKey)));
        Assert.That((fork.Region, fork.HasSocket), Is.EqualTo(("eu-west-1", false)));
    }

    [Test]
    public async Task ForkAsync_WithUsersAndKeys_TakesThemAlong()
    {
        S3ServerOptions options = new();
        options.Users.Add(new S3User { AccessKeyId = "key", SecretAccessKey = "secret", Id = "ann", DisplayName = "ann" });
        options.KmsKeys.Add(new S3KmsKey("alias/app"));
        await using S3Server server = S3Server.CreateInMemory(options);
        using AmazonS3Client client = CreateClient(server);
        await client.PutBucketAsync(Bucket);

        await using S3Server fork = await server.ForkAsync(copy => copy.KmsKeys.Single().IsEnabled = false);
        using AmazonS3Client forked = CreateClient(fork);
        PutObjectRequest request = new()
        {
            BucketName = Bucket, Key = "k", ContentBody = "x", ServerSideEncryptionMethod = ServerSideEncryptionMethod.AWSKMS,
            ServerSideEncryptionKeyManagementServiceKeyId = "alias/app",
        };

        await Assert.ThatAsync(() => forked.PutObjectAsync(request),
            Throws.InstanceOf<AmazonS3Exception>().With.Property("ErrorCode").EqualTo("KMS.DisabledException"));
        await Assert.ThatAsync(() => client.PutObjectAsync(request), Throws.Nothing, "the other's keys are not touched");
    }
}
