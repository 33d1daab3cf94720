using System.Globalization;
using System.Text;
using S3Toolkit.Checksums;
using S3Toolkit.Server.Lifecycle;
using S3Toolkit.Server.Operations.Archiving;
using S3Toolkit.Server.Operations.Locking;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Replication;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Input;

/// <summary>What is stored beside the bytes, as headers of an answer.</summary>
internal static class ObjectHeaders
{
    public static S3Response Object(this S3Response response, ObjectRecord record, OperationContext context)
    {
        ObjectProperties properties = record.Properties;
        response.Header("ETag", $"\"{record.ETag}\"")
            .Header("Last-Modified", WireTime.ToHttpDate(record.LastModified))
            .Header("Accept-Ranges", "bytes")
            .Header("Content-Type", Override(context, "response-content-type") ?? properties.ContentType)
            .Header("Content-Encoding", Override(context, "response-content-encoding") ?? properties.ContentEncoding)
            .Header("Content-Language", Override(context, "response-content-language") ?? properties.ContentLanguage)
            .Header("Content-Disposition", Override(context, "response-content-disposition") ?? properties.ContentDisposition)
            .Header("Cache-Control", Override(context, "response-cache-control") ?? properties.CacheControl)
            .Header("Expires", Override(context, "response-expires") ?? properties.Expires)
            .Header("x-amz-website-redirect-location", properties.WebsiteRedirectLocation)
            .Header("x-amz-storage-class", properties.StorageClass == "STANDARD" ? null : properties.StorageClass)
            .Header("x-amz-tagging-count", record.Tags.Count == 0 ? null : record.Tags.Count.ToString(CultureInfo.InvariantCulture))
            .Lock(record.Lock)
            .Restore(record.Restore, context.ExactNow)
            .Version(record.VersionId, context)
            .Replication(record)
            .Expiration(record, context)
            .Encryption(properties.Encryption, context.Request.Headers);
        foreach ((string name, string value) in properties.Metadata) response.Headers.Add("x-amz-meta-" + name, Printable(value));
        return response;
    }

    /// <summary>A bucket that never had versioning shows no version ids.</summary>
    public static S3Response Version(this S3Response response, string? versionId, OperationContext context) =>
        response.Header("x-amz-version-id", context.Bucket!.Versioning == BucketVersioning.None ? null : versionId);

    /// <summary>A write tells of the version that it made, and not of the null version that it replaced.</summary>
    public static S3Response WrittenVersion(this S3Response response, string versionId) =>
        response.Header("x-amz-version-id", versionId == ObjectRecord.NullVersion ? null : versionId);

    public static S3Response Checksum(this S3Response response, ChecksumRecord? checksum, bool withType = true)
    {
        if (checksum is null) return response;
        response.Header(checksum.Function.ToHeaderName(), checksum.Value);
        return withType ? response.Header("x-amz-checksum-type", checksum.IsComposite ? "COMPOSITE" : "FULL_OBJECT") : response;
    }

    public static void Checksum(this S3XmlWriter writer, ChecksumRecord? checksum, bool withType = true)
    {
        if (checksum is null) return;
        writer.Element("Checksum" + checksum.Function.ToAlgorithmName(), checksum.Value);
        if (withType) writer.Element("ChecksumType", checksum.IsComposite ? "COMPOSITE" : "FULL_OBJECT");
    }

    private static string? Override(OperationContext context, string parameter)
    {
        if (context.Query(parameter) is not { } value) return null;
        // Else a link to a public object could make the bucket's site say whatever its sender likes.
        if (context.Caller.IsAnonymous)
            throw S3Errors.InvalidRequest("Request specific response headers cannot be used for anonymous GET requests.").ToException();
        HeaderText.CheckValue(value, parameter);
        return value;
    }

    /// <summary>Header values that are no ASCII come back encoded by RFC 2047, as S3 sends them.</summary>
    private static string Printable(string value) =>
        Ascii.IsValid(value) ? value : $"=?UTF-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(value))}?=";
}
