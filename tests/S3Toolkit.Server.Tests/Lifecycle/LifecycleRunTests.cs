using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Lifecycle;

public sealed class LifecycleRunTests(ServerMode mode) : ServerFixture(mode)
{
    [Test]
    public async Task Run_CurrentObjects_GoWhenTheirDaysAreOver()
    {
        await PutRulesAsync(Rule("r", "logs/", rule => rule.Expiration = new LifecycleRuleExpiration { Days = 3 }));
        await PutAsync("logs/a", "x");
        await PutAsync("kept", "x");
        Server.Clock.Advance(TimeSpan.FromDays(2));
        await PutAsync("logs/b", "x");

        S3LifecycleRun early = await Server.RunLifecycleAsync();
        Server.Clock.Advance(TimeSpan.FromDays(2));
        await RunUntilQuietAsync();

        Assert.That(early.Removed, Is.Zero);
        Assert.That(await KeysAsync(), Is.EqualTo(new[] { "kept", "logs/b" }));
    }

    [Test]
    public async Task Run_WithVersions_HidesThenRemovesThenTakesTheMarker()
    {
        await EnableVersioningAsync();
        await PutAsync("k", "1");
        await PutAsync("k", "2");
        await PutRulesAsync(Rule("r", "", rule =>
        {
            rule.Expiration = new LifecycleRuleExpiration { Days = 1 };
            rule.NoncurrentVersionExpiration = new LifecycleRuleNoncurrentVersionExpiration { NoncurrentDays = 5 };
        }));

        Server.Clock.Advance(TimeSpan.FromDays(2));
        await RunUntilQuietAsync();
        List<S3ObjectVersion> hidden = await VersionsAsync();
        Server.Clock.Advance(TimeSpan.FromDays(7));
        await RunUntilQuietAsync();
        List<S3ObjectVersion> gone = await VersionsAsync();

        Assert.That(hidden.Select(version => (version.IsDeleteMarker == true, version.IsLatest == true)),
            Is.EqualTo(new[] { (true, true), (false, false), (false, false) }));
        Assert.That(gone, Is.Empty);
    }

    [Test]
    public async Task Run_Transition_ChangesTheStorageClassAndNothingElse()
    {
        await PutAsync("k", new string('x', 200_000));
        GetObjectMetadataResponse before = await Client.GetObjectMetadataAsync(Bucket, "k");
        await PutRulesAsync(Rule("r", "", rule => rule.Transitions =
            [new LifecycleTransition { Days = 1, StorageClass = S3StorageClass.GlacierInstantRetrieval }]));
        Server.Clock.Advance(TimeSpan.FromDays(3));

        await RunUntilQuietAsync();

        GetObjectMetadataResponse after = await Client.GetObjectMetadataAsync(Bucket, "k");
        Assert.That((before.StorageClass, after.StorageClass), Is.EqualTo(((S3StorageClass?)null, S3StorageClass.GlacierInstantRetrieval)));
        Assert.That((after.ETag, after.LastModified, after.ContentLength), Is.EqualTo((before.ETag, before.LastModified, 200_000)));
    }

    [Test]
    public async Task Run_UnfinishedUploads_AreAbortedAndToldBefore()
    {
        await PutRulesAsync(Rule("parts of mine", "u/", rule => rule.AbortIncompleteMultipartUpload =
            new LifecycleRuleAbortIncompleteMultipartUpload { DaysAfterInitiation = 2 }));
        InitiateMultipartUploadResponse upload = await Client.InitiateMultipartUploadAsync(Bucket, "u/k");
        InitiateMultipartUploadResponse other = await Client.InitiateMultipartUploadAsync(Bucket, "k");
        ListPartsResponse parts = await Client.ListPartsAsync(Bucket, "u/k", upload.UploadId);
        Server.Clock.Advance(TimeSpan.FromDays(4));

        await RunUntilQuietAsync();

        DateTime midnight = (Server.Clock.GetUtcNow() - Server.Clock.Offset).UtcDateTime.Date.AddDays(3);
        Assert.That(upload.AbortDate!.Value.ToUniversalTime(), Is.EqualTo(midnight).Or.EqualTo(midnight.AddDays(-1)));
        Assert.That((upload.AbortRuleId, parts.AbortRuleId), Is.EqualTo(("parts%20of%20mine", "parts%20of%20mine")));
        Assert.That(other.AbortRuleId, Is.Null);
        ListMultipartUploadsResponse left = await Client.ListMultipartUploadsAsync(Bucket);
        Assert.That(left.MultipartUploads.Select(item => item.Key), Is.EqualTo(new[] { "k" }));
    }

    [Test]
    public async Task PutGetHead_ObjectThatExpires_TellsWhenAndByWhichRule()
    {
        await PutRulesAsync(
            Rule("late", "", rule => rule.Expiration = new LifecycleRuleExpiration { Days = 9 }),
            Rule("soon", "e/", rule => rule.Expiration = new LifecycleRuleExpiration { Days = 1 }));
        DateTime before = Server.Clock.GetUtcNow().UtcDateTime.Date;

        PutObjectResponse put = await PutAsync("e/k", "x");
        GetObjectMetadataResponse head = await Client.GetObjectMetadataAsync(Bucket, "e/k");
        using GetObjectResponse get = await Client.GetObjectAsync(Bucket, "e/k");

        Assert.That(put.Expiration.RuleId, Is.EqualTo("soon"));
        Assert.That(put.Expiration.ExpiryDate.ToUniversalTime(), Is.EqualTo(before.AddDays(2)).Or.EqualTo(before.AddDays(3)));
        Assert.That((head.Expiration.RuleId, get.Expiration.RuleId), Is.EqualTo(("soon", "soon")));
        Assert.That((await PutAsync("k", "x")).Expiration.RuleId, Is.EqualTo("late"));
    }

    [Test]
    public async Task Advance_PastAMidnight_RunsTheRulesByItself()
    {
        await PutRulesAsync(Rule("r", "", rule => rule.Expiration = new LifecycleRuleExpiration { Days = 1 }));
        await PutAsync("k", "x");

        Server.Clock.Advance(TimeSpan.FromDays(3));

        while ((await KeysAsync()).Count > 0) await Task.Yield();
    }

    private static LifecycleRule Rule(string id, string prefix, Action<LifecycleRule> configure)
    {
        LifecycleRule rule = new()
        {
            Id = id, Status = LifecycleRuleStatus.Enabled,
            Filter = new LifecycleFilter { LifecycleFilterPredicate = new LifecyclePrefixPredicate { Prefix = prefix } },
        };
        configure(rule);
        return rule;
    }

    private Task PutRulesAsync(params LifecycleRule[] rules) =>
        Client.PutLifecycleConfigurationAsync(Bucket, new LifecycleConfiguration { Rules = [.. rules] });

    /// <summary>Until a run finds nothing: each may make something due for the next.</summary>
    private async Task RunUntilQuietAsync()
    {
        while (await Server.RunLifecycleAsync() is not { Removed: 0, Hidden: 0, Transitioned: 0, AbortedUploads: 0 })
        {
        }
    }

    private async Task<List<string>> KeysAsync() =>
        [.. ((await Client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket })).S3Objects ?? []).Select(item => item.Key)];

    private async Task<List<S3ObjectVersion>> VersionsAsync() =>
        (await Client.ListVersionsAsync(new ListVersionsRequest { BucketName = Bucket })).Versions ?? [];
}
