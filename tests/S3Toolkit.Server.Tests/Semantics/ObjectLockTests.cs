using System.Net;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Checksums;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Semantics;

public sealed class ObjectLockTests(ServerMode mode) : ServerFixture(mode)
{
    private const string Locked = "locked-bucket";

    private DateTime Now => Server.Clock.GetUtcNow().UtcDateTime;

    [SetUp]
    public Task CreateLockedBucket() =>
        Client.PutBucketAsync(new PutBucketRequest { BucketName = Locked, ObjectLockEnabledForBucket = true });

    [Test]
    public async Task PutObjectLockConfiguration_DefaultRetention_IsKeptAndAppliedByTheServersClock()
    {
        Server.Clock.Advance(TimeSpan.FromDays(3));
        await SetDefaultAsync(new DefaultRetention { Mode = ObjectLockRetentionMode.Governance, Days = 2 });

        ObjectLockConfiguration kept = (await Client.GetObjectLockConfigurationAsync(
            new GetObjectLockConfigurationRequest { BucketName = Locked })).ObjectLockConfiguration;
        string version = await PutLockedAsync("k");
        GetObjectMetadataResponse head = await Client.GetObjectMetadataAsync(Locked, "k");

        Assert.That(kept.ObjectLockEnabled, Is.EqualTo(ObjectLockEnabled.Enabled));
        Assert.That((kept.Rule.DefaultRetention.Mode.Value, kept.Rule.DefaultRetention.Days), Is.EqualTo(("GOVERNANCE", 2)));
        Assert.That(head.ObjectLockMode, Is.EqualTo(ObjectLockMode.Governance));
        Assert.That(head.ObjectLockRetainUntilDate!.Value.ToUniversalTime(), Is.EqualTo(Now.AddDays(2)).Within(TimeSpan.FromMinutes(1)));
        Assert.That((await ErrorOf(() => DeleteAsync("k", version))).ErrorCode, Is.EqualTo("AccessDenied"));
        Server.Clock.Advance(TimeSpan.FromDays(2.1));
        await DeleteAsync("k", version);
    }

    [TestCase("<Days>0</Days>", "InvalidRetentionPeriod")]
    [TestCase("<Years>-1</Years>", "InvalidRetentionPeriod")]
    [TestCase("<Days>36501</Days>", "InvalidRetentionPeriod")]
    [TestCase("<Days>1</Days><Years>1</Years>", "MalformedXML")]
    [TestCase("<Days>many</Days>", "MalformedXML")]
    [TestCase("", "MalformedXML")]
    public async Task PutObjectLockConfiguration_PeriodThatIsNone_IsRefused(string period, string code)
    {
        string document = "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention>"
            + $"<Mode>GOVERNANCE</Mode>{period}</DefaultRetention></Rule></ObjectLockConfiguration>";

        (int status, string body) = await SendWithDigestAsync(HttpMethod.Put, $"/{Locked}", "object-lock=", document);

        Assert.That(status, Is.EqualTo(400));
        Assert.That(body, Does.Contain($"<Code>{code}</Code>"));
    }

    [TestCase("governance", "Enabled")]
    [TestCase("GOVERNANCE", "Disabled")]
    public async Task PutObjectLockConfiguration_WordsThatAreNone_AreMalformed(string lockMode, string enabled)
    {
        string document = $"<ObjectLockConfiguration><ObjectLockEnabled>{enabled}</ObjectLockEnabled><Rule><DefaultRetention>"
            + $"<Mode>{lockMode}</Mode><Days>1</Days></DefaultRetention></Rule></ObjectLockConfiguration>";

        (int status, string body) = await SendWithDigestAsync(HttpMethod.Put, $"/{Locked}", "object-lock=", document);

        Assert.That(status, Is.EqualTo(400));
        Assert.That(body, Does.Contain("<Code>MalformedXML</Code>"));
    }

