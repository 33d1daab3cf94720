using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Access;

/// <summary>This file: what a policy can judge only once the body was read.</summary>
internal static partial class AccessStage
{
    /// <summary>
    /// Asks for what <see cref="CheckAsync(OperationContext, Operations.Catalog.S3Operation, CancellationToken)"/> left to the operation:
    /// nothing where the policy has nothing to say of bodies, for then it was asked already.
    /// </summary>
    /// <exception cref="S3ErrorException">AccessDenied.</exception>
    public static async ValueTask DemandByBodyAsync(
        OperationContext context, string action, BodyFacts body, CancellationToken cancellationToken)
    {
        if (!BucketPolicies.AsksForBodies(context.Bucket!)) return;
        if (context.Key.Length == 0)
        {
            if (!May(context, action, "", body: body)) throw Denied();
            return;
        }
        string? versionId = Operations.Input.Parameters.VersionId(context);
        context.Found = await FindAsync(context, context.Bucket!, action, context.Key, versionId, cancellationToken, body)
            .ConfigureAwait(false);
    }
}
