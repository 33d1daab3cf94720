using S3Toolkit.Server.Operations.Archiving;
using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Operations.Objects;

internal static class GetObject
{
    public static async ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        ObjectRecord record = await ObjectFinder.FindAsync(context, cancellationToken).ConfigureAwait(false);
        Archive.CheckReadable(record, context.ExactNow);
        return await ObjectAnswer.OfAsync(context, record, withBody: true, cancellationToken).ConfigureAwait(false);
    }
}
