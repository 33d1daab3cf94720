using S3Toolkit.Server.Replication;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Tests.Replication;

public sealed class ReplicationRulesTests
{
    [TestCase("logs/a", "x", true)]
    [TestCase("other", "x", false)]
    [TestCase("logs/a", "y", false)]
    public void StatusOf_PrefixAndTags_AsksForAll(string key, string tag, bool isPending)
    {
        ReplicationRuleRecord rule = Rule("r", "one", 1) with { Prefix = "logs/", Tags = [new("t", "x")] };

        Assert.That(ReplicationRules.StatusOf(Bucket(rule), Version(key) with { Tags = [new("t", tag)] }),
            Is.EqualTo(isPending ? ReplicationStatus.Pending : (ReplicationStatus?)null));
    }

    [Test]
    public void Of_TwoRulesForOneDestination_TakesTheGreaterPriority()
    {
        BucketRecord bucket = Bucket(Rule("low", "one", 1), Rule("high", "one", 2), Rule("other", "two", 3));

        Assert.That(ReplicationRules.Of(bucket, Version("k")).Select(rule => rule.Id), Is.EqualTo(new[] { "high", "other" }));
    }

    [TestCase(true, true)]
    [TestCase(false, false)]
    public void Of_DeleteMarker_AsksTheRuleThatWins(bool ofWinner, bool isReplicated)
    {
        BucketRecord bucket = Bucket(
            Rule("low", "one", 1) with { DeleteMarkers = true }, Rule("high", "one", 2) with { DeleteMarkers = ofWinner });

        Assert.That(ReplicationRules.Of(bucket, Version("k") with { IsDeleteMarker = true }), Has.Count.EqualTo(isReplicated ? 1 : 0));
    }

    [Test]
    public void Of_DeleteMarkerOfTheFirstVersionOfTheDocument_IsReplicated() => Assert.That(
        ReplicationRules.Of(Bucket(Rule("r", "one", null) with { HasOldPrefix = true }), Version("k") with { IsDeleteMarker = true }),
        Has.Count.EqualTo(1));

    [TestCase(null, false)]
    [TestCase(false, false)]
    [TestCase(true, true)]
    public void Of_KmsObject_IsAskedForByItself(bool? asked, bool isReplicated)
    {
        ObjectProperties properties = new() { Encryption = new EncryptionRecord("aws:kms") { KmsKeyId = "k" } };

        Assert.That(
            ReplicationRules.Of(Bucket(Rule("r", "one", 1) with { KmsObjects = asked }), Version("k") with { Properties = properties }),
            Has.Count.EqualTo(isReplicated ? 1 : 0));
    }

    [Test]
    public void Of_CustomerKeyDisabledRuleOrNoVersions_IsNone()
    {
        ObjectProperties properties = new() { Encryption = new EncryptionRecord("AES256") { IsCustomerKey = true } };

        Assert.That(ReplicationRules.Of(Bucket(Rule("r", "one", 1)), Version("k") with { Properties = properties }), Is.Empty);
        Assert.That(ReplicationRules.Of(Bucket(Rule("r", "one", 1) with { IsEnabled = false }), Version("k")), Is.Empty);
        Assert.That(
            ReplicationRules.Of(Bucket(Rule("r", "one", 1)) with { Versioning = BucketVersioning.Suspended }, Version("k")), Is.Empty);
    }

    private static BucketRecord Bucket(params ReplicationRuleRecord[] rules) => new("source", "us-east-1", default)
    {
        Versioning = BucketVersioning.Enabled, Replication = new ReplicationRecord { Role = "role", Rules = rules },
    };

    private static ReplicationRuleRecord Rule(string id, string destination, int? priority) => new()
    {
        Id = id, IsEnabled = true, Priority = priority,
        Destination = new ReplicationDestinationRecord { BucketArn = "arn:aws:s3:::" + destination },
    };

    private static ObjectRecord Version(string key) => new() { Key = key, LastModified = default };
}
