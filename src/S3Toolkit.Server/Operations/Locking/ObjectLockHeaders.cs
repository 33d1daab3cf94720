using S3Toolkit.Server.Access;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Replication;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Locking;

/// <summary>The headers of a lock, in requests that write an object and in answers that show one.</summary>
internal static class ObjectLockHeaders
{
    private const string Mode = "x-amz-object-lock-mode";

    private const string RetainUntil = "x-amz-object-lock-retain-until-date";

    private const string LegalHold = "x-amz-object-lock-legal-hold";

    private const string Bypass = "x-amz-bypass-governance-retention";

    /// <summary>The lock that a request asks for; null when it asks for none.</summary>
    /// <exception cref="S3ErrorException">It cannot be read, is over already, or the bucket locks nothing.</exception>
    public static ObjectLockRecord? Read(S3HeaderCollection headers, OperationContext context)
    {
        // A replica may come when its source's retention has ended, by this server's clock.
        RetentionRecord? retention = Retention(headers, ReplicaHeaders.Read(context) is null ? context.Now : DateTimeOffset.MinValue);
        bool? hold = Hold(headers);
        if (retention is null && hold is null) return null;
        return context.Bucket!.ObjectLock
            ? new ObjectLockRecord(retention, hold)
            : throw S3Errors.NoObjectLockOfBucket().ToException();
    }

    /// <summary>The lock of a new version: what was asked for, and the bucket's own retention where none was.</summary>
    public static ObjectLockRecord? OrDefault(this ObjectLockRecord? asked, BucketRecord bucket, DateTimeOffset created)
    {
        if (asked?.Retention is not null || bucket.DefaultRetention is not { } retention) return asked;
        return new ObjectLockRecord(retention.From(created), asked?.LegalHold);
    }

    /// <summary>Whether what is put will be kept for a time: S3 then takes no body without a digest of it.</summary>
    public static void RequireDigest(ObjectLockRecord? held, bool isGuarded, string what)
    {
        if (held is null || isGuarded) return;
        throw S3Errors.InvalidRequest(
            $"Content-MD5 OR x-amz-checksum- HTTP header is required for {what} requests with Object Lock parameters").ToException();
    }

    /// <summary>Whether retentions in governance mode count for a key: the caller says that they do not, and may say so.</summary>
    public static bool BypassesGovernance(OperationContext context, string key, BodyFacts? body = null) =>
        context.Header(Bypass) is { } text && text.Equals("true", StringComparison.OrdinalIgnoreCase)
        && AccessStage.May(context, "s3:BypassGovernanceRetention", key, body: body);

    public static S3Response Lock(this S3Response response, ObjectLockRecord? held)
    {
        if (held is null) return response;
        if (held.Retention is { } retention)
        {
            response.Header(Mode, LockText.Of(retention.Mode)).Header(RetainUntil, WireTime.ToIso8601(retention.RetainUntil));
        }
        return response.Header(LegalHold, held.LegalHold is { } isOn ? LockText.OfHold(isOn) : null);
    }

    private static RetentionRecord? Retention(S3HeaderCollection headers, DateTimeOffset now)
    {
        string? mode = headers[Mode];
        string? until = headers[RetainUntil];
        if (mode is null && until is null) return null;
        if (mode is null || until is null)
        {
            throw S3Errors.InvalidArgument(
                $"{RetainUntil} and {Mode} must both be supplied", mode is null ? RetainUntil : Mode, mode ?? until).ToException();
        }
        RetentionMode parsed = LockText.TryParseMode(mode)
            ?? throw S3Errors.InvalidArgument("Unknown wormMode directive.", Mode, mode).ToException();
        DateTimeOffset time = WireTime.TryParseIso8601(until) ?? throw S3Errors.InvalidArgument(
            "The retain until date must be provided in ISO 8601 format", RetainUntil, until).ToException();
        RetentionRecord retention = new(parsed, time);
        RetentionRules.RequireFuture(retention, now, RetainUntil);
        return retention;
    }

    private static bool? Hold(S3HeaderCollection headers)
    {
        if (headers[LegalHold] is not { } text) return null;
        return LockText.TryParseHold(text)
            ?? throw S3Errors.InvalidArgument("Legal Hold must be either of 'ON' or 'OFF'", LegalHold, text).ToException();
    }
}
