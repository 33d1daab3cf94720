using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Buckets;

internal static class ListBuckets
{
    /// <summary>S3: pages of at most 10,000 buckets, and everything when no page is asked for.</summary>
    private const int MaxPage = 10_000;

    public static async ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        string prefix = context.Query("prefix") ?? "";
        string after = ContinuationToken.Read(context);
        BucketQuery query = new(
            prefix, after, context.Query("bucket-region") is { Length: > 0 } region ? region : null,
            Parameters.PageSize(context, "max-buckets", MaxPage, min: 1))
        {
            OwnerId = context.Caller.CanonicalId,
            OwnsUnowned = context.Caller.CanonicalId == context.Server.Users.Root.CanonicalId,
        };
        BucketPage page = await context.Storage.ListBucketsAsync(query, cancellationToken).ConfigureAwait(false);
        bool isPaged = context.Request.Query.Contains("max-buckets") || query.Region is not null || prefix.Length > 0;

        S3XmlWriter writer = new();
        writer.Root("ListAllMyBucketsResult");
        writer.User("Owner", context.Caller.CanonicalId, context);
        writer.Start("Buckets");
        foreach (BucketRecord bucket in page.Buckets)
        {
            writer.Start("Bucket");
            writer.Element("Name", bucket.Name);
            writer.Element("CreationDate", bucket.Created);
            if (isPaged) writer.Element("BucketRegion", bucket.Region);
            writer.End("Bucket");
        }
        writer.End("Buckets");
        if (prefix.Length > 0) writer.Element("Prefix", prefix);
        if (page.IsTruncated) writer.Element("ContinuationToken", ContinuationToken.Write(page.Buckets[^1].Name));
        writer.End("ListAllMyBucketsResult");
        return S3Response.Xml(writer.ToMemory());
    }
}
