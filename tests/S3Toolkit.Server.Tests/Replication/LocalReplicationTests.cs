using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Replication;

public sealed class LocalReplicationTests(ServerMode mode) : ReplicationBehaviour(mode)
{
    protected override AmazonS3Client TargetClient => Client;

    [Test]
    public async Task Put_BothWays_ReplicasAreNotReplicatedAgain()
    {
        await ReplicateAsync(Rule());
        await ReplicateAsync(Client, Target, Rule(target: Bucket));
        await PutAsync("k", "1");
        await Server.WaitForReplicationAsync();

        Assert.That(await TargetVersionsAsync(), Has.Count.EqualTo(1));
        Assert.That((await Client.ListVersionsAsync(new ListVersionsRequest { BucketName = Bucket })).Versions, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Put_DestinationThatIsGone_FailsAndTells()
    {
        await ReplicateAsync(Rule());
        await Client.DeleteBucketAsync(Target);
        using S3EventListener events = Server.Events.Listen();
        await PutAsync("k", "1");
        await Server.WaitForReplicationAsync();

        Assert.That((await Client.GetObjectMetadataAsync(Bucket, "k")).ReplicationStatus, Is.EqualTo(ReplicationStatus.Failed));
        Assert.That((await events.NextAsync()).EventName, Is.EqualTo("ObjectCreated:Put"));
        Assert.That((await events.NextAsync()).EventName, Is.EqualTo("Replication:OperationFailedReplication"));
    }
}
