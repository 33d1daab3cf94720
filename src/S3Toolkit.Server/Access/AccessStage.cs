using S3Toolkit.Server.Operations.Catalog;
using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Access;

/// <summary>The access stage: gathers what the evaluator has to know, asks it, and refuses.</summary>
internal static partial class AccessStage
{
    /// <summary>Before an operation runs. One without an action in the catalog asks for its permissions itself.</summary>
    /// <exception cref="S3ErrorException">AccessDenied.</exception>
    public static ValueTask CheckAsync(OperationContext context, S3Operation operation, CancellationToken cancellationToken)
    {
        if (operation.Action is not { } action) return default;
        if (context.Bucket is null)
        {
            // The service, and a bucket that is not there yet: everybody with a name may list and make his own.
            return context.Caller.IsAnonymous ? throw Denied() : default;
        }
        if (context.Caller.IsAnonymous && operation.AnonymousRefusal is { } refusal) throw S3Errors.AccessDenied(refusal).ToException();
        return IsPlainlyOwn(context, context.Bucket) ? default : CheckAsync(context, operation, action, cancellationToken);
    }

    /// <summary>A permission for the request's own key, or for its bucket.</summary>
    /// <exception cref="S3ErrorException">AccessDenied.</exception>
    public static void Demand(OperationContext context, string action, bool isNewObject = false)
    {
        if (!May(context, action, context.Key, isNewObject)) throw Denied();
    }

    /// <summary>Whether the caller has a permission for a key, or for the bucket ("").</summary>
    public static bool May(OperationContext context, string action, string key, bool isNewObject = false, BodyFacts? body = null) =>
        IsPlainlyOwn(context, context.Bucket!)
        || AccessEvaluator.Allows(Ask(context, context.Bucket!, action, key) with { IsNewObject = isNewObject, Body = body });

    /// <summary>A permission for an object that was found.</summary>
    /// <exception cref="S3ErrorException">AccessDenied.</exception>
    public static void DemandOf(OperationContext context, BucketRecord bucket, string action, ObjectRecord record, string? versionId)
    {
        if (IsPlainlyOwn(context, bucket)) return;
        AccessQuestion question = Ask(context, bucket, action, record.Key) with { Object = record, VersionId = versionId };
        if (!AccessEvaluator.Allows(question)) throw Denied();
    }

    /// <summary>All that writing an object by a form takes, by its fields.</summary>
    /// <exception cref="S3ErrorException">AccessDenied.</exception>
    public static void DemandPost(OperationContext context, string key, S3HeaderCollection fields) =>
        DemandWrite(context, key, fields, createsObject: true, isForm: true);

    /// <summary>All that writing an object takes, by its headers or the fields of its form.</summary>
    private static void DemandWrite(
        OperationContext context, string key, S3HeaderCollection headers, bool createsObject, bool isForm = false,
        UploadRecord? upload = null)
    {
        if (IsPlainlyOwn(context, context.Bucket!)) return;
        AccessQuestion question = Ask(context, context.Bucket!, "s3:PutObject", key) with
        {
            IsNewObject = true, CreatesObject = createsObject, Request = RequestFacts.Of(context, isForm ? headers : null),
            Upload = upload,
        };
        if (!AccessEvaluator.Allows(question)) throw Denied();
        foreach (string action in isForm ? WriteActions.Of(headers, "acl", "tagging") : WriteActions.Of(headers))
        {
            if (!AccessEvaluator.Allows(question with { Action = action })) throw Denied();
        }
    }

    /// <summary>Deleting a key, or one version of it.</summary>
    /// <exception cref="S3ErrorException">AccessDenied.</exception>
    public static async ValueTask DemandDeleteAsync(
        OperationContext context, string key, string? versionId, CancellationToken cancellationToken)
    {
        BucketRecord bucket = context.Bucket!;
        if (IsPlainlyOwn(context, bucket)) return;
        string action = versionId is null ? "s3:DeleteObject" : "s3:DeleteObjectVersion";
        AccessQuestion question = Ask(context, bucket, action, key) with { VersionId = versionId };
        // Who owns an object in another's bucket may delete it, when he may write there.
        if (!question.IsBucketOwner && Ownership.HasAcls(bucket))
        {
            StorageResult<ObjectRecord> found = await context.Storage.FindAsync(bucket.Name, key, versionId, cancellationToken)
                .ConfigureAwait(false);
            question = question with { Object = found.Value };
        }
        if (!AccessEvaluator.Allows(question)) throw Denied();
    }

