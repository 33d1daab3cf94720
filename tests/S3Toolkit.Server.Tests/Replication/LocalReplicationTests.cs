using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Replication;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Storage.Disk;
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

        Assert.That((await Client.GetObjectMetadataAsync(Bucket, "k")).ReplicationStatus, Is.EqualTo(Amazon.S3.ReplicationStatus.Failed));
        Assert.That((await events.NextAsync()).EventName, Is.EqualTo("ObjectCreated:Put"));
        Assert.That((await events.NextAsync()).EventName, Is.EqualTo("Replication:OperationFailedReplication"));
    }

    [Test]
    public async Task Put_WithALock_TheLockFollows()
    {
        await Client.PutBucketAsync(new PutBucketRequest { BucketName = "locked-source", ObjectLockEnabledForBucket = true });
        await Client.PutBucketAsync(new PutBucketRequest { BucketName = Target, ObjectLockEnabledForBucket = true });
        await ReplicateAsync(Client, "locked-source", Rule());
        await Client.PutObjectAsync(new PutObjectRequest
        {
            BucketName = "locked-source", Key = "k", ContentBody = "1", ObjectLockLegalHoldStatus = ObjectLockLegalHoldStatus.On,
        });
        await Server.WaitForReplicationAsync();
        GetObjectMetadataResponse held = await Client.GetObjectMetadataAsync(Target, "k");
        await Client.PutObjectLegalHoldAsync(new PutObjectLegalHoldRequest
        {
            BucketName = "locked-source", Key = "k", LegalHold = new ObjectLockLegalHold { Status = ObjectLockLegalHoldStatus.Off },
        });
        await Server.WaitForReplicationAsync();

        Assert.That(held.ObjectLockLegalHoldStatus, Is.EqualTo(ObjectLockLegalHoldStatus.On));
        Assert.That((await Client.GetObjectMetadataAsync(Target, "k")).ObjectLockLegalHoldStatus, Is.EqualTo(ObjectLockLegalHoldStatus.Off));
    }
}

public sealed class ReplicationRecoveryTests
{
    [Test]
    public async Task Start_WithPendingVersionsOnDisk_CopiesThemOldestFirst()
    {
        using TemporaryFolder folder = new();
        List<string> versions = [];
        await using (DiskStorage storage = TestStorage.OpenDisk(folder.Path))
        {
            BucketRecord target = new("target", "us-east-1", default) { Versioning = BucketVersioning.Enabled };
            ReplicationRuleRecord rule = new()
            {
                Id = "r", IsEnabled = true, Priority = 1,
                Destination = new ReplicationDestinationRecord { BucketArn = "arn:aws:s3:::target" },
            };
            await storage.CreateBucketAsync(target, default);
            await storage.CreateBucketAsync(
                target with { Name = "source", Replication = new ReplicationRecord { Role = "r", Rules = [rule] } }, default);
            for (int i = 0; i < 3; i++)
            {
                await using StagedBody body = await storage.StageBytesAsync([(byte)i]);
                ObjectRecord record = new()
                {
                    Key = "k", LastModified = default, ETag = "e", Replication = S3Toolkit.Server.Replication.ReplicationStatus.Pending,
                };
                versions.Insert(0, (await storage.PutAsync("source", record, body, WriteCondition.None, default)).Value!.VersionId);
            }
        }

        await using S3Server server = S3Server.CreateInMemory(new S3ServerOptions { DataDirectory = folder.Path });
        await server.WaitForReplicationAsync();

        VersionPage page = (await server.Core.Storage.ListVersionsAsync("target", new VersionQuery("", "", "", "", 10), default)).Value!;
        Assert.That(page.Versions.Select(item => item.Record.VersionId), Is.EqualTo(versions));
    }
}
