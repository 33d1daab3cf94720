using S3Toolkit.Server.Access;
using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Locking;

internal static class PutObjectLegalHold
{
    public static async ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        S3XmlNode document = (await BodyReader.XmlAsync(context, "LegalHold", cancellationToken, needsDigest: true)
            .ConfigureAwait(false))!;
        bool isOn = LockText.TryParseHold(document.TextOf("Status")) ?? throw S3Errors.MalformedXml().ToException();
        BodyFacts body = new() { Lock = new ObjectLockRecord(LegalHold: isOn) };
        await AccessStage.DemandByBodyAsync(context, "s3:PutObjectLegalHold", body, cancellationToken).ConfigureAwait(false);
        return await LockedObject.ChangeAsync(context, held => held with { LegalHold = isOn }, cancellationToken).ConfigureAwait(false);
    }
}
