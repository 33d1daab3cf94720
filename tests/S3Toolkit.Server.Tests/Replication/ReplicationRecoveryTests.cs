using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Replication;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Storage.Disk;
using S3Toolkit.Server.Tests.Support;
using ReplicationStatus = S3Toolkit.Server.Replication.ReplicationStatus;

namespace S3Toolkit.Server.Tests.Replication;

/// <summary>What is pending in the storage and in no queue: after a start, in a fork, after a restore.</summary>
public sealed class ReplicationRecoveryTests
{
    private static readonly ReplicationRuleRecord Rule = new()
    {
        Id = "r", IsEnabled = true, Priority = 1, DeleteMarkers = true,
        Destination = new ReplicationDestinationRecord { BucketArn = "arn:aws:s3:::target" },
    };

    [Test]
    public async Task Start_WithPendingVersionsOnDisk_CopiesThemOldestFirst()
    {
        using TemporaryFolder folder = new();
        List<string> versions = [];
        await using (DiskStorage storage = TestStorage.OpenDisk(folder.Path))
        {
            await CreateBucketsAsync(storage);
            for (int i = 0; i < 3; i++) versions.Insert(0, await PutPendingAsync(storage, "k"));
            versions.Insert(0, await DeletePendingAsync(storage, "k"));
        }

        await using S3Server server = S3Server.CreateInMemory(new S3ServerOptions { DataDirectory = folder.Path });
        await server.WaitForReplicationAsync();

        Assert.That((await TargetAsync(server)).Select(item => item.VersionId), Is.EqualTo(versions));
        Assert.That(await SourceAsync(server), Has.All.Property("Replication").Not.EqualTo(ReplicationStatus.Pending));
    }

    [Test]
    public async Task Fork_WithPendingVersions_CopiesThem()
    {
        await using S3Server server = S3Server.CreateInMemory();
        await CreateBucketsAsync(server.Core.Storage);
        string version = await PutPendingAsync(server.Core.Storage, "k");

        await using S3Server fork = S3Server.CreateInMemory(new S3ServerOptions { Snapshot = server.Snapshot() });
        await fork.WaitForReplicationAsync();

        Assert.That((await TargetAsync(fork)).Select(item => item.VersionId), Is.EqualTo(new[] { version }));
        Assert.That((await SourceAsync(fork)).Single().Replication, Is.EqualTo(ReplicationStatus.Completed));
    }

    [Test]
    public async Task Restore_WithPendingVersions_CopiesThem()
    {
        await using S3Server server = S3Server.CreateInMemory();
        await CreateBucketsAsync(server.Core.Storage);
        string version = await PutPendingAsync(server.Core.Storage, "k");

        await server.RestoreAsync(server.Snapshot());
        await server.WaitForReplicationAsync();

        Assert.That((await TargetAsync(server)).Select(item => item.VersionId), Is.EqualTo(new[] { version }));
    }

    [Test]
    public async Task Restore_WhileADeleteMarkerWaits_DoesNotBringItBack()
    {
        await using S3Server other = S3Server.CreateInMemory();
        S3ServerOptions options = new();
        using Gate gate = new(other.CreateHandler());
        options.ReplicationTargets["target"] = new S3ReplicationTarget(other.Endpoint, other.AccessKeyId, other.SecretAccessKey)
        {
            HandlerFactory = () => gate,
        };
        await using S3Server server = S3Server.CreateInMemory(options);
        await CreateBucketsAsync(other.Core.Storage);
        await CreateBucketsAsync(server.Core.Storage);
        using AmazonS3Client client = CreateClient(server);
        S3ServerSnapshot snapshot = server.Snapshot();
        // Both keys are of one queue: the marker waits behind what is held.
        string key = Enumerable.Range(0, 1000).Select(i => "k" + i).First(name => Queue(name) == Queue("hold"));
        await client.PutObjectAsync(new PutObjectRequest { BucketName = "source", Key = "hold", ContentBody = "1" });
        await client.DeleteObjectAsync("source", key);
        await gate.Reached.Task;

        await server.RestoreAsync(snapshot);
        gate.Opened.SetResult();
        await server.WaitForReplicationAsync();

        Assert.That((await TargetAsync(other)).Where(item => item.Key == key), Is.Empty);
    }

