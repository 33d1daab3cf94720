using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Lifecycle;

/// <summary>The dates of the rules as headers of an answer.</summary>
internal static class LifecycleHeaders
{
    /// <summary>When the object expires. Only the current one has such a date: a version that was asked for by its id has none.</summary>
    public static S3Response Expiration(this S3Response response, ObjectRecord record, OperationContext context)
    {
        if (context.Bucket?.Lifecycle is not { } rules || context.Query("versionId") is not null) return response;
        return LifecycleDates.OfExpiration(rules, record) is { } found
            ? response.Header(
                "x-amz-expiration", $"expiry-date=\"{WireTime.ToHttpDate(found.Date)}\", rule-id=\"{Uri.EscapeDataString(found.RuleId)}\"")
            : response;
    }

    public static S3Response Abort(this S3Response response, UploadRecord upload, OperationContext context)
    {
        if (context.Bucket?.Lifecycle is not { } rules || LifecycleDates.OfAbort(rules, upload) is not { } found) return response;
        return response.Header("x-amz-abort-date", WireTime.ToHttpDate(found.Date))
            .Header("x-amz-abort-rule-id", Uri.EscapeDataString(found.RuleId));
    }
}