    [Test]
    public async Task PutObjectLockConfiguration_BucketWithoutVersions_IsRefusedUntilItHasThem()
    {
        AmazonS3Exception before = await ErrorOf(() => EnableAsync(Bucket));
        await EnableVersioningAsync();
        await EnableAsync(Bucket);
        AmazonS3Exception suspend = await ErrorOf(() => EnableVersioningAsync("Suspended"));

        Assert.That((before.StatusCode, before.ErrorCode), Is.EqualTo((HttpStatusCode.Conflict, "InvalidBucketState")));
        Assert.That((suspend.StatusCode, suspend.ErrorCode), Is.EqualTo((HttpStatusCode.Conflict, "InvalidBucketState")));
    }

    [Test]
    public async Task AnyLock_BucketWithoutObjectLock_IsRefused()
    {
        await PutAsync("k", "x");

        AmazonS3Exception configuration = await ErrorOf(() => Client.GetObjectLockConfigurationAsync(
            new GetObjectLockConfigurationRequest { BucketName = Bucket }));
        AmazonS3Exception hold = await ErrorOf(() => HoldAsync(Bucket, "k", "ON"));
        AmazonS3Exception retention = await ErrorOf(() => RetainAsync("k", ObjectLockRetentionMode.Governance, 1, bucket: Bucket));
        AmazonS3Exception put = await ErrorOf(() => PutAsync("k", "x", item => item.ObjectLockLegalHoldStatus = "ON"));

        Assert.That((configuration.StatusCode, configuration.ErrorCode),
            Is.EqualTo((HttpStatusCode.NotFound, "ObjectLockConfigurationNotFoundError")));
        Assert.That(new[] { hold, retention, put }.Select(error => error.ErrorCode), Is.All.EqualTo("InvalidRequest"));
    }

    [Test]
    public async Task GetObjectRetention_VersionThatNothingProtects_IsNotFound()
    {
        await PutLockedAsync("k");

        AmazonS3Exception retention = await ErrorOf(() => Client.GetObjectRetentionAsync(
            new GetObjectRetentionRequest { BucketName = Locked, Key = "k" }));
        AmazonS3Exception hold = await ErrorOf(() => Client.GetObjectLegalHoldAsync(
            new GetObjectLegalHoldRequest { BucketName = Locked, Key = "k" }));

        Assert.That(retention.ErrorCode + hold.ErrorCode, Is.EqualTo("NoSuchObjectLockConfigurationNoSuchObjectLockConfiguration"));
    }

    [Test]
    public async Task PutObjectRetention_Governance_IsShortenedWithTheBypassOnly()
    {
        await PutLockedAsync("k");
        await RetainAsync("k", ObjectLockRetentionMode.Governance, 2);
        await RetainAsync("k", ObjectLockRetentionMode.Governance, 3);

        AmazonS3Exception shorter = await ErrorOf(() => RetainAsync("k", ObjectLockRetentionMode.Governance, 1));
        AmazonS3Exception otherMode = await ErrorOf(() => RetainAsync("k", ObjectLockRetentionMode.Compliance, 4));
        await RetainAsync("k", ObjectLockRetentionMode.Governance, 1, bypass: true);

        Assert.That(shorter.ErrorCode + otherMode.ErrorCode, Is.EqualTo("AccessDeniedAccessDenied"));
        GetObjectRetentionResponse kept = await Client.GetObjectRetentionAsync(
            new GetObjectRetentionRequest { BucketName = Locked, Key = "k" });
        Assert.That(kept.Retention.RetainUntilDate!.Value.ToUniversalTime(), Is.EqualTo(Now.AddDays(1)).Within(TimeSpan.FromMinutes(1)));
    }

    [Test]
    public async Task PutObjectRetention_Compliance_IsOnlyLengthened()
    {
        string version = await PutLockedAsync("k");
        await RetainAsync("k", ObjectLockRetentionMode.Compliance, 2);
        await RetainAsync("k", ObjectLockRetentionMode.Compliance, 3);

        AmazonS3Exception shorter = await ErrorOf(() => RetainAsync("k", ObjectLockRetentionMode.Compliance, 1, bypass: true));
        AmazonS3Exception weaker = await ErrorOf(() => RetainAsync("k", ObjectLockRetentionMode.Governance, 9, bypass: true));
        AmazonS3Exception deletion = await ErrorOf(() => DeleteAsync("k", version, bypass: true));

        Assert.That(new[] { shorter, weaker, deletion }.Select(error => error.ErrorCode), Is.All.EqualTo("AccessDenied"));
    }

