using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Lifecycle;

/// <summary>
/// What answers tell of the rules: when the current object, or an unfinished upload, goes and by which rule. The dates are S3's, whole days
/// and midnights, on a server whose days are shortened too: clients compute with them.
/// </summary>
internal static class LifecycleDates
{
    /// <summary>The earliest of the dates; null when no rule expires it.</summary>
    public static (DateTimeOffset Date, string RuleId)? OfExpiration(LifecycleRecord rules, ObjectRecord current)
    {
        (DateTimeOffset Date, string RuleId)? earliest = null;
        foreach (LifecycleRuleRecord rule in rules.Rules)
        {
            if (!rule.IsEnabled || rule.Expiration is not { } expiration || !rule.Filter.Matches(current)) continue;
            DateTimeOffset? date = expiration.Days is { } days
                ? LifecycleCalendar.Aws.DaysAfter(current.LastModified, days)
                : expiration.Date;
            if (date is { } found && (earliest is null || found < earliest.Value.Date)) earliest = (found, rule.Id);
        }
        return earliest;
    }

    /// <summary>The earliest of the dates; null when no rule aborts it.</summary>
    public static (DateTimeOffset Date, string RuleId)? OfAbort(LifecycleRecord rules, UploadRecord upload) =>
        OfAbort(rules, upload, LifecycleCalendar.Aws);

    public static (DateTimeOffset Date, string RuleId)? OfAbort(LifecycleRecord rules, UploadRecord upload, LifecycleCalendar calendar)
    {
        (DateTimeOffset Date, string RuleId)? earliest = null;
        foreach (LifecycleRuleRecord rule in rules.Rules)
        {
            if (!rule.IsEnabled || rule.AbortAfterDays is not { } days || !rule.Filter.MatchesKey(upload.Key)) continue;
            DateTimeOffset date = calendar.DaysAfter(upload.Initiated, days);
            if (earliest is null || date < earliest.Value.Date) earliest = (date, rule.Id);
        }
        return earliest;
    }
}
