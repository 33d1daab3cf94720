using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Replication;

/// <summary>What holds wherever the destination is: in the same server, or in another.</summary>
public abstract class ReplicationBehaviour(ServerMode mode) : ServerFixture(mode)
{
    protected const string Target = "target-bucket";

    protected abstract AmazonS3Client TargetClient { get; }

    [Test]
    public async Task Put_Object_IsCopiedWithAllThatBelongsToIt()
    {
        await ReplicateAsync(Rule());
        PutObjectResponse put = await PutAsync("dir/../ä b+c", "four", request =>
        {
            request.Metadata.Add("x-amz-meta-color", "red");
            request.TagSet = [new Tag { Key = "t", Value = "1 +/2" }];
            request.Headers.CacheControl = "no-cache";
        });
        await Server.WaitForReplicationAsync();

        GetObjectMetadataResponse source = await Client.GetObjectMetadataAsync(Bucket, "dir/../ä b+c");
        using GetObjectResponse replica = await TargetClient.GetObjectAsync(Target, "dir/../ä b+c", put.VersionId);
        GetObjectTaggingResponse tags = await TargetClient.GetObjectTaggingAsync(
            new GetObjectTaggingRequest { BucketName = Target, Key = "dir/../ä b+c" });
        using StreamReader reader = new(replica.ResponseStream);
        Assert.That(
            (source.ReplicationStatus, replica.ReplicationStatus), Is.EqualTo((ReplicationStatus.Completed, ReplicationStatus.Replica)));
        Assert.That(await reader.ReadToEndAsync(), Is.EqualTo("four"));
        Assert.That((replica.VersionId, replica.ETag), Is.EqualTo((put.VersionId, put.ETag)));
        Assert.That(replica.LastModified, Is.EqualTo(source.LastModified));
        Assert.That((replica.Metadata["color"], replica.Headers.CacheControl), Is.EqualTo(("red", "no-cache")));
        Assert.That(tags.Tagging.Single().Value, Is.EqualTo("1 +/2"));
    }

    [Test]
    public async Task Put_SeveralVersions_KeepTheirOrder()
    {
        await ReplicateAsync(Rule());
        List<string> versions = [];
        for (int i = 0; i < 12; i++) versions.Insert(0, (await PutAsync("k", "v" + i)).VersionId);
        await Server.WaitForReplicationAsync();

        Assert.That((await TargetVersionsAsync()).Select(version => version.VersionId), Is.EqualTo(versions));
    }

