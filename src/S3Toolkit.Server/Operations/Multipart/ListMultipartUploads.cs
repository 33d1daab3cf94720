using S3Toolkit.Checksums;
using S3Toolkit.Server.Operations.Objects;
using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Multipart;

internal static class ListMultipartUploads
{
    public static async ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        bool isUrl = Parameters.IsUrlEncoded(context);
        string keyMarker = context.Query("key-marker") ?? "";
        // S3 ignores an upload marker without a key marker.
        string idMarker = keyMarker.Length == 0 ? "" : context.Query("upload-id-marker") ?? "";
        if (idMarker.Length > 0 && !UploadIds.IsWellFormed(idMarker))
            throw S3Errors.InvalidArgument("Invalid uploadId marker", "upload-id-marker", idMarker).ToException();
        UploadQuery query = new(
            context.Query("prefix") ?? "", context.Query("delimiter") ?? "", keyMarker, idMarker,
            Parameters.PageSize(context, "max-uploads"));
        UploadPage page = (await context.Storage.ListUploadsAsync(context.BucketName, query, cancellationToken).ConfigureAwait(false))
            .ValueOrThrow(context);

        S3XmlWriter writer = ListingWriter.Create(page.Uploads.Count);
        writer.Root("ListMultipartUploadsResult");
        writer.Element("Bucket", context.BucketName);
        writer.Key("KeyMarker", query.AfterKey, isUrl);
        writer.Element("UploadIdMarker", query.AfterUploadId);
        // Unlike in other listings, on the last page too.
        writer.Key("NextKeyMarker", page.LastKey, isUrl);
        writer.Element("NextUploadIdMarker", page.LastUploadId);
        writer.Key("Prefix", query.Prefix, isUrl);
        if (query.Delimiter.Length > 0) writer.Key("Delimiter", query.Delimiter, isUrl);
        writer.Element("MaxUploads", query.Limit);
        if (isUrl) writer.Element("EncodingType", "url");
        writer.Element("IsTruncated", page.IsTruncated);
        foreach (UploadRecord upload in page.Uploads) Upload(writer, upload, isUrl, context);
        writer.CommonPrefixes(page.CommonPrefixes, isUrl);
        writer.End("ListMultipartUploadsResult");
        return S3Response.Xml(writer.ToMemory());
    }

    private static void Upload(S3XmlWriter writer, UploadRecord upload, bool isUrl, OperationContext context)
    {
        writer.Start("Upload");
        writer.Key("Key", upload.Key, isUrl);
        writer.Element("UploadId", upload.UploadId);
        writer.User("Initiator", upload.InitiatorId ?? context.BucketOwnerId, context);
        writer.User("Owner", context.OwnerIdOf(upload.OwnerId), context);
        writer.Element("StorageClass", upload.Properties.StorageClass);
        writer.Element("Initiated", upload.Initiated);
        if (upload.ChecksumFunction is { } function)
        {
            writer.Element("ChecksumAlgorithm", function.ToAlgorithmName());
            writer.Element("ChecksumType", upload.IsCompositeChecksum ? "COMPOSITE" : "FULL_OBJECT");
        }
        writer.End("Upload");
    }
}
