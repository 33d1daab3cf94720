using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Locking;

internal static class GetObjectRetention
{
    public static async ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        ObjectRecord record = await LockedObject.FindAsync(context, cancellationToken).ConfigureAwait(false);
        RetentionRecord retention = record.Lock?.Retention ?? throw S3Errors.NoSuchObjectLockConfiguration().ToException();
        S3XmlWriter writer = new();
        writer.Root("Retention");
        writer.Element("Mode", LockText.Of(retention.Mode));
        writer.Element("RetainUntilDate", retention.RetainUntil);
        writer.End("Retention");
        return S3Response.Xml(writer.ToMemory());
    }
}
