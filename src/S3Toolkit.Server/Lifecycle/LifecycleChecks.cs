using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Lifecycle;

/// <summary>
/// What S3 refuses although it is well-formed: InvalidArgument for a value, InvalidRequest for what does not go together.
/// </summary>
internal static class LifecycleChecks
{
    private const int MaxIdLength = 255;

    /// <summary>S3 keeps at most so many noncurrent versions by number.</summary>
    private const int MaxKeptVersions = 100;

    public static void Check(IReadOnlyList<LifecycleRuleRecord> rules)
    {
        HashSet<string> ids = new(StringComparer.Ordinal);
        bool isOld = rules.Count > 0 && rules[0].HasOldPrefix;
        foreach (LifecycleRuleRecord rule in rules)
        {
            // The first rule says which of the two forms the document has.
            if (rule.HasOldPrefix != isOld)
            {
                throw Request(isOld
                    ? "Filter element can only be used in Lifecycle V2."
                    : "Base level prefix cannot be used in Lifecycle V2, prefixes are only supported in the Filter.");
            }
            if (rule.Id.Length > MaxIdLength) throw Argument("ID length should not exceed allowed limit of 255");
            if (!ids.Add(rule.Id)) throw Argument("Rule ID must be unique. Found same ID for more than one rule");
            CheckFilter(rule);
            CheckDays(rule);
            CheckTransitions(rule);
            CheckNoncurrentTransitions(rule);
        }
        if (isOld) LifecycleOverlap.Check(rules);
    }

    private static void CheckFilter(LifecycleRuleRecord rule)
    {
        LifecycleFilterRecord filter = rule.Filter;
        bool hasAction = rule.Expiration is not null || rule.NoncurrentExpiration is not null || rule.AbortAfterDays is not null
            || rule.Transitions.Count > 0 || rule.NoncurrentTransitions.Count > 0;
        if (!hasAction) throw Request("At least one action needs to be specified in a rule");
        if (filter.Prefix is { Length: > 1024 }) throw Request("The maximum size of a prefix is 1024");
        if (filter.Tags.Select(static tag => tag.Key).Distinct(StringComparer.Ordinal).Count() < filter.Tags.Count)
            throw Request("Duplicate Tag Keys are not allowed.");
        if (filter.LargerThanBytes < 0) throw Request("'ObjectSizeGreaterThan' should be a non-negative integer");
        if (filter.SmallerThanBytes < 1) throw Request("'ObjectSizeLessThan' should be a positive integer");
        if (filter.LargerThanBytes >= filter.SmallerThanBytes)
            throw Request("'ObjectSizeGreaterThan' has to be a value less than 'ObjectSizeLessThan'");
        bool isLone = rule.Expiration?.DeletesLoneMarkers is not null;
        if (isLone && filter.Tags.Count > 0) throw Request("ExpiredObjectDeleteMarker cannot be specified with Tags.");
        if (isLone && filter.HasSize) throw Request("ExpiredObjectDeleteMarker cannot be specified with Object Size.");
        if (rule.AbortAfterDays is null) return;
        if (filter.Tags.Count > 0) throw Request("AbortIncompleteMultipartUpload cannot be specified with Tags.");
        if (filter.HasSize) throw Request("AbortIncompleteMultipartUpload cannot be specified with Object Size.");
    }

    private static void CheckDays(LifecycleRuleRecord rule)
    {
        RequirePositive(rule.Expiration?.Days, "Days", "Expiration");
        RequirePositive(rule.NoncurrentExpiration?.Days, "NoncurrentDays", "NoncurrentVersionExpiration");
        RequireVersions(rule.NoncurrentExpiration?.KeptVersions, "NoncurrentVersionExpiration");
        RequirePositive(rule.AbortAfterDays, "DaysAfterInitiation", "AbortIncompleteMultipartUpload");
        RequireMidnight(rule.Expiration?.Date);
        foreach (TransitionRecord move in rule.Transitions) RequireMidnight(move.Date);
        bool hasKept = rule.NoncurrentExpiration?.KeptVersions is not null
            || rule.NoncurrentTransitions.Any(static move => move.KeptVersions is not null);
        if (hasKept && rule.HasOldPrefix) throw Request("NewerNoncurrentVersions cannot be specified with Prefix. Use Filter instead.");
    }

