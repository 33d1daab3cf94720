using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Objects;

internal static class ListObjects
{
    public static async ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        bool isUrl = Parameters.IsUrlEncoded(context);
        string marker = context.Query("marker") ?? "";
        ObjectQuery query = new(
            context.Query("prefix") ?? "", context.Query("delimiter") ?? "", marker, Parameters.PageSize(context, "max-keys"));
        ObjectPage page = (await context.Storage.ListAsync(context.BucketName, query, cancellationToken).ConfigureAwait(false))
            .ValueOrThrow(context);

        S3XmlWriter writer = ListingWriter.Create(page.Objects.Count);
        writer.Root("ListBucketResult");
        writer.Element("Name", context.BucketName);
        writer.Key("Prefix", query.Prefix, isUrl);
        writer.Key("Marker", marker, isUrl);
        // S3 tells the next marker with a delimiter only; without one, clients take the last key.
        if (page.IsTruncated && query.Delimiter.Length > 0) writer.Key("NextMarker", page.Last, isUrl);
        writer.Element("MaxKeys", query.Limit);
        if (query.Delimiter.Length > 0) writer.Key("Delimiter", query.Delimiter, isUrl);
        if (isUrl) writer.Element("EncodingType", "url");
        writer.Element("IsTruncated", page.IsTruncated);
        writer.Contents(page, isUrl, context, withOwner: true);
        writer.CommonPrefixes(page.CommonPrefixes, isUrl);
        writer.End("ListBucketResult");
        return S3Response.Xml(writer.ToMemory()).Header("x-amz-bucket-region", context.Bucket!.Region);
    }
}
