using S3Toolkit.Server.Operations.Configurations;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Lifecycle;

/// <summary>The lifecycle rules of a bucket, told and asked.</summary>
internal static class BucketLifecycle
{
    private const string MinimumHeader = "x-amz-transition-default-minimum-object-size";

    private static readonly BucketConfiguration<LifecycleRecord> Kind = new()
    {
        Root = "LifecycleConfiguration",
        Read = Read,
        Write = LifecycleWriter.Write,
        Of = static bucket => bucket.Lifecycle,
        With = static (bucket, rules) => bucket with { Lifecycle = rules },
        Missing = static bucketName => new S3Error(
            "NoSuchLifecycleConfiguration", 404, "The lifecycle configuration does not exist").With("BucketName", bucketName),
    };

    public static async ValueTask<S3Response> GetAsync(OperationContext context, CancellationToken cancellationToken)
    {
        S3Response response = await Kind.GetAsync(context, cancellationToken).ConfigureAwait(false);
        return response.Header(MinimumHeader, Minimum(context.Bucket!.Lifecycle!.VariesByStorageClass));
    }

    public static async ValueTask<S3Response> PutAsync(OperationContext context, CancellationToken cancellationToken)
    {
        S3Response response = await Kind.PutAsync(context, cancellationToken).ConfigureAwait(false);
        context.Server.Lifecycle.RulesChanged();
        return response.Header(MinimumHeader, Minimum(VariesByStorageClass(context)));
    }

    public static ValueTask<S3Response> DeleteAsync(OperationContext context, CancellationToken cancellationToken) =>
        Kind.DeleteAsync(context, cancellationToken);

    private static LifecycleRecord Read(S3XmlNode document, OperationContext context)
    {
        LifecycleRecord rules = new()
        {
            Rules = LifecycleReader.Rules(document), VariesByStorageClass = VariesByStorageClass(context),
        };
        LifecycleChecks.Check(rules.Rules);
        return rules;
    }

    private static bool VariesByStorageClass(OperationContext context) => context.Header(MinimumHeader) switch
    {
        null or "all_storage_classes_128K" => false,
        "varies_by_storage_class" => true,
        string other => throw S3Errors.InvalidRequest("Invalid TransitionDefaultMinimumObjectSize found: " + other).ToException(),
    };

    private static string Minimum(bool varies) => varies ? "varies_by_storage_class" : "all_storage_classes_128K";
}
