using S3Toolkit.Server.Lifecycle;
using S3Toolkit.Server.Replication;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Tests.Lifecycle;

public sealed class LifecyclePlannerTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [TestCase(1, 0)]
    [TestCase(2, 1)]
    public void Plan_CurrentObject_ExpiresAtTheMidnightAfterItsDays(int midnights, int expected)
    {
        LifecycleRuleRecord rule = Rule() with { Expiration = new ExpirationRecord(Days: 1) };

        List<LifecycleAction> due = Plan([rule], Start.Date.AddDays(midnights), BucketVersioning.None, [Latest("k")]);

        Assert.That(due, Has.Count.EqualTo(expected));
        Assert.That(due, Is.All.Matches<LifecycleAction>(action => action is { Kind: LifecycleActionKind.ExpireCurrent, RuleId: "r" }));
    }

    [Test]
    public void Plan_DisabledRule_DoesNothing() => Assert.That(
        Plan([Rule() with { IsEnabled = false, Expiration = new(Days: 1) }], Later(100), BucketVersioning.None, [Latest("k")]), Is.Empty);

    [TestCase("logs/a", 10, "x", true)]
    [TestCase("other/a", 10, "x", false)]
    [TestCase("logs/a", 5, "x", false, Description = "greater than is exclusive")]
    [TestCase("logs/a", 20, "x", false, Description = "less than is exclusive")]
    [TestCase("logs/a", 10, "y", false)]
    public void Plan_FilterOfAll_AsksForAll(string key, long length, string tag, bool isDue)
    {
        LifecycleRuleRecord rule = Rule() with
        {
            Expiration = new ExpirationRecord(Days: 1),
            Filter = new LifecycleFilterRecord
            {
                Prefix = "logs/", LargerThanBytes = 5, SmallerThanBytes = 20, Tags = [new("t", "x")], IsAnd = true,
            },
        };
        ListedVersionRecord version = new(Latest(key).Record with { Length = length, Tags = [new("t", tag), new("u", "z")] }, true);

        Assert.That(Plan([rule], Later(9), BucketVersioning.None, [version]), Has.Count.EqualTo(isDue ? 1 : 0));
    }

    [Test]
    public void Plan_NoncurrentVersions_CountsFromTheSuccessorAndKeepsTheNewest()
    {
        LifecycleRuleRecord rule = Rule() with { NoncurrentExpiration = new NoncurrentExpirationRecord(2, KeptVersions: 1) };
        ListedVersionRecord[] versions =
        [
            Latest("k", "v5", 5), Old("k", "v4", 4), Old("k", "v3", 3), Old("k", "v2", 2), Old("k", "v1", 0), Latest("l", "w2", 1),
            Old("l", "w1", 0),
        ];

        // v4 and w1 are each the newest noncurrent one; v3 ceased to be current with v4, on day 4.
        Assert.That(Plan([rule], Later(6), BucketVersioning.Enabled, versions).Select(action => action.Record.VersionId),
            Is.EqualTo(new[] { "v2", "v1" }));
        Assert.That(Plan([rule], Later(7), BucketVersioning.Enabled, versions).Select(action => action.Record.VersionId),
            Is.EqualTo(new[] { "v3", "v2", "v1" }));
    }

    [Test]
    public void Plan_LockedVersion_Stays()
    {
        LifecycleRuleRecord rule = Rule() with { NoncurrentExpiration = new(1), Expiration = new(DeletesLoneMarkers: true) };
        ObjectRecord held = Old("k", "held", 0).Record with { Lock = new ObjectLockRecord(LegalHold: true) };
        RetentionRecord retention = new(RetentionMode.Governance, Later(20));
        ObjectRecord retained = Old("k", "retained", 0).Record with { Lock = new ObjectLockRecord(retention) };
        ListedVersionRecord[] versions = [Marker("k", "m", true), new(held, false), new(retained, false)];

        Assert.That(Plan([rule], Later(9), BucketVersioning.Enabled, versions), Is.Empty);
        Assert.That(Plan([rule], Later(21), BucketVersioning.Enabled, versions).Select(action => action.Record.VersionId),
            Is.EqualTo(new[] { "retained" }));
    }

    [Test]
    public void Plan_LoneDeleteMarker_IsRemovedOnceItIsAlone()
    {
        LifecycleRuleRecord rule = Rule() with { Expiration = new ExpirationRecord(DeletesLoneMarkers: true) };

        Assert.That(Plan([rule], Later(0), BucketVersioning.Enabled, [Marker("k", "m", true), Latest("l")]), Has.Count.EqualTo(1));
        Assert.That(Plan([rule], Later(0), BucketVersioning.Enabled, [Marker("k", "m", true), Old("k", "v", 0), Latest("l")]), Is.Empty);
        Assert.That(Plan([rule], Later(0), BucketVersioning.Enabled, [Latest("a"), Marker("z", "m", true)]), Has.Count.EqualTo(1));
    }

    [Test]
    public void Plan_MarkerWhoseVersionsAllGo_GoesWithThem()
    {
        LifecycleRuleRecord rule = Rule() with { NoncurrentExpiration = new(1), Expiration = new(DeletesLoneMarkers: true) };

        List<LifecycleAction> due = Plan([rule], Later(9), BucketVersioning.Enabled, [Marker("k", "m", true), Old("k", "v", 0)]);

        Assert.That(due.Select(action => action.Record.VersionId), Is.EqualTo(new[] { "v", "m" }));
    }

    [Test]
    public void Plan_KeyThatComesAgainAcrossPages_IsPlannedAnew()
    {
        LifecycleRuleRecord rule = Rule() with
        {
            NoncurrentExpiration = new(1, KeptVersions: 1), Expiration = new(DeletesLoneMarkers: true),
        };
        LifecyclePlanner planner = new(Record([rule]), BucketVersioning.Enabled, LifecycleCalendar.Aws, Later(9));
        List<LifecycleAction> due = [];
        foreach (ListedVersionRecord version in (ListedVersionRecord[])[Marker("k", "m", true), Old("k", "v2", 1), Old("k", "v1", 0)])
            planner.Add(version, due);
        due.Clear(); // v1 is gone: the next page begins at the key's newest version again

        foreach (ListedVersionRecord version in (ListedVersionRecord[])[Marker("k", "m", true), Old("k", "v2", 1)])
            planner.Add(version, due);
        planner.End(due);

        Assert.That(due, Is.Empty);
    }

    [Test]
    public void Plan_ExpirationByDays_TakesLoneMarkersOfThatAge()
    {
        LifecycleRuleRecord rule = Rule() with { Expiration = new ExpirationRecord(Days: 5) };

        Assert.That(Plan([rule], Later(5), BucketVersioning.Enabled, [Marker("k", "m", true)]), Is.Empty);
        Assert.That(Plan([rule], Later(6), BucketVersioning.Enabled, [Marker("k", "m", true)]), Has.Count.EqualTo(1));
    }

    [TestCase("STANDARD", 200_000, "GLACIER")]
    [TestCase("DEEP_ARCHIVE", 200_000, null, Description = "nothing is warmed up")]
    [TestCase("STANDARD", 1000, null, Description = "below 128 KiB")]
    public void Plan_SeveralTransitionsDue_TakesTheColdest(string from, long length, string? expected)
    {
        LifecycleRuleRecord rule = Rule() with { Transitions = [new("STANDARD_IA", 30), new("GLACIER", 60), new("DEEP_ARCHIVE", 90)] };
        ObjectRecord record = Latest("k").Record with { Length = length, Properties = new ObjectProperties { StorageClass = from } };

        List<LifecycleAction> due = Plan([rule], Later(70), BucketVersioning.None, [new(record, true)]);

        Assert.That(due.Select(action => action.StorageClass), Is.EqualTo(expected is null ? [] : new[] { expected }));
    }

    [Test]
    public void Plan_SmallObject_IsMovedByASizeOfTheRulesOwnOrByTheOlderMinimum()
    {
        LifecycleRuleRecord rule = Rule() with { Transitions = [new("GLACIER", 1)] };
        LifecycleRuleRecord sized = rule with { Filter = new LifecycleFilterRecord { LargerThanBytes = 0 } };
        ListedVersionRecord small = new(Latest("k").Record with { Length = 1000 }, true);

        Assert.That(Plan([rule], Later(9), BucketVersioning.None, [small]), Is.Empty);
        Assert.That(Plan([sized], Later(9), BucketVersioning.None, [small]), Has.Count.EqualTo(1));
        List<LifecycleAction> due = [];
        new LifecyclePlanner(
            Record([rule]) with { VariesByStorageClass = true }, BucketVersioning.None, LifecycleCalendar.Aws, Later(9)).Add(small, due);
        Assert.That(due, Has.Count.EqualTo(1));
    }

    [Test]
    public void Plan_TransitionAndExpiration_MovesOnlyWhatStays()
    {
        LifecycleRuleRecord rule = Rule() with { Transitions = [new("GLACIER", 1)], Expiration = new(Days: 2) };
        ListedVersionRecord large = new(Latest("k").Record with { Length = 200_000 }, true);

        Assert.That(Plan([rule], Later(9), BucketVersioning.None, [large]).Select(action => action.Kind),
            Is.EqualTo(new[] { LifecycleActionKind.ExpireCurrent }));
        Assert.That(Plan([rule], Later(9), BucketVersioning.Enabled, [large]).Select(action => action.Kind),
            Is.EqualTo(new[] { LifecycleActionKind.Transition, LifecycleActionKind.ExpireCurrent }));
    }

    [TestCase("Pending", true, 0)]
    [TestCase("Failed", true, 0)]
    [TestCase("Completed", true, 4)]
    [TestCase("Replica", true, 4)]
    [TestCase("Failed", false, 4, Description = "the bucket replicates no more")]
    public void Plan_BucketThatReplicates_WaitsForTheReplica(string status, bool isReplicated, int expected)
    {
        LifecycleRuleRecord rule = Rule() with
        {
            Expiration = new(Days: 2), Transitions = [new("GLACIER", 1)], NoncurrentExpiration = new(1, null),
        };
        ObjectRecord large = Latest("k").Record with { Length = 200_000, Replication = Enum.Parse<ReplicationStatus>(status) };
        ListedVersionRecord[] versions =
        [
            new(large, true), new(large with { VersionId = "old" }, false), new(large with { Key = "lone", IsDeleteMarker = true }, true),
        ];

        List<LifecycleAction> due = Plan([rule], Later(9), BucketVersioning.Enabled, versions, isReplicated);

        Assert.That(due, Has.Count.EqualTo(expected));
    }

    private static List<LifecycleAction> Plan(
        LifecycleRuleRecord[] rules, DateTimeOffset now, BucketVersioning versioning, ListedVersionRecord[] versions,
        bool isReplicated = false)
    {
        LifecyclePlanner planner = new(Record(rules), versioning, LifecycleCalendar.Aws, now, isReplicated);
        List<LifecycleAction> due = [];
        foreach (ListedVersionRecord version in versions) planner.Add(version, due);
        planner.End(due);
        return due;
    }

    private static LifecycleRecord Record(LifecycleRuleRecord[] rules) => new() { Rules = rules };

    private static LifecycleRuleRecord Rule() => new() { Id = "r", IsEnabled = true };

    /// <summary>Midnight so many days after the first day.</summary>
    private static DateTimeOffset Later(int days) => Start.Date.AddDays(days);

    private static ListedVersionRecord Latest(string key, string versionId = "null", int day = 0) =>
        new(Version(key, versionId, day), true);

    private static ListedVersionRecord Old(string key, string versionId, int day) => new(Version(key, versionId, day), false);

    private static ListedVersionRecord Marker(string key, string versionId, bool isLatest) =>
        new(Version(key, versionId, 0) with { IsDeleteMarker = true }, isLatest);

    private static ObjectRecord Version(string key, string versionId, int day) =>
        new() { Key = key, VersionId = versionId, LastModified = Start.AddDays(day), Length = 1 };
}
