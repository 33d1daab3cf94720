using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Locking;

internal static class GetObjectLegalHold
{
    public static async ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        ObjectRecord record = await LockedObject.FindAsync(context, cancellationToken).ConfigureAwait(false);
        bool isOn = record.Lock?.LegalHold ?? throw S3Errors.NoSuchObjectLockConfiguration().ToException();
        S3XmlWriter writer = new();
        writer.Root("LegalHold");
        writer.Element("Status", LockText.OfHold(isOn));
        writer.End("LegalHold");
        return S3Response.Xml(writer.ToMemory());
    }
}