    private static void CheckTransitions(LifecycleRuleRecord rule)
    {
        ExpirationRecord? expiration = rule.Expiration;
        bool hasDays = rule.Transitions.Any(static move => move.Days is not null) || expiration?.Days is not null;
        bool hasDate = rule.Transitions.Any(static move => move.Date is not null) || expiration?.Date is not null;
        if (hasDays && hasDate && rule.Transitions.Count > 0)
            throw Request($"Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle rule for {Name(rule)}");
        RequireDifferentClasses(rule, rule.Transitions.Select(static move => move.StorageClass), "Transition");
        foreach (TransitionRecord move in rule.Transitions)
        {
            RequireDays(move.Days, move.StorageClass, "Days", "Transition");
            if (expiration?.Days <= move.Days)
                throw Argument($"'Days' in the Expiration action for {Name(rule)} must be greater than 'Days' in the Transition action");
            if (expiration?.Date <= move.Date)
                throw Argument($"'Date' in the Expiration action for {Name(rule)} must be later than 'Date' in the Transition action");
        }
        RequireOrder(rule, rule.Transitions.Where(static move => move.Days is not null)
            .Select(static move => (move.StorageClass, move.Days!.Value)), "Days", "Transition");
    }

    private static void CheckNoncurrentTransitions(LifecycleRuleRecord rule)
    {
        RequireDifferentClasses(rule, rule.NoncurrentTransitions.Select(static move => move.StorageClass), "NoncurrentVersionTransition");
        foreach (NoncurrentTransitionRecord move in rule.NoncurrentTransitions)
        {
            RequireDays(move.Days, move.StorageClass, "NoncurrentDays", "NoncurrentVersionTransition");
            RequireVersions(move.KeptVersions, "NoncurrentVersionTransition");
            if (rule.NoncurrentExpiration?.Days <= move.Days)
                throw Argument(
                    $"'NoncurrentDays' in the NoncurrentVersionExpiration action for {Name(rule)} must be greater than 'NoncurrentDays' in "
                    + "the "
                    + "NoncurrentVersionTransition action");
        }
        RequireOrder(
            rule, rule.NoncurrentTransitions.Select(static move => (move.StorageClass, move.Days)), "NoncurrentDays",
            "NoncurrentVersionTransition");
    }

    private static void RequirePositive(int? value, string element, string action)
    {
        if (value < 1) throw Argument($"'{element}' for {action} action must be a positive integer");
    }

    private static void RequireVersions(int? value, string action)
    {
        RequirePositive(value, "NewerNoncurrentVersions", action);
        if (value > MaxKeptVersions)
            throw Argument($"'NewerNoncurrentVersions' for {action} action must be less than or equal to {MaxKeptVersions}");
    }

    private static void RequireMidnight(DateTimeOffset? date)
    {
        if (date is { } time && time.TimeOfDay != TimeSpan.Zero) throw Argument("'Date' must be at midnight GMT");
    }

    private static void RequireDays(int? days, string storageClass, string element, string action)
    {
        if (days < 0) throw Argument($"'{element}' in {action} action must be nonnegative");
        int min = StorageClasses.MinDays(storageClass);
        if (days < min)
            throw Argument($"'{element}' in {action} action must be greater than or equal to {min} for storageClass '{storageClass}'");
    }

    private static void RequireDifferentClasses(LifecycleRuleRecord rule, IEnumerable<string> classes, string action)
    {
        if (classes.GroupBy(static name => name).Any(static group => group.Count() > 1))
            throw Request($"'StorageClass' must be different for '{action}' actions in same 'Rule' with {Name(rule)}");
    }

    /// <summary>What is moved on was so many days where it was; and it only gets colder.</summary>
    private static void RequireOrder(
        LifecycleRuleRecord rule, IEnumerable<(string StorageClass, int Days)> moves, string element, string action)
    {
        (string StorageClass, int Days)[] ordered = [.. moves.OrderBy(static move => StorageClasses.Coldness(move.StorageClass))];
        for (int i = 1; i < ordered.Length; i++)
        {
            int rest = StorageClasses.MinDays(ordered[i - 1].StorageClass);
            if (ordered[i].Days >= ordered[i - 1].Days + Math.Max(rest, 1)) continue;
            string distance = rest > 0 ? $"{rest} days more than" : "greater than";
            throw Argument(
                $"'{element}' in the '{action}' action for StorageClass '{ordered[i].StorageClass}' for {Name(rule)} must be {distance} "
                + $"{Name(rule)} in the '{action}' action for StorageClass '{ordered[i - 1].StorageClass}'");
        }
    }

    private static string Name(LifecycleRuleRecord rule) =>
        rule.HasOldPrefix ? $"prefix '{rule.Filter.Prefix}'" : $"filter '(prefix={rule.Filter.Prefix})'";

    private static S3ErrorException Argument(string message) => S3Errors.InvalidArgument(message).ToException();

    private static S3ErrorException Request(string message) => S3Errors.InvalidRequest(message).ToException();
}