    [Test]
    public async Task Complete_ObjectOfParts_KeepsItsETagAndParts()
    {
        await ReplicateAsync(Rule());
        InitiateMultipartUploadResponse upload = await Client.InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest
        {
            BucketName = Bucket, Key = "k", ChecksumAlgorithm = ChecksumAlgorithm.SHA256,
        });
        List<PartETag> parts = [];
        for (int number = 1; number <= 2; number++)
        {
            UploadPartResponse part = await Client.UploadPartAsync(new UploadPartRequest
            {
                BucketName = Bucket, Key = "k", UploadId = upload.UploadId, PartNumber = number,
                InputStream = new MemoryStream(Bytes(1000, number)), ChecksumAlgorithm = ChecksumAlgorithm.SHA256,
            });
            parts.Add(new PartETag(number, part.ETag) { ChecksumSHA256 = part.ChecksumSHA256 });
        }
        CompleteMultipartUploadResponse completed = await Client.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest
        {
            BucketName = Bucket, Key = "k", UploadId = upload.UploadId, PartETags = parts,
        });
        await Server.WaitForReplicationAsync();

        using GetObjectResponse replica = await TargetClient.GetObjectAsync(
            new GetObjectRequest { BucketName = Target, Key = "k", ChecksumMode = ChecksumMode.ENABLED });
        using MemoryStream bytes = new();
        await replica.ResponseStream.CopyToAsync(bytes);
        GetObjectMetadataResponse second = await TargetClient.GetObjectMetadataAsync(
            new GetObjectMetadataRequest { BucketName = Target, Key = "k", PartNumber = 2 });
        Assert.That((replica.VersionId, replica.ETag), Is.EqualTo((completed.VersionId, completed.ETag)));
        Assert.That(bytes.ToArray(), Is.EqualTo(Bytes(1000, 1).Concat(Bytes(1000, 2))));
        Assert.That((replica.ChecksumSHA256, second.PartsCount, second.ContentLength), Is.EqualTo((completed.ChecksumSHA256, 2, 1000)));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Delete_Marker_GoesAlongAsTheRuleSays(bool isReplicated)
    {
        await ReplicateAsync(Rule(markers: isReplicated));
        string version = (await PutAsync("k", "1")).VersionId;
        string marker = (await Client.DeleteObjectAsync(Bucket, "k")).VersionId;
        await Client.DeleteObjectAsync(Bucket, "k", version); // for good: never goes along
        await Server.WaitForReplicationAsync();

        Assert.That((await TargetVersionsAsync()).Select(item => item.VersionId),
            Is.EqualTo(isReplicated ? new[] { marker, version } : [version]).Or.EqualTo(isReplicated ? new[] { marker } : []));
    }

    [Test]
    public async Task PutTagging_OnASource_GoesAlong()
    {
        await ReplicateAsync(Rule());
        await PutAsync("k", "1");
        await Server.WaitForReplicationAsync();

        await Client.PutObjectTaggingAsync(new PutObjectTaggingRequest
        {
            BucketName = Bucket, Key = "k", Tagging = new Tagging { TagSet = [new Tag { Key = "a", Value = "b" }] },
        });
        await Server.WaitForReplicationAsync();

        GetObjectTaggingResponse tags = await TargetClient.GetObjectTaggingAsync(
            new GetObjectTaggingRequest { BucketName = Target, Key = "k" });
        Assert.That(tags.Tagging.Single().Key, Is.EqualTo("a"));
        Assert.That((await Client.GetObjectMetadataAsync(Bucket, "k")).ReplicationStatus, Is.EqualTo(ReplicationStatus.Completed));
        Assert.That(await TargetVersionsAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Put_OtherPrefixOrStorageClass_IsAsTheRuleSays()
    {
        await ReplicateAsync(Rule(prefix: "in/", storageClass: S3StorageClass.StandardInfrequentAccess));
        await PutAsync("in/k", "1");
        await PutAsync("out/k", "1");
        await Server.WaitForReplicationAsync();

        Assert.That((await TargetVersionsAsync()).Select(item => (item.Key, item.StorageClass)),
            Is.EqualTo(new[] { ("in/k", S3StorageClass.StandardInfrequentAccess) }));
        Assert.That((await Client.GetObjectMetadataAsync(Bucket, "out/k")).ReplicationStatus, Is.Null);
    }

    [Test]
    public async Task Put_EncryptedObject_IsCopiedUnderTheKeyOfTheRule()
    {
        await ReplicateAsync(Rule(kmsKeyId: "replica-key"));
        await PutAsync("kms", "secret", request =>
        {
            request.ServerSideEncryptionMethod = ServerSideEncryptionMethod.AWSKMS;
            request.ServerSideEncryptionKeyManagementServiceKeyId = "source-key";
        });
        await PutAsync("s3", "managed", request => request.ServerSideEncryptionMethod = ServerSideEncryptionMethod.AES256);
        await PutAsync("customer", "own", request =>
        {
            request.ServerSideEncryptionCustomerMethod = ServerSideEncryptionCustomerMethod.AES256;
            request.ServerSideEncryptionCustomerProvidedKey = Convert.ToBase64String(Bytes(32));
        });
        await Server.WaitForReplicationAsync();

        using GetObjectResponse kms = await TargetClient.GetObjectAsync(Target, "kms");
        using StreamReader reader = new(kms.ResponseStream);
        using GetObjectResponse managed = await TargetClient.GetObjectAsync(Target, "s3");
        using StreamReader managedReader = new(managed.ResponseStream);
        Assert.That(await reader.ReadToEndAsync(), Is.EqualTo("secret"));
        Assert.That(await managedReader.ReadToEndAsync(), Is.EqualTo("managed"));
        Assert.That(kms.ServerSideEncryptionKeyManagementServiceKeyId, Does.Contain("replica-key"));
        Assert.That((await TargetVersionsAsync()).Select(item => item.Key), Is.EqualTo(new[] { "kms", "s3" }));
    }

    [Test]
    public async Task Put_WithALock_TheLockFollows()
    {
        await Client.PutBucketAsync(new PutBucketRequest { BucketName = "locked-source", ObjectLockEnabledForBucket = true });
        await TargetClient.PutBucketAsync(new PutBucketRequest { BucketName = Target, ObjectLockEnabledForBucket = true });
        await ReplicateAsync(Client, "locked-source", Rule());
        await Client.PutObjectAsync(new PutObjectRequest
        {
            BucketName = "locked-source", Key = "k", ContentBody = "1", ObjectLockLegalHoldStatus = ObjectLockLegalHoldStatus.On,
        });
        await Server.WaitForReplicationAsync();
        GetObjectMetadataResponse held = await TargetClient.GetObjectMetadataAsync(Target, "k");
        await Client.PutObjectLegalHoldAsync(new PutObjectLegalHoldRequest
        {
            BucketName = "locked-source", Key = "k", LegalHold = new ObjectLockLegalHold { Status = ObjectLockLegalHoldStatus.Off },
        });
        await Client.PutObjectRetentionAsync(new PutObjectRetentionRequest
        {
            BucketName = "locked-source", Key = "k",
            Retention = new ObjectLockRetention { Mode = ObjectLockRetentionMode.Governance, RetainUntilDate = DateTime.UtcNow.AddDays(1) },
        });
        await Server.WaitForReplicationAsync();

        Assert.That(held.ObjectLockLegalHoldStatus, Is.EqualTo(ObjectLockLegalHoldStatus.On));
        GetObjectMetadataResponse kept = await TargetClient.GetObjectMetadataAsync(Target, "k");
        Assert.That((kept.ObjectLockLegalHoldStatus, kept.ObjectLockMode),
            Is.EqualTo((ObjectLockLegalHoldStatus.Off, ObjectLockMode.Governance)));
    }

    protected override void Configure(S3ServerOptions options)
    {
        options.MinPartBytes = 1;
        options.KmsKeys.Add(new S3KmsKey("source-key"));
        options.KmsKeys.Add(new S3KmsKey("replica-key"));
    }

    protected static async Task CreateTargetAsync(AmazonS3Client client)
    {
        await client.PutBucketAsync(Target);
        await client.PutBucketVersioningAsync(new PutBucketVersioningRequest
        {
            BucketName = Target, VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Enabled },
        });
    }

    protected static ReplicationRule Rule(
        string prefix = "", bool markers = false, S3StorageClass? storageClass = null, string? kmsKeyId = null,
        string target = Target) => new()
    {
        Id = "r", Priority = 1, Status = ReplicationRuleStatus.Enabled, Filter = new ReplicationRuleFilter { Prefix = prefix },
        DeleteMarkerReplication = new DeleteMarkerReplication
        {
            Status = markers ? DeleteMarkerReplicationStatus.Enabled : DeleteMarkerReplicationStatus.Disabled,
        },
        SourceSelectionCriteria = kmsKeyId is null
            ? null
            : new SourceSelectionCriteria
            {
                SseKmsEncryptedObjects = new SseKmsEncryptedObjects { SseKmsEncryptedObjectsStatus = SseKmsEncryptedObjectsStatus.Enabled },
            },
        Destination = new ReplicationDestination
        {
            BucketArn = "arn:aws:s3:::" + target, StorageClass = storageClass,
            EncryptionConfiguration = kmsKeyId is null ? null : new EncryptionConfiguration { ReplicaKmsKeyID = kmsKeyId },
        },
    };

    protected static Task ReplicateAsync(AmazonS3Client client, string bucketName, ReplicationRule rule) =>
        client.PutBucketReplicationAsync(new PutBucketReplicationRequest
        {
            BucketName = bucketName,
            Configuration = new ReplicationConfiguration { Role = "arn:aws:iam::123456789012:role/r", Rules = [rule] },
        });

    protected async Task ReplicateAsync(ReplicationRule rule)
    {
        await EnableVersioningAsync();
        await CreateTargetAsync(TargetClient);
        await ReplicateAsync(Client, Bucket, rule);
    }

    protected async Task<List<S3ObjectVersion>> TargetVersionsAsync() =>
        (await TargetClient.ListVersionsAsync(new ListVersionsRequest { BucketName = Target })).Versions ?? [];
}
