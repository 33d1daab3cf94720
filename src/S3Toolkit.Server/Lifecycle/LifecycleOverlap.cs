using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Lifecycle;

/// <summary>Rules of the old form must not do the same to the same keys; those with filters may, and S3 says which one wins.</summary>
internal static class LifecycleOverlap
{
    /// <exception cref="S3ErrorException">InvalidRequest: two prefixes overlap.</exception>
    public static void Check(IReadOnlyList<LifecycleRuleRecord> rules)
    {
        LifecycleRuleRecord[] active = [.. rules.Where(static rule => rule.IsEnabled)];
        for (int i = 1; i < active.Length; i++)
        {
            for (int j = 0; j < i; j++) Check(active[j], active[i]);
        }
    }

    private static void Check(LifecycleRuleRecord first, LifecycleRuleRecord second)
    {
        string one = first.Filter.Prefix ?? "";
        string other = second.Filter.Prefix ?? "";
        bool isOverlap = one.StartsWith(other, StringComparison.Ordinal) || other.StartsWith(one, StringComparison.Ordinal);
        if (!isOverlap || Shared(first, second) is not { } action) return;
        throw S3Errors.InvalidRequest($"Found overlapping prefixes '{one}' and '{other}' for same action type '{action}'").ToException();
    }

    private static string? Shared(LifecycleRuleRecord first, LifecycleRuleRecord second)
    {
        if (first.Expiration is not null && second.Expiration is not null) return "Expiration";
        if (first.Transitions.Any(move => second.Transitions.Any(other => other.StorageClass == move.StorageClass))) return "Transition";
        if (first.NoncurrentExpiration is not null && second.NoncurrentExpiration is not null) return "NoncurrentVersionExpiration";
        bool movesOld = first.NoncurrentTransitions
            .Any(move => second.NoncurrentTransitions.Any(other => other.StorageClass == move.StorageClass));
        if (movesOld) return "NoncurrentVersionTransition";
        return first.AbortAfterDays is not null && second.AbortAfterDays is not null ? "AbortIncompleteMultipartUpload" : null;
    }
}
