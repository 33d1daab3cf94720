using S3Toolkit.Server.Access;
using S3Toolkit.Server.Notifications;
using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Replication;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Objects;

internal static class PutObjectTagging
{
    public static async ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        S3XmlNode document = (await BodyReader.XmlAsync(context, "Tagging", cancellationToken).ConfigureAwait(false))!;
        IReadOnlyList<TagRecord> tags = TagReader.FromXml(document.Child("TagSet"), TagReader.MaxObjectTags);
        string action = Parameters.VersionId(context) is null ? "s3:PutObjectTagging" : "s3:PutObjectVersionTagging";
        await AccessStage.DemandByBodyAsync(context, action, new BodyFacts { Tags = tags }, cancellationToken).ConfigureAwait(false);
        return await SetAsync(context, tags, 200, cancellationToken).ConfigureAwait(false);
    }

    public static async ValueTask<S3Response> SetAsync(
        OperationContext context, IReadOnlyList<TagRecord> tags, int status, CancellationToken cancellationToken)
    {
        ObjectRecord found = await ObjectFinder.FindAsync(context, cancellationToken, namesMarkers: true).ConfigureAwait(false);
        ObjectRecord tagged = await ObjectChange.ApplyAsync(
            context, found, record => (record with { Tags = tags }).ReplicatedAgain(context), cancellationToken).ConfigureAwait(false);
        context.Report(status == 204 ? EventNames.TaggingDelete : EventNames.TaggingPut, tagged);
        return new S3Response(status).Version(tagged.VersionId, context);
    }
}
