using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Buckets;

internal static class PutBucketVersioning
{
    public static async ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        S3XmlNode document = (await BodyReader.XmlAsync(context, "VersioningConfiguration", cancellationToken).ConfigureAwait(false))!;
        BucketVersioning versioning = document.TextOf("Status") switch
        {
            "Enabled" => BucketVersioning.Enabled,
            "Suspended" => BucketVersioning.Suspended,
            null => throw S3Errors.IllegalVersioningConfiguration().ToException(),
            _ => throw S3Errors.MalformedXml().ToException(),
        };
        if (document.TextOf("MfaDelete") == "Enabled") throw S3Errors.NotImplemented("MfaDelete").ToException();
        StorageStatus status = await context.Storage
            .UpdateBucketAsync(context.BucketName, bucket => With(bucket, versioning), cancellationToken)
            .ConfigureAwait(false);
        status.ThrowUnlessDone(context);
        return S3Response.Ok();
    }

    /// <summary>Object lock protects versions, and replication copies them: without them either would be in vain.</summary>
    private static BucketRecord With(BucketRecord bucket, BucketVersioning versioning)
    {
        if (bucket.Replication is not null && versioning == BucketVersioning.Suspended)
        {
            throw S3Errors.InvalidBucketState(
                "A replication configuration is present on this bucket, so you cannot change the versioning state. To change the "
                + "versioning state, first delete the replication configuration.").ToException();
        }
        return bucket.ObjectLock && versioning == BucketVersioning.Suspended
            ? throw S3Errors.InvalidBucketState(
                "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.").ToException()
            : bucket with { Versioning = versioning };
    }
}