    /// <summary>Finds an object that the caller may use so. To those who may not list, a missing one is a forbidden one.</summary>
    /// <exception cref="S3ErrorException">AccessDenied.</exception>
    public static async ValueTask<StorageResult<ObjectRecord>> FindAsync(
        OperationContext context, BucketRecord bucket, string action, string key, string? versionId, CancellationToken cancellationToken,
        BodyFacts? body = null)
    {
        StorageResult<ObjectRecord> found = await context.Storage.FindAsync(bucket.Name, key, versionId, cancellationToken)
            .ConfigureAwait(false);
        if (IsPlainlyOwn(context, bucket)) return found;
        AccessQuestion question = Ask(context, bucket, action, key) with { VersionId = versionId, Body = body };
        if (found.Value is { IsDeleteMarker: false } record)
            return AccessEvaluator.Allows(question with { Object = record }) ? found : throw Denied();
        // With lists, there is none that could be asked; without, the action is denied whether or not there is an object.
        bool mayAsk = Ownership.HasAcls(bucket) || AccessEvaluator.Allows(question);
        string listing = versionId is null ? "s3:ListBucket" : "s3:ListBucketVersions";
        return mayAsk && AccessEvaluator.Allows(question with { Action = listing, Key = "" }) ? found : throw Denied();
    }

    private static async ValueTask CheckAsync(
        OperationContext context, S3Operation operation, string action, CancellationToken cancellationToken)
    {
        // The operation asks, once it has read its body.
        if (BodyFacts.IsOf(operation) && BucketPolicies.AsksForBodies(context.Bucket!)) return;
        switch (action)
        {
            case "s3:PutObject":
                UploadRecord? upload = await UploadOfAsync(context, cancellationToken).ConfigureAwait(false);
                DemandWrite(
                    context, context.Key, context.Request.Headers, operation.Has(OperationTraits.CreatesObject), upload: upload);
                break;
            case "s3:DeleteObject":
                await DemandDeleteAsync(context, context.Key, Parameters.VersionId(context), cancellationToken).ConfigureAwait(false);
                break;
            case "s3:AbortMultipartUpload" or "s3:ListMultipartUploadParts":
                await DemandUploadAsync(context, action, cancellationToken).ConfigureAwait(false);
                break;
            default:
                if (operation.Scope == OperationScope.Bucket) DemandOfBucket(context, operation, action);
                else await DemandObjectAsync(context, operation, cancellationToken).ConfigureAwait(false);
                break;
        }
    }

    private static void DemandOfBucket(OperationContext context, S3Operation operation, string action)
    {
        if (May(context, action, "")) return;
        S3Error denied = S3Errors.AccessDenied();
        // Who asks for a bucket's head learns where it is, even when that is all he may know: SDKs look for regions so.
        throw (operation.Name == "HeadBucket" ? denied.WithHeader("x-amz-bucket-region", context.Bucket!.Region) : denied).ToException();
    }

    private static async ValueTask DemandObjectAsync(OperationContext context, S3Operation operation, CancellationToken cancellationToken)
    {
        string? versionId = Parameters.VersionId(context);
        string action = versionId is null ? operation.Action! : operation.VersionAction ?? operation.Action!;
        context.Found = await FindAsync(context, context.Bucket!, action, context.Key, versionId, cancellationToken).ConfigureAwait(false);
        DemandFurther(context, action, versionId);
    }

    /// <summary>What takes a second permission beside that of its operation.</summary>
    private static void DemandFurther(OperationContext context, string action, string? versionId)
    {
        string? further = action switch
        {
            "s3:GetObjectAttributes" => "s3:GetObject",
            "s3:GetObjectVersionAttributes" => "s3:GetObjectVersion",
            _ => null,
        };
        if (further is not null && context.Found?.Value is { } record) DemandOf(context, context.Bucket!, further, record, versionId);
    }

    /// <summary>The upload that a part belongs to, when a policy may ask how it was started.</summary>
    private static async ValueTask<UploadRecord?> UploadOfAsync(OperationContext context, CancellationToken cancellationToken)
    {
        if (context.Query("uploadId") is not { Length: > 0 } uploadId || !BucketPolicies.Has(context.Bucket!)) return null;
        return (await context.Storage.FindUploadAsync(context.BucketName, context.Key, uploadId, cancellationToken).ConfigureAwait(false))
            .Value;
    }

    private static async ValueTask DemandUploadAsync(OperationContext context, string action, CancellationToken cancellationToken)
    {
        StorageResult<UploadRecord> upload = await context.Storage
            .FindUploadAsync(context.BucketName, context.Key, Parameters.UploadId(context), cancellationToken).ConfigureAwait(false);
        AccessQuestion question = Ask(context, context.Bucket!, action, context.Key) with { InitiatorId = upload.Value?.InitiatorId };
        if (!AccessEvaluator.Allows(question)) throw Denied();
    }

    /// <summary>Nothing but ownership counts, and the caller is the owner: nearly all requests end here.</summary>
    private static bool IsPlainlyOwn(OperationContext context, BucketRecord bucket) =>
        context.Caller.CanonicalId == context.Server.OwnerIdOf(bucket) && AccessEvaluator.IsPlain(bucket);

    private static AccessQuestion Ask(OperationContext context, BucketRecord bucket, string action, string key)
    {
        string ownerId = context.Server.OwnerIdOf(bucket);
        return new AccessQuestion
        {
            Caller = context.Caller,
            Action = action,
            Bucket = bucket,
            BucketOwnerId = ownerId,
            BucketAccountId = context.Server.Users.FindById(ownerId)?.AccountId ?? "",
            Key = key,
            Request = RequestFacts.Of(context),
        };
    }

    private static S3ErrorException Denied() => S3Errors.AccessDenied().ToException();
}