    [Test]
    public async Task PutObjectRetention_EmptyDocument_TakesAwayWhatTheBypassMayWeaken()
    {
        string version = await PutLockedAsync("k");
        await RetainAsync("k", ObjectLockRetentionMode.Governance, 2);

        (int without, _) = await SendWithDigestAsync(HttpMethod.Put, $"/{Locked}/k", "retention=", "<Retention/>");
        (int with, _) = await SendWithDigestAsync(
            HttpMethod.Put, $"/{Locked}/k", "retention=", "<Retention/>", ("x-amz-bypass-governance-retention", "true"));

        Assert.That((without, with), Is.EqualTo((403, 200)));
        await DeleteAsync("k", version);
    }

    [TestCase("<Mode>GOVERNANCE</Mode><RetainUntilDate>2001-01-01T00:00:00Z</RetainUntilDate>", "InvalidArgument")]
    [TestCase("<Mode>governance</Mode><RetainUntilDate>2099-01-01T00:00:00Z</RetainUntilDate>", "MalformedXML")]
    [TestCase("<Mode>GOVERNANCE</Mode><RetainUntilDate>tomorrow</RetainUntilDate>", "MalformedXML")]
    [TestCase("<Mode>GOVERNANCE</Mode>", "MalformedXML")]
    public async Task PutObjectRetention_NoRetention_IsRefused(string content, string code)
    {
        await PutLockedAsync("k");

        (int status, string body) = await SendWithDigestAsync(
            HttpMethod.Put, $"/{Locked}/k", "retention=", $"<Retention>{content}</Retention>");

        Assert.That(status, Is.EqualTo(400));
        Assert.That(body, Does.Contain($"<Code>{code}</Code>"));
    }

    [TestCase("object-lock=", "/" + Locked, "<ObjectLockConfiguration/>")]
    [TestCase("legal-hold=", "/" + Locked + "/k", "<LegalHold><Status>ON</Status></LegalHold>")]
    [TestCase("retention=", "/" + Locked + "/k", "<Retention/>")]
    public async Task PutLock_WithoutDigest_IsRefused(string query, string path, string document)
    {
        await PutLockedAsync("k");

        (int status, string body) = await SendAsync(HttpMethod.Put, path, query, document);

        Assert.That(status, Is.EqualTo(400));
        Assert.That(body, Does.Contain("Content-MD5"));
    }

    [Test]
    public async Task LegalHold_OnAndOff_ProtectsWhileItIsOn()
    {
        string version = await PutLockedAsync("k");
        await HoldAsync(Locked, "k", "ON");
        AmazonS3Exception refused = await ErrorOf(() => DeleteAsync("k", version, bypass: true));
        await HoldAsync(Locked, "k", "OFF");
        GetObjectLegalHoldResponse hold = await Client.GetObjectLegalHoldAsync(
            new GetObjectLegalHoldRequest { BucketName = Locked, Key = "k" });
        await DeleteAsync("k", version);

        Assert.That((refused.StatusCode, refused.ErrorCode), Is.EqualTo((HttpStatusCode.Forbidden, "AccessDenied")));
        Assert.That(hold.LegalHold.Status, Is.EqualTo(ObjectLockLegalHoldStatus.Off));
    }

    [Test]
    public async Task PutLegalHold_AnotherWord_IsMalformed()
    {
        await PutLockedAsync("k");

        (int status, string body) = await SendWithDigestAsync(
            HttpMethod.Put, $"/{Locked}/k", "legal-hold=", "<LegalHold><Status>on</Status></LegalHold>");

        Assert.That(status, Is.EqualTo(400));
        Assert.That(body, Does.Contain("<Code>MalformedXML</Code>"));
    }

