using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Replication;

public sealed class RemoteReplicationTests(ServerMode mode) : ReplicationBehaviour(mode)
{
    private S3Server _other = null!;
    private AmazonS3Client _otherClient = null!;

    protected override AmazonS3Client TargetClient => _otherClient;

    [TearDown]
    public async Task StopOther()
    {
        _otherClient.Dispose();
        await _other.DisposeAsync();
    }

    [Test]
    public async Task Put_ServerThatIsAway_IsPendingUntilItIsBack()
    {
        await ReplicateAsync(Rule(markers: true));
        _other.Faults.Add(new S3FaultRule { Fault = S3Fault.Error(503, "ServiceUnavailable"), Operation = "PutObject" });
        string first = (await PutAsync("k", "1")).VersionId;
        await Server.WaitForReplicationAsync();
        string second = (await PutAsync("k", "2")).VersionId;
        string marker = (await Client.DeleteObjectAsync(Bucket, "k")).VersionId;
        await Server.WaitForReplicationAsync();
        Server.Clock.Advance(TimeSpan.FromSeconds(11)); // asked again, and away for longer
        await Server.WaitForReplicationAsync();
        List<ReplicationStatus> away = [await StatusAsync(first), await StatusAsync(second)];

        _other.Faults.Clear();
        Server.Clock.Advance(TimeSpan.FromSeconds(11));
        await Server.WaitForReplicationAsync();
        List<S3ObjectVersion> early = await TargetVersionsAsync();
        Server.Clock.Advance(TimeSpan.FromSeconds(11));
        await Server.WaitForReplicationAsync();

        Assert.That(away, Is.All.EqualTo(ReplicationStatus.Pending));
        Assert.That(early, Is.Empty);
        Assert.That((await TargetVersionsAsync()).Select(item => item.VersionId), Is.EqualTo(new[] { marker, second, first }));
        Assert.That(await StatusAsync(first), Is.EqualTo(ReplicationStatus.Completed));
    }

    [Test]
    public async Task Put_WhenTheServerIsBackButOlderVersionsWait_TheyGoFirst()
    {
        await ReplicateAsync(Rule());
        _other.Faults.Add(new S3FaultRule { Fault = S3Fault.SlowDown(), Operation = "PutObject" });
        List<string> versions = [(await PutAsync("k", "1")).VersionId];
        await Server.WaitForReplicationAsync();

        _other.Faults.Clear();
        versions.Insert(0, (await PutAsync("k", "2")).VersionId);
        await Server.WaitForReplicationAsync();
        Server.Clock.Advance(TimeSpan.FromMinutes(1));
        versions.Insert(0, (await PutAsync("k", "3")).VersionId);
        await Server.WaitForReplicationAsync();

        Assert.That((await TargetVersionsAsync()).Select(item => item.VersionId), Is.EqualTo(versions));
    }

    [Test]
    public async Task Put_DestinationThatRefuses_Fails()
    {
        await ReplicateAsync(Rule());
        await TargetClient.DeleteBucketAsync(Target);
        await PutAsync("k", "1");
        await Server.WaitForReplicationAsync();

        Assert.That((await Client.GetObjectMetadataAsync(Bucket, "k")).ReplicationStatus, Is.EqualTo(ReplicationStatus.Failed));
    }

    [TestCase(true)] // by the clock of the source
    [TestCase(false)] // by the clock of the target alone
    public async Task Put_RetentionThatHasEnded_IsNoObstacle(bool hasEndedHere)
    {
        await Client.PutBucketAsync(new PutBucketRequest { BucketName = "locked-source", ObjectLockEnabledForBucket = true });
        await TargetClient.PutBucketAsync(new PutBucketRequest { BucketName = Target, ObjectLockEnabledForBucket = true });
        await ReplicateAsync(Client, "locked-source", Rule());
        _other.Faults.Add(new S3FaultRule { Fault = S3Fault.SlowDown(), Operation = "PutObject" });
        PutObjectResponse put = await Client.PutObjectAsync(new PutObjectRequest
        {
            BucketName = "locked-source", Key = "k", ContentBody = "1", ObjectLockMode = ObjectLockMode.Governance,
            ObjectLockRetainUntilDate = DateTime.UtcNow.AddDays(1),
        });
        await Server.WaitForReplicationAsync();
        _other.Faults.Clear();
        _other.Clock.Advance(TimeSpan.FromDays(3));
        Server.Clock.Advance(hasEndedHere ? TimeSpan.FromDays(3) : TimeSpan.FromHours(1));
        await Server.WaitForReplicationAsync();

        Assert.That((await TargetVersionsAsync()).Select(item => item.VersionId), Is.EqualTo(new[] { put.VersionId }));
    }

    [Test]
    public async Task Wait_ServerStopsMeanwhile_IsCancelled()
    {
        await ReplicateAsync(Rule());
        _other.Faults.Add(new S3FaultRule { Fault = S3Fault.Delay(TimeSpan.FromHours(1)) });
        await PutAsync("k", "1");
        Task wait = Server.WaitForReplicationAsync();

        await Server.DisposeAsync();

        await Assert.ThatAsync(() => wait, Throws.InstanceOf<OperationCanceledException>());
    }

    protected override void Configure(S3ServerOptions options)
    {
        base.Configure(options);
        S3ServerOptions others = new() { MinPartBytes = 1 };
        others.KmsKeys.Add(new S3KmsKey("replica-key"));
        _other = S3Server.CreateInMemory(others);
        options.ReplicationTargets[Target] = S3ReplicationTarget.Of(_other);
        _otherClient = new AmazonS3Client(
            new BasicAWSCredentials(_other.AccessKeyId, _other.SecretAccessKey),
            new AmazonS3Config
            {
                ServiceURL = _other.Endpoint.AbsoluteUri, ForcePathStyle = true, AuthenticationRegion = _other.Region, MaxErrorRetry = 0,
                HttpClientFactory = new SdkHttpClientFactory(_other),
            });
    }

    private async Task<ReplicationStatus> StatusAsync(string versionId) => (await Client.GetObjectMetadataAsync(
        new GetObjectMetadataRequest { BucketName = Bucket, Key = "k", VersionId = versionId })).ReplicationStatus;
}
