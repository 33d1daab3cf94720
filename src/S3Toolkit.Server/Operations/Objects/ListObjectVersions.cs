using S3Toolkit.Server.Operations.Archiving;
using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Objects;

internal static class ListObjectVersions
{
    public static async ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        bool isUrl = Parameters.IsUrlEncoded(context);
        DateTimeOffset? restoresAt = OptionalAttributes.WantsRestoreStatus(context) ? context.ExactNow : null;
        VersionQuery query = Read(context);
        VersionPage page = (await context.Storage.ListVersionsAsync(context.BucketName, query, cancellationToken).ConfigureAwait(false))
            .ValueOrThrow(context);

        S3XmlWriter writer = ListingWriter.Create(page.Versions.Count);
        writer.Root("ListVersionsResult");
        writer.Element("Name", context.BucketName);
        writer.Key("Prefix", query.Prefix, isUrl);
        writer.Key("KeyMarker", query.AfterKey, isUrl);
        writer.Element("VersionIdMarker", query.AfterVersion);
        if (page.IsTruncated)
        {
            writer.Key("NextKeyMarker", page.LastKey, isUrl);
            if (page.LastVersion.Length > 0) writer.Element("NextVersionIdMarker", page.LastVersion);
        }
        writer.Element("MaxKeys", query.Limit);
        if (query.Delimiter.Length > 0) writer.Key("Delimiter", query.Delimiter, isUrl);
        if (isUrl) writer.Element("EncodingType", "url");
        writer.Element("IsTruncated", page.IsTruncated);
        foreach (ListedVersionRecord version in page.Versions) Version(writer, version, isUrl, context, restoresAt);
        writer.CommonPrefixes(page.CommonPrefixes, isUrl);
        writer.End("ListVersionsResult");
        return S3Response.Xml(writer.ToMemory());
    }

    private static VersionQuery Read(OperationContext context)
    {
        string keyMarker = context.Query("key-marker") ?? "";
        string versionMarker = context.Query("version-id-marker") ?? "";
        if (versionMarker.Length > 0 && keyMarker.Length == 0)
        {
            throw S3Errors.InvalidArgument(
                "A version-id marker cannot be specified without a key marker.", "version-id-marker", versionMarker).ToException();
        }
        return new(
            context.Query("prefix") ?? "", context.Query("delimiter") ?? "", keyMarker, versionMarker,
            Parameters.PageSize(context, "max-keys"));
    }

    private static void Version(
        S3XmlWriter writer, ListedVersionRecord version, bool isUrl, OperationContext context, DateTimeOffset? restoresAt)
    {
        ObjectRecord record = version.Record;
        string element = record.IsDeleteMarker ? "DeleteMarker" : "Version";
        writer.Start(element);
        writer.Key("Key", record.Key, isUrl);
        writer.Element("VersionId", record.VersionId);
        writer.Element("IsLatest", version.IsLatest);
        if (record.IsDeleteMarker) writer.Element("LastModified", record.LastModified);
        else writer.Facts(record);
        writer.User("Owner", context.OwnerIdOf(record.OwnerId), context);
        if (!record.IsDeleteMarker) writer.Element("StorageClass", record.Properties.StorageClass);
        if (!record.IsDeleteMarker && restoresAt is { } now) writer.RestoreStatus(record, now);
        writer.End(element);
    }
}
