using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Objects;

internal static class ListObjectsV2
{
    public static async ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        bool isUrl = Parameters.IsUrlEncoded(context);
        string token = ContinuationToken.Read(context);
        string? startAfter = context.Query("start-after");
        ObjectQuery query = new(
            context.Query("prefix") ?? "", context.Query("delimiter") ?? "", token.Length > 0 ? token : startAfter ?? "",
            Parameters.PageSize(context, "max-keys"));
        ObjectPage page = (await context.Storage.ListAsync(context.BucketName, query, cancellationToken).ConfigureAwait(false))
            .ValueOrThrow(context);
        bool fetchOwner = context.Query("fetch-owner") == "true";

        S3XmlWriter writer = ListingWriter.Create(page.Objects.Count);
        writer.Root("ListBucketResult");
        writer.Element("Name", context.BucketName);
        writer.Key("Prefix", query.Prefix, isUrl);
        if (query.Delimiter.Length > 0) writer.Key("Delimiter", query.Delimiter, isUrl);
        writer.Element("MaxKeys", query.Limit);
        if (isUrl) writer.Element("EncodingType", "url");
        writer.Element("KeyCount", page.Objects.Count + page.CommonPrefixes.Count);
        writer.Element("IsTruncated", page.IsTruncated);
        writer.Element("ContinuationToken", context.Query("continuation-token"));
        if (page.IsTruncated) writer.Element("NextContinuationToken", ContinuationToken.Write(page.Last));
        writer.Key("StartAfter", startAfter, isUrl);
        writer.Contents(page, isUrl, context, fetchOwner);
        writer.CommonPrefixes(page.CommonPrefixes, isUrl);
        writer.End("ListBucketResult");
        return S3Response.Xml(writer.ToMemory()).Header("x-amz-bucket-region", context.Bucket!.Region);
    }
}
