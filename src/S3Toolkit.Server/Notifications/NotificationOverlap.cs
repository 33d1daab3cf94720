namespace S3Toolkit.Server.Notifications;

/// <summary>Can one event be for both of two destinations?</summary>
internal static class NotificationOverlap
{
    public static bool Of(NotificationTargetRecord one, NotificationTargetRecord other)
    {
        string onePrefix = one.Prefix ?? "", otherPrefix = other.Prefix ?? "";
        string oneSuffix = one.Suffix ?? "", otherSuffix = other.Suffix ?? "";
        bool isPrefix = onePrefix.StartsWith(otherPrefix, StringComparison.Ordinal)
            || otherPrefix.StartsWith(onePrefix, StringComparison.Ordinal);
        bool isSuffix = oneSuffix.EndsWith(otherSuffix, StringComparison.Ordinal)
            || otherSuffix.EndsWith(oneSuffix, StringComparison.Ordinal);
        return isPrefix && isSuffix && one.Events.Any(name => other.Events.Any(second => AreSame(name, second)));
    }

    /// <summary>The same event, or one of a kind and the kind.</summary>
    private static bool AreSame(string one, string other) =>
        EventNames.Matches(one, other[3..]) || EventNames.Matches(other, one[3..]);
}
