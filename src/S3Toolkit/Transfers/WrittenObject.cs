using System.Globalization;

namespace S3Toolkit.Transfers;

/// <summary>Completes the answer to a write, which tells little, with what was sent.</summary>
internal static class WrittenObject
{
    public static ObjectInfo Describe(ObjectInfo answer, ObjectWriteOptions sent, long sizeBytes, int? partCount = null) => answer with
    {
        SizeBytes = sizeBytes,
        ContentType = sent.ContentType ?? answer.ContentType,
        CacheControl = sent.CacheControl ?? answer.CacheControl,
        ContentDisposition = sent.ContentDisposition ?? answer.ContentDisposition,
        ContentEncoding = sent.ContentEncoding ?? answer.ContentEncoding,
        ContentLanguage = sent.ContentLanguage ?? answer.ContentLanguage,
        Expires = sent.Expires?.ToString("R", CultureInfo.InvariantCulture) ?? answer.Expires,
        Metadata = sent.Metadata.Count > 0 ? sent.Metadata : answer.Metadata,
        StorageClass = sent.StorageClass ?? answer.StorageClass,
        WebsiteRedirectLocation = sent.WebsiteRedirectLocation ?? answer.WebsiteRedirectLocation,
        PartCount = partCount ?? answer.PartCount,
    };
}
