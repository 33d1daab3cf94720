using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Locking;

internal static class PutObjectLegalHold
{
    public static async ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        S3XmlNode document = (await BodyReader.XmlAsync(context, "LegalHold", cancellationToken, needsDigest: true)
            .ConfigureAwait(false))!;
        bool isOn = LockText.TryParseHold(document.TextOf("Status")) ?? throw S3Errors.MalformedXml().ToException();
        return await LockedObject.ChangeAsync(context, held => held with { LegalHold = isOn }, cancellationToken).ConfigureAwait(false);
    }
}
