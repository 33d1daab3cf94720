using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Operations.Objects;

internal static class GetObjectTagging
{
    public static async ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        ObjectRecord record = await ObjectFinder.FindAsync(context, cancellationToken, namesMarkers: true).ConfigureAwait(false);
        return S3Response.Xml(TagWriter.Document(record.Tags)).Version(record.VersionId, context);
    }
}
