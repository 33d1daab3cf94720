using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Buckets;

internal static class ListBuckets
{
    /// <summary>S3: pages of at most 10,000 buckets.</summary>
    private const int MaxPage = 10_000;

    /// <summary>With one of these, S3 tells the region of each bucket.</summary>
    private static readonly string[] Paging = ["max-buckets", "continuation-token", "prefix", "bucket-region"];

    public static async ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        string prefix = context.Query("prefix") ?? "";
        // The token of the page before the first, as paging clients send it.
        string after = context.Query("continuation-token") is "" ? "" : ContinuationToken.Read(context);
        BucketQuery query = new(prefix, after, Region(context), PageSize(context))
        {
            OwnerId = context.Caller.CanonicalId,
            OwnsUnowned = context.Caller.CanonicalId == context.Server.Users.Root.CanonicalId,
        };
        BucketPage page = await context.Storage.ListBucketsAsync(query, cancellationToken).ConfigureAwait(false);
        bool isPaged = Paging.Any(context.Request.Query.Contains);

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

    /// <summary>Unlike other pages, one that is too large is refused.</summary>
    private static int PageSize(OperationContext context)
    {
        int size = Parameters.PageSize(context, "max-buckets", int.MaxValue, min: int.MinValue);
        if (string.IsNullOrEmpty(context.Query("max-buckets"))) return MaxPage;
        if (size is >= 1 and <= MaxPage) return size;
        throw S3Errors.InvalidArgument(
            $"Argument max-buckets must be an integer between 1 and {MaxPage}", "max-buckets", context.Query("max-buckets")).ToException();
    }

    private static string? Region(OperationContext context)
    {
        if (context.Query("bucket-region") is not { Length: > 0 } region) return null;
        bool isName = context.Options.StrictRegions ? AwsRegions.IsName(region) : AwsRegions.IsTolerable(region);
        return isName
            ? region
            : throw S3Errors.InvalidArgument($"Argument value {region} is not a valid AWS Region", "bucket-region").ToException();
    }
}
