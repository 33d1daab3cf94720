using System.Text.Json;
using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Notifications;

public sealed class EventTests(ServerMode mode) : ServerFixture(mode)
{
    [Test]
    public async Task Listen_ThreeLines_GiveTheNextEvent()
    {
        using S3EventListener events = Server.Events.Listen();
        PutObjectResponse put = await PutAsync("a/b c", "four");
        S3ObjectEvent created = await events.NextAsync();

        Assert.That((created.EventName, created.BucketName, created.Key), Is.EqualTo(("ObjectCreated:Put", Bucket, "a/b c")));
        Assert.That((created.SizeBytes, created.VersionId), Is.EqualTo((4L, (string?)null)));
        Assert.That($"\"{created.ETag}\"", Is.EqualTo(put.ETag));
        Assert.That(created.RequestId, Is.EqualTo(put.ResponseMetadata.RequestId));
        Assert.That(created.SourceAddress, Is.EqualTo("127.0.0.1"));
    }

    [Test]
    public async Task Events_OfEachOperation_HaveAwsNames()
    {
        await EnableVersioningAsync();
        using S3EventListener events = Server.Events.Listen();
        string version = (await PutAsync("k", "1")).VersionId;
        await Client.CopyObjectAsync(Bucket, "k", Bucket, "copy");
        InitiateMultipartUploadResponse upload = await Client.InitiateMultipartUploadAsync(Bucket, "parts");
        UploadPartResponse part = await Client.UploadPartAsync(new UploadPartRequest
        {
            BucketName = Bucket, Key = "parts", UploadId = upload.UploadId, PartNumber = 1, InputStream = new MemoryStream([1]),
        });
        CompleteMultipartUploadRequest complete = new()
        {
            BucketName = Bucket, Key = "parts", UploadId = upload.UploadId, PartETags = [new PartETag(1, part.ETag)],
        };
        await Client.CompleteMultipartUploadAsync(complete);
        await Client.CompleteMultipartUploadAsync(complete); // asked again: nothing happens a second time
        await Client.PutObjectTaggingAsync(new PutObjectTaggingRequest
        {
            BucketName = Bucket, Key = "k", Tagging = new Tagging { TagSet = [new Tag { Key = "a", Value = "b" }] },
        });
        await Client.DeleteObjectTaggingAsync(new DeleteObjectTaggingRequest { BucketName = Bucket, Key = "k" });
        string marker = (await Client.DeleteObjectAsync(Bucket, "k")).VersionId;
        // One by one: of several keys in one request, any may be deleted first.
        await Client.DeleteObjectsAsync(new DeleteObjectsRequest
        {
            BucketName = Bucket, Objects = [new KeyVersion { Key = "k", VersionId = version }],
        });
        await Client.DeleteObjectsAsync(new DeleteObjectsRequest { BucketName = Bucket, Objects = [new KeyVersion { Key = "copy" }] });

        List<S3ObjectEvent> all = [];
        while (events.TryNext(out S3ObjectEvent? next)) all.Add(next);
        Assert.That(all.Select(item => $"{item.EventName} {item.Key}"), Is.EqualTo(new[]
        {
            "ObjectCreated:Put k", "ObjectCreated:Copy copy", "ObjectCreated:CompleteMultipartUpload parts", "ObjectTagging:Put k",
            "ObjectTagging:Delete k", "ObjectRemoved:DeleteMarkerCreated k", "ObjectRemoved:Delete k",
            "ObjectRemoved:DeleteMarkerCreated copy",
        }));
        Assert.That(all.Select(item => item.Sequencer), Is.Unique.And.Ordered);
        Assert.That((all[0].VersionId, all[5].VersionId, all[6].VersionId), Is.EqualTo((version, marker, version)));
        Assert.That((all[5].SizeBytes, all[5].ETag), Is.EqualTo(((long?)null, (string?)null)));
    }

