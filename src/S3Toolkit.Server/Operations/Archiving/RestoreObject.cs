using S3Toolkit.Server.Notifications;
using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Archiving;

internal static class RestoreObject
{
    public static async ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        S3XmlNode document = (await BodyReader.XmlAsync(context, "RestoreRequest", cancellationToken).ConfigureAwait(false))!;
        RestoreRequest request = RestoreRequest.Read(document);
        ObjectRecord found = await ObjectFinder.FindAsync(context, cancellationToken).ConfigureAwait(false);
        bool wasReadable = false;
        ObjectRecord restored = await ObjectChange.ApplyAsync(context, found, Restored, cancellationToken).ConfigureAwait(false);
        context.Report(EventNames.RestorePost, restored);
        if (!wasReadable && restored.Restore!.IsReadable(context.ExactNow)) context.Report(EventNames.RestoreCompleted, restored);
        context.Server.Restores.Add(context.BucketName, restored);
        return new S3Response(wasReadable ? 200 : 202);

        ObjectRecord Restored(ObjectRecord record)
        {
            wasReadable = record.Restore?.IsReadable(context.ExactNow) ?? false;
            return record with { Restore = request.Next(record, context.ExactNow, context.Options.RestoreDelay) };
        }
    }
}
