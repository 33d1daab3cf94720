using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Lifecycle;

/// <summary>Is a rule about this object?</summary>
internal static class LifecycleFilter
{
    /// <summary>A delete marker has neither tags nor size: a rule that asks for them is about none.</summary>
    public static bool Matches(this LifecycleFilterRecord filter, ObjectRecord record)
    {
        if (!filter.MatchesKey(record.Key)) return false;
        if (record.IsDeleteMarker) return filter.Tags.Count == 0 && !filter.HasSize;
        if (record.Length <= (filter.LargerThanBytes ?? -1) || record.Length >= (filter.SmallerThanBytes ?? long.MaxValue)) return false;
        foreach (TagRecord tag in filter.Tags)
        {
            if (!record.Tags.Contains(tag)) return false;
        }
        return true;
    }

    public static bool MatchesKey(this LifecycleFilterRecord filter, string key) =>
        filter.Prefix is null || key.StartsWith(filter.Prefix, StringComparison.Ordinal);
}
