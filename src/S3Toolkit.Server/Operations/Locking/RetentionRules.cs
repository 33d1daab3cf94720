using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Locking;

/// <summary>What may become of a retention: a pure function of the old one, the new one and the time.</summary>
internal static class RetentionRules
{
    /// <param name="old">Null or over: whatever is asked for may be done.</param>
    /// <param name="asked">Null takes the retention away.</param>
    /// <param name="now">The server's time.</param>
    /// <param name="bypassesGovernance">The caller asked to, and may.</param>
    /// <exception cref="S3ErrorException">AccessDenied: the old one is weakened.</exception>
    public static void Check(RetentionRecord? old, RetentionRecord? asked, DateTimeOffset now, bool bypassesGovernance)
    {
        if (old is null || !old.IsActive(now)) return;
        bool isKept = asked is not null && asked.Mode == old.Mode && asked.RetainUntil >= old.RetainUntil;
        if (isKept || (old.Mode == RetentionMode.Governance && bypassesGovernance)) return;
        throw S3Errors.ObjectIsLocked().ToException();
    }

    /// <exception cref="S3ErrorException">InvalidArgument: it would be over before it began.</exception>
    public static void RequireFuture(RetentionRecord retention, DateTimeOffset now, string argument)
    {
        if (retention.IsActive(now)) return;
        throw S3Errors.InvalidArgument(
            "The retain until date must be in the future!", argument, WireTime.ToIso8601(retention.RetainUntil)).ToException();
    }
}