    [Test]
    public async Task DeleteObject_NoVersionNamed_HidesEvenWhatIsLocked()
    {
        string version = await PutLockedAsync("k");
        await RetainAsync("k", ObjectLockRetentionMode.Compliance, 1);

        DeleteObjectResponse marker = await Client.DeleteObjectAsync(Locked, "k");
        await DeleteAsync("k", marker.VersionId);

        Assert.That(marker.DeleteMarker, Is.EqualTo("true"));
        Assert.That((await Client.GetObjectMetadataAsync(Locked, "k")).VersionId, Is.EqualTo(version));
    }

    [Test]
    public async Task DeleteObjects_LockedVersions_AreToldApartFromTheOthers()
    {
        string locked = await PutLockedAsync("locked");
        string free = await PutLockedAsync("free");
        await RetainAsync("locked", ObjectLockRetentionMode.Governance, 1);
        List<KeyVersion> all = [new() { Key = "locked", VersionId = locked }, new() { Key = "free", VersionId = free }];

        DeleteObjectsException partly = (DeleteObjectsException)await ErrorOf(() => Client.DeleteObjectsAsync(
            new DeleteObjectsRequest { BucketName = Locked, Objects = all }));
        DeleteObjectsResponse bypassed = await Client.DeleteObjectsAsync(
            new DeleteObjectsRequest { BucketName = Locked, Objects = [all[0]], BypassGovernanceRetention = true });

        Assert.That(partly.Response.DeleteErrors.Select(error => error.Key + error.Code), Is.EqualTo(new[] { "lockedAccessDenied" }));
        Assert.That(partly.Response.DeletedObjects.Select(deleted => deleted.Key), Is.EqualTo(new[] { "free" }));
        Assert.That(bypassed.DeletedObjects.Select(deleted => deleted.Key), Is.EqualTo(new[] { "locked" }));
    }

    [Test]
    public async Task AnyWrite_WithALock_KeepsIt()
    {
        DateTime until = new(2200, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        await Client.PutObjectAsync(new PutObjectRequest
        {
            BucketName = Locked, Key = "put", ContentBody = "x", ObjectLockMode = ObjectLockMode.Compliance,
            ObjectLockRetainUntilDate = until, ObjectLockLegalHoldStatus = ObjectLockLegalHoldStatus.On,
        });
        await Client.CopyObjectAsync(new CopyObjectRequest
        {
            SourceBucket = Locked, SourceKey = "put", DestinationBucket = Locked, DestinationKey = "copy",
            ObjectLockMode = ObjectLockMode.Compliance, ObjectLockRetainUntilDate = until,
        });
        await Client.CopyObjectAsync(Locked, "put", Locked, "plain copy");
        string uploadId = (await Client.InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest
        {
            BucketName = Locked, Key = "parts", ObjectLockMode = ObjectLockMode.Compliance, ObjectLockRetainUntilDate = until,
        })).UploadId;
        UploadPartResponse part = await Client.UploadPartAsync(new UploadPartRequest
        {
            BucketName = Locked, Key = "parts", UploadId = uploadId, PartNumber = 1, InputStream = new MemoryStream(Bytes(10)),
        });
        await Client.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest
        {
            BucketName = Locked, Key = "parts", UploadId = uploadId, PartETags = [new PartETag(1, part.ETag)],
        });

