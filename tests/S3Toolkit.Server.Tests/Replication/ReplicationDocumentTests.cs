using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Replication;

public sealed class ReplicationDocumentTests(ServerMode mode) : ServerFixture(mode)
{
    private const string To = "<Destination><Bucket>arn:aws:s3:::target-bucket</Bucket></Destination>";

    private const string Rest =
        "<Status>Enabled</Status>" + To + "<DeleteMarkerReplication><Status>Disabled</Status></DeleteMarkerReplication>";

    [SetUp]
    public async Task CreateTarget()
    {
        await EnableVersioningAsync();
        await Client.PutBucketAsync("target-bucket");
        await Client.PutBucketVersioningAsync(new PutBucketVersioningRequest
        {
            BucketName = "target-bucket", VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Enabled },
        });
    }

    [Test]
    public async Task Put_WholeDocument_ComesBackAsItWent()
    {
        const string document =
            "<Role>arn:aws:iam::123456789012:role/r</Role><Rule><ID>a</ID><Priority>1</Priority><Filter><And><Prefix>logs/</Prefix>"
            + "<Tag><Key>k</Key><Value>v</Value></Tag></And></Filter><Status>Enabled</Status><SourceSelectionCriteria>"
            + "<SseKmsEncryptedObjects>"
            + "<Status>Enabled</Status></SseKmsEncryptedObjects></SourceSelectionCriteria><ExistingObjectReplication>"
            + "<Status>Disabled</Status>"
            + "</ExistingObjectReplication><Destination><Bucket>arn:aws:s3:::target-bucket</Bucket><StorageClass>STANDARD_IA</StorageClass>"
            + "<EncryptionConfiguration><ReplicaKmsKeyID>key</ReplicaKmsKeyID></EncryptionConfiguration><ReplicationTime><Status>Enabled"
            + "</Status><Time><Minutes>15</Minutes></Time></ReplicationTime><Metrics><Status>Enabled</Status><EventThreshold><Minutes>15"
            + "</Minutes></EventThreshold></Metrics></Destination><DeleteMarkerReplication><Status>Disabled</Status>"
            + "</DeleteMarkerReplication></Rule>";

        (int status, string body) = await PutAsync(document);

        Assert.That(status, Is.EqualTo(200), body);
        Assert.That((await SendAsync(HttpMethod.Get, "/" + Bucket, "replication=")).Body, Does.Contain(document));
    }

    [Test]
    public async Task Get_WithoutRules_IsMissing()
    {
        await PutAsync($"<Role>r</Role><Rule><Prefix/><Status>Enabled</Status>{To}</Rule>");
        await Client.DeleteBucketReplicationAsync(new DeleteBucketReplicationRequest { BucketName = Bucket });

        (int status, string body) = await SendAsync(HttpMethod.Get, "/" + Bucket, "replication=");

        Assert.That(status, Is.EqualTo(404));
        Assert.That(body, Does.Contain("<Code>ReplicationConfigurationNotFoundError</Code>"));
    }

    [Test]
    public async Task Put_SourceWithoutVersions_IsRefused()
    {
        await Client.PutBucketAsync("plain-bucket");

        (int status, string body) = await SendAsync(HttpMethod.Put, "/plain-bucket", "replication=",
            $"<ReplicationConfiguration><Role>r</Role><Rule><Prefix/><Status>Enabled</Status>{To}</Rule></ReplicationConfiguration>");

        Assert.That((status, body.Contains("<Code>InvalidRequest</Code>", StringComparison.Ordinal)), Is.EqualTo((400, true)));
    }

    [Test]
    public async Task Suspend_WhileReplicated_IsRefused()
    {
        await PutAsync($"<Role>r</Role><Rule><Prefix/><Status>Enabled</Status>{To}</Rule>");

        AmazonS3Exception refused = await ErrorOf(() => EnableVersioningAsync("Suspended"));

        Assert.That(refused.ErrorCode, Is.EqualTo("InvalidBucketState"));
    }

    [TestCase("<Role>r</Role>", "MalformedXML", TestName = "no rule")]
    [TestCase($"<Rule><Prefix/><Status>Enabled</Status>{To}</Rule>", "MalformedXML", TestName = "no role")]
    [TestCase($"<Role>r</Role><Rule><Status>Enabled</Status>{To}</Rule>", "MalformedXML", TestName = "neither prefix nor filter")]
    [TestCase("<Role>r</Role><Rule><Prefix/><Status>Enabled</Status></Rule>", "MalformedXML", TestName = "no destination")]
    [TestCase($"<Role>r</Role><Rule><Filter/>{Rest}</Rule>", "InvalidRequest", TestName = "no priority")]
    [TestCase($"<Role>r</Role><Rule><Filter/><Priority>1</Priority><Status>Enabled</Status>{To}</Rule>", "InvalidRequest",
        TestName = "markers not told")]
    [TestCase($"<Role>r</Role><Rule><ID>a</ID><Filter/><Priority>1</Priority>{Rest}</Rule><Rule><ID>b</ID><Filter/><Priority>1</Priority>"
        + Rest + "</Rule>", "InvalidArgument", TestName = "same priority")]
    [TestCase($"<Role>r</Role><Rule><Prefix>a</Prefix><Status>Enabled</Status>{To}</Rule><Rule><Prefix>ab</Prefix><Status>Enabled</Status>"
        + To + "</Rule>", "InvalidRequest", TestName = "overlap")]
    [TestCase("<Role>r</Role><Rule><Prefix/><Status>Enabled</Status><Destination><Bucket>target-bucket</Bucket></Destination></Rule>",
        "InvalidArgument", TestName = "no arn")]
    [TestCase("<Role>r</Role><Rule><Prefix/><Status>Enabled</Status><Destination><Bucket>arn:aws:s3:::nobody-has-it</Bucket></Destination>"
        + "</Rule>", "InvalidRequest", TestName = "no such destination")]
    [TestCase($"<Role>r</Role><Rule><Prefix/><Status>Enabled</Status><Destination><Bucket>arn:aws:s3:::{Bucket}</Bucket></Destination>"
        + "</Rule>", "InvalidRequest", TestName = "itself")]
    public async Task Put_WhatS3Refuses_SaysWhy(string document, string code)
    {
        (int status, string body) = await PutAsync(document);

        Assert.That(status, Is.EqualTo(400));
        Assert.That(body, Does.Contain($"<Code>{code}</Code>"));
    }

    private Task<(int Status, string Body)> PutAsync(string content) => SendAsync(
        HttpMethod.Put, "/" + Bucket, "replication=", $"<ReplicationConfiguration>{content}</ReplicationConfiguration>");
}
