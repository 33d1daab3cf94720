using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Input;

/// <summary>The list that a PUT of an ACL brings: as a name, as single grants, or as a document.</summary>
internal static class AclInput
{
    /// <returns>The list; null = private.</returns>
    /// <exception cref="S3ErrorException">What S3 refuses: two forms at once, none of them, or one that is wrong.</exception>
    public static async ValueTask<AclRecord?> ReadAsync(
        OperationContext context, bool isObject, string ownerId, CancellationToken cancellationToken)
    {
        AclHeaders? headers = AclHeaders.Read(context.Request.Headers);
        S3XmlNode? document = await DocumentAsync(context, cancellationToken).ConfigureAwait(false);
        if (headers is not null)
        {
            if (document is not null) throw S3Errors.UnexpectedContent().ToException();
            return headers.Resolve(context.Server.Users, isObject, ownerId, context.BucketOwnerId);
        }
        if (document is null) throw S3Errors.MissingSecurityHeader().With("MissingHeaderName", "x-amz-acl").ToException();
        return AclXml.Read(document, context.Server.Users, ownerId);
    }

    private static async ValueTask<S3XmlNode?> DocumentAsync(OperationContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await BodyReader.XmlAsync(context, AclXml.Root, cancellationToken, isRequired: false).ConfigureAwait(false);
        }
        catch (S3ErrorException exception) when (exception.Error.Code == S3Errors.MalformedXml().Code)
        {
            throw new S3ErrorException(S3Errors.MalformedAcl(), exception); // this document alone has a code of its own
        }
    }
}
