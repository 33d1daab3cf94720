using S3Toolkit.Checksums;
using S3Toolkit.Server.Lifecycle;
using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Multipart;

internal static class ListParts
{
    public static async ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        UploadRecord upload = await UploadFinder.FindAsync(context, cancellationToken).ConfigureAwait(false);
        // As in Complete: one that is given must be the right one.
        if (CustomerKey.Read(context.Request.Headers) is { } given) DataKeys.Check(upload.Properties.Encryption, given);
        int marker = Parameters.PartNumberMarker("part-number-marker", context.Query("part-number-marker"));
        int limit = Parameters.PageSize(context, "max-parts");
        IReadOnlyList<PartRecord> all = (await context.Storage
            .ListPartsAsync(context.BucketName, context.Key, upload.UploadId, cancellationToken).ConfigureAwait(false))
            .ValueOrThrow(context, upload.UploadId);
        PartRecord[] page = [.. all.Where(part => part.PartNumber > marker).Take(limit)];
        bool isTruncated = page.Length > 0 && page[^1].PartNumber < all[^1].PartNumber;

        S3XmlWriter writer = new(1024 + (page.Length * 256));
        writer.Root("ListPartsResult");
        writer.Element("Bucket", context.BucketName);
        writer.Element("Key", context.Key);
        writer.Element("UploadId", upload.UploadId);
        writer.User("Initiator", upload.InitiatorId ?? context.BucketOwnerId, context);
        writer.User("Owner", context.OwnerIdOf(upload.OwnerId), context);
        writer.Element("StorageClass", upload.Properties.StorageClass);
        writer.Element("PartNumberMarker", marker);
        writer.Element("NextPartNumberMarker", page.Length > 0 ? page[^1].PartNumber : 0);
        writer.Element("MaxParts", limit);
        writer.Element("IsTruncated", isTruncated);
        if (upload.ChecksumFunction is { } function)
        {
            writer.Element("ChecksumAlgorithm", function.ToAlgorithmName());
            writer.Element("ChecksumType", upload.IsCompositeChecksum ? "COMPOSITE" : "FULL_OBJECT");
        }
        foreach (PartRecord part in page) Part(writer, part, upload);
        writer.End("ListPartsResult");
        return S3Response.Xml(writer.ToMemory()).Abort(upload, context);
    }

    private static void Part(S3XmlWriter writer, PartRecord part, UploadRecord upload)
    {
        writer.Start("Part");
        writer.Element("PartNumber", part.PartNumber);
        writer.Element("LastModified", part.LastModified);
        writer.Element("ETag", $"\"{part.ETag}\"");
        writer.Element("Size", part.Length);
        writer.Checksum(PartChecksum.Listed(part, upload), withType: false);
        writer.End("Part");
    }
}
