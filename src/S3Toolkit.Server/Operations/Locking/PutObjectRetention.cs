using S3Toolkit.Server.Access;
using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Locking;

internal static class PutObjectRetention
{
    public static async ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        S3XmlNode document = (await BodyReader.XmlAsync(context, "Retention", cancellationToken, needsDigest: true)
            .ConfigureAwait(false))!;
        RetentionRecord? retention = Read(document, context.Now);
        BodyFacts body = new() { Lock = new ObjectLockRecord(retention) };
        await AccessStage.DemandByBodyAsync(context, "s3:PutObjectRetention", body, cancellationToken).ConfigureAwait(false);
        bool bypasses = ObjectLockHeaders.BypassesGovernance(context, context.Key, body);
        return await LockedObject.ChangeAsync(context, Changed, cancellationToken).ConfigureAwait(false);

        ObjectLockRecord Changed(ObjectLockRecord held)
        {
            RetentionRules.Check(held.Retention, retention, context.ExactNow, bypasses);
            return held with { Retention = retention };
        }
    }

    /// <summary>An empty document takes the retention away, as far as the mode allows it.</summary>
    private static RetentionRecord? Read(S3XmlNode document, DateTimeOffset now)
    {
        if (document.Children.Count == 0) return null;
        RetentionMode mode = LockText.TryParseMode(document.TextOf("Mode")) ?? throw S3Errors.MalformedXml().ToException();
        DateTimeOffset until = WireTime.TryParseIso8601(document.TextOf("RetainUntilDate")?.Trim())
            ?? throw S3Errors.MalformedXml().ToException();
        RetentionRecord retention = new(mode, until);
        RetentionRules.RequireFuture(retention, now, "RetainUntilDate");
        return retention;
    }
}
