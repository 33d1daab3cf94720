using S3Toolkit.Server.Replication;

namespace S3Toolkit.Server.Storage;

internal readonly record struct DeletionRequest(string Key, string? VersionId, WriteCondition Condition, DateTimeOffset Now)
{
    /// <summary>The time to the tick, by which retentions end; <see cref="Now"/>, that of a delete marker, is in whole seconds.</summary>
    public DateTimeOffset LocksAt { get; init; } = Now;

    /// <summary>The owner of the delete marker that it may leave; null = the bucket's.</summary>
    public string? OwnerId { get; init; }

    /// <summary>A retention in governance mode does not count.</summary>
    public bool BypassesGovernance { get; init; }

    /// <summary>The id of the delete marker, when it is a replica; null draws one.</summary>
    public string? MarkerVersionId { get; init; }

    /// <summary>How far the delete marker that it may leave is replicated; null when no rule is about it.</summary>
    public ReplicationStatus? MarkerReplication { get; init; }

    /// <summary>Whether it may be done to what is there (null = nothing), judged in the same step.</summary>
    public StorageStatus Check(ObjectRecord? target)
    {
        StorageStatus status = Condition.Check(target);
        if (status != StorageStatus.Done) return status;
        // Without a version id a delete marker comes on top, and all versions stay.
        bool isLocked = VersionId is not null && (target?.Lock?.Protects(LocksAt, BypassesGovernance) ?? false);
        return isLocked ? StorageStatus.Locked : StorageStatus.Done;
    }
}
