using S3Toolkit.Server.Operations.Configurations;
using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Replication;

/// <summary>The replication of a bucket, told and asked.</summary>
internal static class BucketReplication
{
    public static readonly BucketConfiguration<ReplicationRecord> Kind = new()
    {
        Root = "ReplicationConfiguration",
        Read = static (document, _) => ReplicationReader.Read(document),
        Write = ReplicationWriter.Write,
        Of = static bucket => bucket.Replication,
        With = static (bucket, value) => bucket with { Replication = value },
        Missing = static bucketName => new S3Error(
            "ReplicationConfigurationNotFoundError", 404, "The replication configuration was not found").With("BucketName", bucketName),
    };

    /// <summary>Judged in the step that sets it: versioning may go meanwhile. Destinations are other buckets, and judged before.</summary>
    public static async ValueTask<S3Response> PutAsync(OperationContext context, CancellationToken cancellationToken)
    {
        S3XmlNode document = (await BodyReader.XmlAsync(context, Kind.Root, cancellationToken).ConfigureAwait(false))!;
        ReplicationRecord replication = ReplicationReader.Read(document);
        ReplicationChecks.Check(replication, context.Bucket!);
        foreach (ReplicationRuleRecord rule in replication.Rules)
            await CheckDestinationAsync(context, rule.Destination.BucketName, cancellationToken).ConfigureAwait(false);
        StorageStatus status = await context.Storage.UpdateBucketAsync(
            context.BucketName, bucket =>
            {
                ReplicationChecks.Check(replication, bucket);
                return bucket with { Replication = replication };
            },
            cancellationToken).ConfigureAwait(false);
        status.ThrowUnlessDone(context);
        return S3Response.Ok();
    }

    private static async ValueTask CheckDestinationAsync(OperationContext context, string bucketName, CancellationToken cancellationToken)
    {
        if (context.Options.ReplicationTargets.ContainsKey(bucketName)) return; // of another server
        BucketRecord bucket = await context.Storage.FindBucketAsync(bucketName, cancellationToken).ConfigureAwait(false)
            ?? throw S3Errors.InvalidRequest("Destination bucket must exist.").ToException();
        if (bucket.Versioning != BucketVersioning.Enabled)
            throw S3Errors.InvalidRequest("Destination bucket must have versioning enabled.").ToException();
    }
}
