using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Access;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Semantics;

public sealed class BucketLoggingTests(ServerMode mode) : ServerFixture(mode)
{
    [Test]
    public async Task BucketLogging_PutGetAndOff_RoundTrips()
    {
        await CreateLogBucketAsync(S3CannedACL.LogDeliveryWrite);
        Assert.That((await LoggingAsync())?.TargetBucketName, Is.Null);

        await PutLoggingAsync(new S3BucketLoggingConfig
        {
            TargetBucketName = "log-bucket", TargetPrefix = "log/",
            TargetObjectKeyFormat = new TargetObjectKeyFormat
            {
                PartitionedPrefix = new PartitionedPrefix { PartitionDateSource = PartitionDateSource.EventTime },
            },
            Grants =
            [
                new S3Grant { Grantee = new S3Grantee { CanonicalUser = new string('a', 64) }, Permission = S3Permission.READ },
                new S3Grant { Grantee = new S3Grantee { URI = AclGroups.AllUsers }, Permission = S3Permission.WRITE },
            ],
        });

        S3BucketLoggingConfig logging = (await LoggingAsync())!;
        Assert.That((logging.TargetBucketName, logging.TargetPrefix), Is.EqualTo(("log-bucket", "log/")));
        Assert.That(logging.TargetObjectKeyFormat.PartitionedPrefix.PartitionDateSource, Is.EqualTo(PartitionDateSource.EventTime));
        Assert.That(logging.Grants.Select(grant => grant.Permission), Is.EqualTo(new[] { S3Permission.READ, S3Permission.WRITE }));
        Assert.That(logging.Grants[0].Grantee.CanonicalUser, Is.EqualTo(new string('a', 64)));
        Assert.That(logging.Grants[1].Grantee.URI, Does.EndWith("AllUsers"));

        (int status, string body) = await SendAsync(HttpMethod.Put, "/" + Bucket, "logging=", "<BucketLoggingStatus/>");
        Assert.That(status, Is.EqualTo(200), body);
        Assert.That((await LoggingAsync())?.TargetBucketName, Is.Null);
    }

    [Test]
    public async Task PutBucketLogging_NoSuchTarget_IsRefused()
    {
        AmazonS3Exception error = await ErrorOf(
            () => PutLoggingAsync(new S3BucketLoggingConfig { TargetBucketName = "no-such-bucket", TargetPrefix = "" }));

        Assert.That((error.ErrorCode, (int)error.StatusCode), Is.EqualTo(("InvalidTargetBucketForLogging", 400)));
        Assert.That((await LoggingAsync())?.TargetBucketName, Is.Null);
    }

    [Test]
    public async Task PutBucketLogging_TargetWithListsButNoneForTheLogs_IsRefusedUntilThePolicyLetsThemIn()
    {
        await CreateLogBucketAsync(S3CannedACL.Private);
        S3BucketLoggingConfig logging = new() { TargetBucketName = "log-bucket", TargetPrefix = "" };

        AmazonS3Exception error = await ErrorOf(() => PutLoggingAsync(logging));
        Assert.That((error.ErrorCode, error.Message.Contains("log-delivery group")), Is.EqualTo(("InvalidTargetBucketForLogging", true)));
        await Client.PutBucketPolicyAsync("log-bucket",
            """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"logging.s3.amazonaws.com"},
            "Action":"s3:PutObject","Resource":"arn:aws:s3:::log-bucket/*"}]}
            """);
        await PutLoggingAsync(logging);

        Assert.That((await LoggingAsync())!.TargetBucketName, Is.EqualTo("log-bucket"));
    }

    [TestCase("aws:kms", false, false)]
    [TestCase(null, true, false)]
    [TestCase(null, false, true)]
    public async Task PutBucketLogging_TargetThatCannotTakeLogs_IsRefused(string? encryption, bool retains, bool hasGrants)
    {
        await Client.PutBucketAsync(new PutBucketRequest { BucketName = "log-bucket", ObjectLockEnabledForBucket = retains });
        S3BucketLoggingConfig logging = new() { TargetBucketName = "log-bucket", TargetPrefix = "" };
        await PutLoggingAsync(logging); // with lists off it takes them
        await Server.Core.Storage.UpdateBucketAsync("log-bucket", bucket => bucket with
        {
            Encryption = encryption is null ? bucket.Encryption : new BucketEncryptionRecord(encryption),
            DefaultRetention = retains ? new DefaultRetentionRecord(RetentionMode.Governance, 1, null) : null,
        }, default);
        if (hasGrants)
            logging.Grants = [new S3Grant { Grantee = new S3Grantee { URI = AclGroups.AllUsers }, Permission = S3Permission.READ }];

        AmazonS3Exception error = await ErrorOf(() => PutLoggingAsync(logging));

        Assert.That(error.ErrorCode, Is.EqualTo("InvalidTargetBucketForLogging"));
    }

    [Test]
    public async Task PutBucketLogging_TargetInAnotherRegion_IsRefused()
    {
        await Client.PutBucketAsync(new PutBucketRequest { BucketName = "eu-logs", BucketRegionName = "eu-west-1" });

        AmazonS3Exception error = await ErrorOf(
            () => PutLoggingAsync(new S3BucketLoggingConfig { TargetBucketName = "eu-logs", TargetPrefix = "" }));

        Assert.That(error.ErrorCode, Is.EqualTo("CrossLocationLoggingProhibitted"));
    }

    private Task CreateLogBucketAsync(S3CannedACL acl) => Client.PutBucketAsync(new PutBucketRequest
    {
        BucketName = "log-bucket", CannedACL = acl, ObjectOwnership = ObjectOwnership.BucketOwnerPreferred,
    });

    private Task PutLoggingAsync(S3BucketLoggingConfig logging) =>
        Client.PutBucketLoggingAsync(new PutBucketLoggingRequest { BucketName = Bucket, LoggingConfig = logging });

    private async Task<S3BucketLoggingConfig?> LoggingAsync() =>
        (await Client.GetBucketLoggingAsync(new GetBucketLoggingRequest { BucketName = Bucket })).BucketLoggingConfig;
}
