using S3Toolkit.Server.Access;
using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Operations.Objects;

internal static class GetObjectAcl
{
    public static async ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        ObjectRecord record = await ObjectFinder.FindAsync(context, cancellationToken).ConfigureAwait(false);
        AclRecord? acl = Ownership.HasAcls(context.Bucket!) ? record.Acl : null;
        return AclXml.Answer(acl, context.OwnerIdOf(record.OwnerId), context).Version(record.VersionId, context);
    }
}