        foreach (string key in new[] { "put", "copy", "parts" })
        {
            GetObjectMetadataResponse head = await Client.GetObjectMetadataAsync(Locked, key);
            Assert.That(head.ObjectLockMode, Is.EqualTo(ObjectLockMode.Compliance), key);
            Assert.That(head.ObjectLockRetainUntilDate!.Value.ToUniversalTime(), Is.EqualTo(until), key);
        }
        Assert.That((await Client.GetObjectMetadataAsync(Locked, "put")).ObjectLockLegalHoldStatus.Value, Is.EqualTo("ON"));
        Assert.That((await Client.GetObjectMetadataAsync(Locked, "plain copy")).ObjectLockMode, Is.Null);
    }

    [TestCase("COMPLIANCE", null, null)]
    [TestCase(null, "2200-01-01T00:00:00Z", null)]
    [TestCase("compliance", "2200-01-01T00:00:00Z", null)]
    [TestCase("COMPLIANCE", "2001-01-01T00:00:00Z", null)]
    [TestCase("COMPLIANCE", "Fri, 01 Jan 2200 00:00:00 GMT", null)]
    [TestCase(null, null, "on")]
    public async Task PutObject_LockThatIsNone_IsAnInvalidArgument(string? lockMode, string? until, string? hold)
    {
        (string, string)[] headers =
        [
            .. lockMode is null ? [] : new[] { ("x-amz-object-lock-mode", lockMode) },
            .. until is null ? [] : new[] { ("x-amz-object-lock-retain-until-date", until) },
            .. hold is null ? [] : new[] { ("x-amz-object-lock-legal-hold", hold) },
        ];

        (int status, string body) = await SendWithDigestAsync(HttpMethod.Put, $"/{Locked}/k", "", "x", headers);

        Assert.That(status, Is.EqualTo(400));
        Assert.That(body, Does.Contain("<Code>InvalidArgument</Code>"));
    }

    [Test]
    public async Task PutObject_KeptForATimeWithoutDigest_IsRefused()
    {
        await SetDefaultAsync(new DefaultRetention { Mode = ObjectLockRetentionMode.Governance, Years = 1 });

        (int status, string body) = await SendAsync(HttpMethod.Put, $"/{Locked}/k", "", "x");

        Assert.That(status, Is.EqualTo(400));
        Assert.That(body, Does.Contain("<Code>InvalidRequest</Code>"));
    }

    private Task<(int Status, string Body)> SendWithDigestAsync(
        HttpMethod method, string path, string query, string body, params (string Name, string Value)[] headers)
    {
        string digest = IncrementalChecksum.ComputeBase64(ChecksumFunction.Crc32, Encoding.UTF8.GetBytes(body));
        return SendAsync(method, path, query, body, [("x-amz-checksum-crc32", digest), .. headers]);
    }

    private async Task<string> PutLockedAsync(string key) => (await Client.PutObjectAsync(
        new PutObjectRequest { BucketName = Locked, Key = key, ContentBody = "x" })).VersionId;

    private Task DeleteAsync(string key, string version, bool bypass = false) => Client.DeleteObjectAsync(
        new DeleteObjectRequest { BucketName = Locked, Key = key, VersionId = version, BypassGovernanceRetention = bypass ? true : null });

    private Task RetainAsync(
        string key, ObjectLockRetentionMode lockMode, int days, bool bypass = false, string bucket = Locked) =>
        Client.PutObjectRetentionAsync(new PutObjectRetentionRequest
        {
            BucketName = bucket, Key = key, BypassGovernanceRetention = bypass ? true : null,
            Retention = new ObjectLockRetention { Mode = lockMode, RetainUntilDate = Now.AddDays(days) },
        });

    private Task HoldAsync(string bucket, string key, string status) => Client.PutObjectLegalHoldAsync(new PutObjectLegalHoldRequest
    {
        BucketName = bucket, Key = key, LegalHold = new ObjectLockLegalHold { Status = status },
    });

    private Task EnableAsync(string bucket) => Client.PutObjectLockConfigurationAsync(new PutObjectLockConfigurationRequest
    {
        BucketName = bucket, ObjectLockConfiguration = new ObjectLockConfiguration { ObjectLockEnabled = ObjectLockEnabled.Enabled },
    });

    private Task SetDefaultAsync(DefaultRetention retention) =>
        Client.PutObjectLockConfigurationAsync(new PutObjectLockConfigurationRequest
        {
            BucketName = Locked,
            ObjectLockConfiguration = new ObjectLockConfiguration
            {
                ObjectLockEnabled = ObjectLockEnabled.Enabled, Rule = new ObjectLockRule { DefaultRetention = retention },
            },
        });
}
