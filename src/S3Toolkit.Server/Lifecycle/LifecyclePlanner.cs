using S3Toolkit.Server.Replication;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Lifecycle;

/// <summary>
/// Rules, versions in the order of a listing, and the time, to what is due: no I/O. It remembers what it must know of one key, never more,
/// so that a bucket of any size can be walked. A key that comes again from its newest version on is planned anew.
/// </summary>
internal sealed class LifecyclePlanner(
    LifecycleRecord rules, BucketVersioning versioning, LifecycleCalendar calendar, DateTimeOffset now, bool isReplicated = false)
{
    /// <summary>The newest version when it is a delete marker: whether it is alone shows when the key ends.</summary>
    private ObjectRecord? _marker;

    /// <summary>When the version before this one came, which is when this one ceased to be current.</summary>
    private DateTimeOffset _superseded;
    private int _noncurrentVersions;

    /// <summary>Older versions that stay.</summary>
    private bool _hasRest;

    public void Add(ListedVersionRecord version, List<LifecycleAction> actions)
    {
        ObjectRecord record = version.Record;
        if (version.IsLatest)
        {
            if (_marker?.Key == record.Key) _marker = null; // the key comes again
            End(actions);
            if (record.IsDeleteMarker) _marker = record;
            else if (!IsHeld(record)) PlanCurrent(record, actions);
        }
        else
        {
            if (!PlanNoncurrent(record, actions)) _hasRest = true;
            _noncurrentVersions++;
        }
        _superseded = record.LastModified;
    }

    /// <summary>The last key is whole.</summary>
    public void End(List<LifecycleAction> actions)
    {
        if (_marker is { } marker && !_hasRest && !IsHeld(marker) && RuleOf(marker, IsDueMarker) is { } rule)
            actions.Add(new(LifecycleActionKind.RemoveVersion, marker, rule.Id));
        (_marker, _noncurrentVersions, _hasRest) = (null, 0, false);
    }

    private void PlanCurrent(ObjectRecord record, List<LifecycleAction> actions)
    {
        LifecycleRuleRecord? expires = RuleOf(record, (rule, item) => IsDue(item, rule.Expiration?.Days, rule.Expiration?.Date));
        // An object that goes for good is not moved first; one that only gets a delete marker is.
        if (expires is null || versioning != BucketVersioning.None)
            PlanTransition(record, actions, rule => rule.Transitions.Where(move => IsDue(record, move.Days, move.Date))
                .Select(static move => move.StorageClass));
        if (expires is not null) actions.Add(new(LifecycleActionKind.ExpireCurrent, record, expires.Id));
    }

    /// <returns>Whether the version goes.</returns>
    private bool PlanNoncurrent(ObjectRecord record, List<LifecycleAction> actions)
    {
        if (IsHeld(record)) return false;
        LifecycleRuleRecord? expires = IsLocked(record)
            ? null
            : RuleOf(record, (rule, _) => rule.NoncurrentExpiration is { } item && IsDueNoncurrent(item.Days, item.KeptVersions));
        if (expires is not null)
        {
            actions.Add(new(LifecycleActionKind.RemoveVersion, record, expires.Id));
            return true;
        }
        if (!record.IsDeleteMarker)
            PlanTransition(record, actions, rule => rule.NoncurrentTransitions
                .Where(move => IsDueNoncurrent(move.Days, move.KeptVersions)).Select(static move => move.StorageClass));
        return false;
    }

    /// <summary>Of the classes that are due, the coldest.</summary>
    private void PlanTransition(ObjectRecord record, List<LifecycleAction> actions, Func<LifecycleRuleRecord, IEnumerable<string>> due)
    {
        (string Class, string RuleId)? coldest = null;
        foreach (LifecycleRuleRecord rule in rules.Rules)
        {
            if (!rule.IsEnabled || !rule.Filter.Matches(record)) continue;
            foreach (string target in due(rule))
            {
                bool isColder = StorageClasses.Coldness(target) > StorageClasses.Coldness(coldest?.Class ?? record.Properties.StorageClass);
                bool isLargeEnough = rule.Filter.HasSize || record.Length >= StorageClasses.MinBytes(rules, target);
                if (isColder && isLargeEnough) coldest = (target, rule.Id);
            }
        }
        if (coldest is { } move) actions.Add(new(LifecycleActionKind.Transition, record, move.RuleId, move.Class));
    }

    private LifecycleRuleRecord? RuleOf(ObjectRecord record, Func<LifecycleRuleRecord, ObjectRecord, bool> isDue)
    {
        foreach (LifecycleRuleRecord rule in rules.Rules)
        {
            if (rule.IsEnabled && rule.Filter.Matches(record) && isDue(rule, record)) return rule;
        }
        return null;
    }

    /// <summary>A rule that expires objects by their age takes lone markers of that age along, as on S3.</summary>
    private bool IsDueMarker(LifecycleRuleRecord rule, ObjectRecord marker) => rule.Expiration is { } expiration
        && (expiration.DeletesLoneMarkers == true || IsDue(marker, expiration.Days, expiration.Date));

    private bool IsDue(ObjectRecord record, int? days, DateTimeOffset? date) =>
        (days is { } count && now >= calendar.DaysAfter(record.LastModified, count)) || (date is { } day && now >= day);

    private bool IsDueNoncurrent(int days, int? keptVersions) =>
        _noncurrentVersions >= (keptVersions ?? 0) && now >= calendar.DaysAfter(_superseded, days);

    /// <summary>As on S3: what is to be replicated is neither moved nor deleted before it is, also when that failed.</summary>
    private bool IsHeld(ObjectRecord record) =>
        isReplicated && record.Replication is (ReplicationStatus.Pending or ReplicationStatus.Failed);

    private bool IsLocked(ObjectRecord record) => record.Lock?.Protects(now, bypassesGovernance: false) ?? false;
}
