using S3Toolkit.Server.Access;
using S3Toolkit.Server.Operations.Archiving;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Operations.Input;

/// <summary>The source of a copy, as x-amz-copy-source names it: percent-encoded, with or without a leading slash and a version.</summary>
internal sealed record CopySource(string BucketName, string Key, string? VersionId)
{
    /// <summary>S3: a copy in one request moves at most 5 GiB.</summary>
    private const long MaxCopyBytes = 5L * 1024 * 1024 * 1024;

    public static CopySource Read(OperationContext context)
    {
        string header = context.Header("x-amz-copy-source") ?? "";
        ReadOnlySpan<char> text = header;
        string? versionId = null;
        int query = text.IndexOf("?versionId=");
        if (query >= 0)
        {
            versionId = Parameters.CheckVersionId(text[(query + "?versionId=".Length)..].ToString());
            text = text[..query];
        }
        // Some clients encode the slash between bucket and key too, so decode first.
        if (!PercentEncoding.TryDecode(text, out string? decoded)) throw Malformed("encoding", header);
        decoded = decoded.StartsWith('/') ? decoded[1..] : decoded;
        int slash = decoded.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || slash == decoded.Length - 1) throw Malformed("object key", header);
        if (!BucketNames.IsValid(decoded[..slash])) throw Malformed("bucket name", header);
        CopySource source = new(decoded[..slash], decoded[(slash + 1)..], versionId);
        ObjectKeys.Check(source.Key);
        return source;
    }

    /// <summary>Finds the source and checks its conditions, its key and its size.</summary>
    /// <param name="context">The request.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="withTags">Its tags are wanted too, which takes a permission of its own if there are any.</param>
    public async ValueTask<ObjectRecord> FindAsync(
        OperationContext context, CancellationToken cancellationToken, bool withTags = false)
    {
        BucketRecord bucket = await BucketAsync(context, cancellationToken).ConfigureAwait(false);
        string action = VersionId is null ? "s3:GetObject" : "s3:GetObjectVersion";
        StorageResult<ObjectRecord> found = await AccessStage.FindAsync(context, bucket, action, Key, VersionId, cancellationToken)
            .ConfigureAwait(false);
        if (found.Value is not { } record) throw StorageErrors.Of(found.Status, BucketName, Key, VersionId).ToException();
        if (record.IsDeleteMarker && VersionId is not null)
        {
            throw S3Errors.InvalidRequest(
                "The source of a copy request may not specifically refer to a delete marker by version id.").ToException();
        }
        ObjectFinder.CheckMarker(record, isNamed: false, context.Request.Method);
        if (withTags && record.Tags.Count > 0)
        {
            string tagging = VersionId is null ? "s3:GetObjectTagging" : "s3:GetObjectVersionTagging";
            AccessStage.DemandOf(context, bucket, tagging, record, VersionId);
        }
        Conditions.CheckCopySource(context.Request.Headers, record, context.ExactNow);
        Archive.CheckReadable(record, context.ExactNow, isCopySource: true);
        DataKeys.Check(record.Properties.Encryption, CustomerKey.Read(context.Request.Headers, CustomerKey.CopySourcePrefix));
        return record;
    }

    /// <summary>The data key of the source; null when its bytes are stored as they came.</summary>
    public static byte[]? DataKeyOf(ObjectRecord source, OperationContext context) => DataKeys.ForRead(
        source.Properties.Encryption, CustomerKey.Read(context.Request.Headers, CustomerKey.CopySourcePrefix), context);

    private async ValueTask<BucketRecord> BucketAsync(OperationContext context, CancellationToken cancellationToken)
    {
        BucketRecord bucket = BucketName == context.BucketName
            ? context.Bucket!
            : await context.Storage.FindBucketAsync(BucketName, cancellationToken).ConfigureAwait(false)
                ?? throw S3Errors.NoSuchBucket(BucketName).ToException();
        AccessCheck.RequireOwner(context, bucket, context.Header("x-amz-source-expected-bucket-owner"));
        AccessCheck.RequirePayer(context, bucket);
        return bucket;
    }

    public static void CheckSize(long bytes)
    {
        if (bytes <= MaxCopyBytes) return;
        throw S3Errors.InvalidRequest(
            $"The specified copy source is larger than the maximum allowable size for a copy source: {MaxCopyBytes}").ToException();
    }

    private static S3ErrorException Malformed(string what, string header) =>
        S3Errors.InvalidArgument($"Invalid copy source {what}", "x-amz-copy-source", header).ToException();
}
