using Amazon.Runtime;
using Amazon.S3;
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
    public async Task Put_ServerThatIsGone_FailsAfterItsAttempts()
    {
        await ReplicateAsync(Rule());
        await _other.DisposeAsync();
        await PutAsync("k", "1");
        await Server.WaitForReplicationAsync();

        Assert.That((await Client.GetObjectMetadataAsync(Bucket, "k")).ReplicationStatus, Is.EqualTo(ReplicationStatus.Failed));
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

    [Test]
    public async Task ReplicaHeaders_WithoutATime_AreRefused()
    {
        await EnableVersioningAsync();

        (int status, string body) = await SendAsync(
            HttpMethod.Put, $"/{Bucket}/k", "", "x", ("x-s3toolkit-replica-version", new string('a', 32)));

        Assert.That((status, body.Contains("<Code>InvalidRequest</Code>", StringComparison.Ordinal)), Is.EqualTo((400, true)));
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
}
