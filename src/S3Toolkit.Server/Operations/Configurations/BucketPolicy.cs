using System.Text;
using S3Toolkit.Server.Access;
using S3Toolkit.Server.Access.Policies;
using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Configurations;

/// <summary>The policy of a bucket: kept as the text that was put, so that it comes back to the letter.</summary>
internal static class BucketPolicy
{
    public static ValueTask<S3Response> GetAsync(OperationContext context, CancellationToken cancellationToken)
    {
        RequireOwnersAccount(context);
        string policy = context.Bucket!.Policy ?? throw S3Errors.NoSuchBucketPolicy(context.BucketName).ToException();
        S3Response response = new(200) { Body = new BytesResponseBody(Encoding.UTF8.GetBytes(policy)) };
        return new(response.Header("Content-Type", "application/json"));
    }

    public static async ValueTask<S3Response> PutAsync(OperationContext context, CancellationToken cancellationToken)
    {
        RequireOwnersAccount(context);
        // To whom it may concern, the root of the account, it takes nothing: he is never locked out, whatever he confirms.
        RequireFlag(context, "x-amz-confirm-remove-self-bucket-access");
        ReadOnlyMemory<byte> body = await BodyReader.DocumentAsync(context, cancellationToken).ConfigureAwait(false);
        if (body.Length == 0)
            throw S3Errors.MalformedPolicy("Policies must be valid JSON and the first byte must be '{'").ToException();
        string text = Encoding.UTF8.GetString(body.Span);
        PolicyDocument policy = PolicyReader.Parse(text, context.BucketName);
        bool isPublic = PublicPolicy.IsPublic(policy);
        await SetAsync(context, bucket => bucket with { Policy = RequireAllowed(context, bucket, isPublic, text) }, cancellationToken)
            .ConfigureAwait(false);
        return S3Response.NoContent();
    }

    public static async ValueTask<S3Response> DeleteAsync(OperationContext context, CancellationToken cancellationToken)
    {
        RequireOwnersAccount(context);
        await SetAsync(context, static bucket => bucket with { Policy = null }, cancellationToken).ConfigureAwait(false);
        return S3Response.NoContent();
    }

    public static ValueTask<S3Response> GetStatusAsync(OperationContext context, CancellationToken cancellationToken)
    {
        if (!BucketPolicies.Has(context.Bucket!)) throw S3Errors.NoSuchBucketPolicy(context.BucketName).ToException();
        S3XmlWriter writer = new();
        writer.Root("PolicyStatus");
        writer.Element("IsPublic", BucketPolicies.IsPublic(context.Bucket!));
        writer.End("PolicyStatus");
        return new(S3Response.Xml(writer.ToMemory()));
    }

    /// <summary>Judged in the step that writes it, so that a block which is put at the same time is not missed.</summary>
    private static string RequireAllowed(OperationContext context, BucketRecord bucket, bool isPublic, string text)
    {
        if (!isPublic || bucket.PublicAccessBlock is not { BlockPublicPolicy: true }) return text;
        throw S3Errors.PublicPolicyBlocked(PrincipalNames.UserArn(context.Caller), PolicyResource.Arn(bucket.Name, "")).ToException();
    }

    /// <summary>Whoever a policy lets change it must still be of the account that owns the bucket.</summary>
    private static void RequireOwnersAccount(OperationContext context)
    {
        string? owners = context.Server.Users.FindById(context.BucketOwnerId)?.AccountId;
        if (!Ownership.IsOfAccount(context.Caller, context.BucketOwnerId, owners))
            throw S3Errors.MethodNotAllowed(context.Request.Method, "BUCKETPOLICY").ToException();
    }

    private static void RequireFlag(OperationContext context, string header)
    {
        if (context.Header(header) is { } text && !bool.TryParse(text, out _))
            throw S3Errors.InvalidArgument($"The value of {header} must be true or false", header, text).ToException();
    }

    private static async ValueTask SetAsync(
        OperationContext context, Func<BucketRecord, BucketRecord> change, CancellationToken cancellationToken) =>
        (await context.Storage.UpdateBucketAsync(context.BucketName, change, cancellationToken).ConfigureAwait(false))
            .ThrowUnlessDone(context);
}