    [Test]
    public async Task Delete_ReplicatedMarker_ShowsNoStatus()
    {
        await using S3Server server = S3Server.CreateInMemory();
        await CreateBucketsAsync(server.Core.Storage);
        string marker = await DeletePendingAsync(server.Core.Storage, "k");
        using HttpClient http = new(server.CreateHandler());

        using HttpResponseMessage head = await http.SendSignedAsync(server, HttpMethod.Head, "/source/k");
        using HttpResponseMessage byId = await http.SendSignedAsync(server, HttpMethod.Head, "/source/k?versionId=" + marker);
        using HttpResponseMessage list = await http.SendSignedAsync(server, HttpMethod.Get, "/source?versions=");
        string listed = await list.Content.ReadAsStringAsync();

        Assert.That(((int)head.StatusCode, (int)byId.StatusCode), Is.EqualTo((404, 405)));
        Assert.That(head.HeaderOf("x-amz-delete-marker"), Is.EqualTo("true"));
        Assert.That(head.HeaderOf("x-amz-replication-status"), Is.Null);
        Assert.That(byId.HeaderOf("x-amz-replication-status"), Is.Null);
        Assert.That(listed, Does.Contain(marker).And.Not.Contain("eplication"));
    }

    private static uint Queue(string key) => (uint)HashCode.Combine("source", key) % 4;

    private static AmazonS3Client CreateClient(S3Server server) => new(
        new BasicAWSCredentials(server.AccessKeyId, server.SecretAccessKey),
        new AmazonS3Config
        {
            ServiceURL = server.Endpoint.AbsoluteUri, ForcePathStyle = true, AuthenticationRegion = server.Region, MaxErrorRetry = 0,
            HttpClientFactory = new SdkHttpClientFactory(server),
        });

    private static async Task CreateBucketsAsync(IS3Storage storage)
    {
        BucketRecord target = new("target", "us-east-1", default) { Versioning = BucketVersioning.Enabled };
        await storage.CreateBucketAsync(target, default);
        await storage.CreateBucketAsync(
            target with { Name = "source", Replication = new ReplicationRecord { Role = "r", Rules = [Rule] } }, default);
    }

    private static async Task<string> PutPendingAsync(IS3Storage storage, string key)
    {
        await using StagedBody body = await storage.StageBytesAsync([1]);
        ObjectRecord record = new() { Key = key, LastModified = default, ETag = "e", Replication = ReplicationStatus.Pending };
        return (await storage.PutAsync("source", record, body, WriteCondition.None, default)).Value!.VersionId;
    }

    private static async Task<string> DeletePendingAsync(IS3Storage storage, string key)
    {
        DeletionRequest request = new(key, null, WriteCondition.None, default) { MarkerReplication = ReplicationStatus.Pending };
        return (await storage.DeleteAsync("source", request, default)).Value!.VersionId!;
    }

    private static Task<IEnumerable<ObjectRecord>> TargetAsync(S3Server server) => VersionsAsync(server, "target");

    private static Task<IEnumerable<ObjectRecord>> SourceAsync(S3Server server) => VersionsAsync(server, "source");

    private static async Task<IEnumerable<ObjectRecord>> VersionsAsync(S3Server server, string bucketName) =>
        (await server.Core.Storage.ListVersionsAsync(bucketName, new VersionQuery("", "", "", "", 100), default)).Value!
        .Versions.Select(item => item.Record);

    /// <summary>Holds all requests until it is opened.</summary>
    private sealed class Gate(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Opened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Reached.TrySetResult();
            await Opened.Task.WaitAsync(cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
