using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Lifecycle;

/// <summary>Something that is due.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Record">The version to do it to, as it was when it was planned.</param>
/// <param name="RuleId">The rule that asks for it.</param>
/// <param name="StorageClass">Where a transition goes; null for the others.</param>
internal readonly record struct LifecycleAction(LifecycleActionKind Kind, ObjectRecord Record, string RuleId, string? StorageClass = null);

internal enum LifecycleActionKind
{
    /// <summary>The current object goes: for good without versioning, else under a delete marker.</summary>
    ExpireCurrent,

    /// <summary>A version or a delete marker goes for good.</summary>
    RemoveVersion,

    /// <summary>A version changes its storage class.</summary>
    Transition,
}