    [Test]
    public async Task Events_OfLifecycleRules_ComeFromTheServer()
    {
        await PutAsync("k", "1");
        await Client.PutLifecycleConfigurationAsync(Bucket, new LifecycleConfiguration
        {
            Rules =
            [
                new LifecycleRule
                {
                    Id = "r", Status = LifecycleRuleStatus.Enabled, Filter = new LifecycleFilter(),
                    Expiration = new LifecycleRuleExpiration { Days = 1 },
                },
            ],
        });
        using S3EventListener events = Server.Events.Listen();

        Server.Clock.Advance(TimeSpan.FromDays(3)); // the server runs the rules by itself
        S3ObjectEvent expired = await events.NextAsync();

        Assert.That((expired.EventName, expired.Key, expired.PrincipalId),
            Is.EqualTo(("LifecycleExpiration:Delete", "k", "s3.amazonaws.com")));
    }

    [Test]
    public async Task Events_FailedRequest_TellNothing()
    {
        await PutAsync("k", "1");
        using S3EventListener events = Server.Events.Listen();

        await ErrorOf(() => PutAsync("k", "2", request => request.IfNoneMatch = "*"));

        Assert.That(events.TryNext(out _), Is.False);
    }

    [Test]
    public async Task Listen_FullQueue_DropsTheOldestAndCounts()
    {
        using S3EventListener events = Server.Events.Listen(capacity: 2);
        for (int i = 0; i < 5; i++) await PutAsync("k" + i, "x");

        Assert.That((await events.NextAsync()).Key, Is.EqualTo("k3"));
        Assert.That(events.Dropped, Is.EqualTo(3));
    }

    [Test]
    public async Task NextAsync_AfterDispose_IsDisposed()
    {
        S3EventListener events = Server.Events.Listen();
        events.Dispose();
        await PutAsync("k", "x");

        Assert.That(async () => await events.NextAsync(), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public async Task ToJson_IsAwsMessage()
    {
        await EnableVersioningAsync();
        await Client.PutBucketNotificationAsync(new PutBucketNotificationRequest
        {
            BucketName = Bucket,
            QueueConfigurations =
            [
                new QueueConfiguration
                {
                    Id = "mine", Queue = "arn:aws:sqs:us-east-1:123456789012:q", Events = [new EventType("s3:ObjectCreated:*")],
                },
            ],
        });
        using S3EventListener events = Server.Events.Listen();
        string version = (await PutAsync("ä/a b+c", "four")).VersionId;
        S3ObjectEvent created = await events.NextAsync();

        using JsonDocument json = JsonDocument.Parse(created.ToJson());
        JsonElement record = json.RootElement.GetProperty("Records")[0];
        JsonElement s3 = record.GetProperty("s3");
        JsonElement item = s3.GetProperty("object");
        Assert.That(created.ConfigurationIds, Is.EqualTo(new[] { "mine" }));
        Assert.That(record.GetProperty("eventVersion").GetString(), Does.StartWith("2."));
        Assert.That(record.GetProperty("eventSource").GetString(), Is.EqualTo("aws:s3"));
        Assert.That(record.GetProperty("awsRegion").GetString(), Is.EqualTo("us-east-1"));
        Assert.That(record.GetProperty("eventName").GetString(), Is.EqualTo("ObjectCreated:Put"));
        Assert.That(record.GetProperty("userIdentity").GetProperty("principalId").GetString(), Has.Length.EqualTo(64));
        Assert.That(record.GetProperty("requestParameters").GetProperty("sourceIPAddress").GetString(), Is.EqualTo("127.0.0.1"));
        Assert.That(record.GetProperty("responseElements").GetProperty("x-amz-request-id").GetString(), Is.EqualTo(created.RequestId));
        Assert.That(s3.GetProperty("configurationId").GetString(), Is.EqualTo("mine"));
        Assert.That(s3.GetProperty("bucket").GetProperty("arn").GetString(), Is.EqualTo("arn:aws:s3:::" + Bucket));
        Assert.That(item.GetProperty("key").GetString(), Is.EqualTo("%C3%A4/a+b%2Bc"));
        Assert.That((item.GetProperty("size").GetInt64(), item.GetProperty("versionId").GetString()), Is.EqualTo((4L, version)));
    }
}
