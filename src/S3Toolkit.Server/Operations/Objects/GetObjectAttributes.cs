using System.Globalization;
using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Objects;

internal static class GetObjectAttributes
{
    private static readonly string[] Known = ["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"];

    public static async ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        string[] asked = (context.Header("x-amz-object-attributes") ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (asked.Length == 0) throw S3Errors.MissingHeader("x-amz-object-attributes").ToException();
        if (asked.FirstOrDefault(item => !Known.Contains(item)) is { } unknown)
            throw S3Errors.InvalidArgument("Invalid attribute name specified.", "x-amz-object-attributes", unknown).ToException();
        ObjectRecord record = await ObjectFinder.FindAsync(context, cancellationToken).ConfigureAwait(false);
        DataKeys.Check(record.Properties.Encryption, CustomerKey.Read(context.Request.Headers));

        S3XmlWriter writer = new();
        writer.Root("GetObjectAttributesResponse");
        if (asked.Contains("ETag")) writer.Element("ETag", record.ETag); // without quotes, here alone
        if (asked.Contains("Checksum") && record.Checksum is not null)
        {
            writer.Start("Checksum");
            writer.Checksum(record.Checksum);
            writer.End("Checksum");
        }
        if (asked.Contains("ObjectParts") && record.Parts.Count > 0) Parts(writer, context, record);
        if (asked.Contains("StorageClass")) writer.Element("StorageClass", record.Properties.StorageClass);
        if (asked.Contains("ObjectSize")) writer.Element("ObjectSize", record.Length);
        writer.End("GetObjectAttributesResponse");
        return S3Response.Xml(writer.ToMemory())
            .Header("Last-Modified", WireTime.ToHttpDate(record.LastModified))
            .Version(record.VersionId, context);
    }

    private static void Parts(S3XmlWriter writer, OperationContext context, ObjectRecord record)
    {
        const string markerName = "x-amz-part-number-marker";
        int marker = Parameters.PartNumberMarker(markerName, context.Header(markerName));
        int limit = Parameters.PageSize(context, "x-amz-max-parts", Parameters.MaxPage, context.Header("x-amz-max-parts"));
        PartRecord[] page = [.. record.Parts.Where(part => part.PartNumber > marker).Take(limit)];
        bool isTruncated = page.Length > 0 && page[^1].PartNumber < record.Parts[^1].PartNumber;
        writer.Start("ObjectParts");
        writer.Element("PartsCount", record.Parts.Count);
        writer.Element("PartNumberMarker", marker);
        writer.Element("NextPartNumberMarker", page.Length > 0 ? page[^1].PartNumber : 0);
        writer.Element("MaxParts", limit);
        writer.Element("IsTruncated", isTruncated);
        foreach (PartRecord part in page)
        {
            writer.Start("Part");
            writer.Element("PartNumber", part.PartNumber.ToString(CultureInfo.InvariantCulture));
            writer.Element("Size", part.Length);
            writer.Checksum(part.Checksum, withType: false);
            writer.End("Part");
        }
        writer.End("ObjectParts");
    }
}
