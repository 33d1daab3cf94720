using System.Collections.ObjectModel;
using System.Globalization;
using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace S3Toolkit.Transport;

/// <summary>
/// Reads the SDK's answers into our values: the only place that meets its null collections, nullable numbers and local times.
/// </summary>
internal static class SdkReplies
{
    /// <summary>Joins the two markers of a listing of versions or uploads; no key holds it, since XML cannot carry it.</summary>
    public const char MarkerSeparator = '\0';

    private const string MetadataPrefix = "x-amz-meta-";

    public static ObjectInfo Info(string bucketName, string key, GetObjectResponse response, long? sizeBytes) => new()
    {
        BucketName = bucketName,
        Key = key,
        SizeBytes = sizeBytes ?? 0,
        ETag = ETag.FromNullable(response.ETag),
        VersionId = Version(response.VersionId),
        LastModified = Time(response.LastModified),
        ContentType = NullIfEmpty(response.Headers.ContentType),
        CacheControl = NullIfEmpty(response.Headers.CacheControl),
        ContentDisposition = NullIfEmpty(response.Headers.ContentDisposition),
        ContentEncoding = NullIfEmpty(response.Headers.ContentEncoding),
        ContentLanguage = NullIfEmpty(response.ContentLanguage),
        Expires = NullIfEmpty(response.ExpiresString),
        Metadata = Metadata(response.Metadata),
        StorageClass = Class(response.StorageClass),
        Checksum = Checksum(
            response.ChecksumCRC64NVME, response.ChecksumCRC32C, response.ChecksumCRC32, response.ChecksumSHA256, response.ChecksumSHA1),
        PartCount = response.PartsCount ?? ETag.FromNullable(response.ETag)?.PartCount,
        TagCount = response.TagCount,
        EncryptionName = Encryption(response.ServerSideEncryptionMethod, response.ServerSideEncryptionCustomerMethod),
        EncryptionKeyId = NullIfEmpty(response.ServerSideEncryptionKeyManagementServiceKeyId),
        WebsiteRedirectLocation = NullIfEmpty(response.WebsiteRedirectLocation),
    };

    public static ObjectInfo Info(string bucketName, string key, GetObjectMetadataResponse response) => new()
    {
        BucketName = bucketName,
        Key = key,
        SizeBytes = response.ContentLength,
        ETag = ETag.FromNullable(response.ETag),
        VersionId = Version(response.VersionId),
        LastModified = Time(response.LastModified),
        ContentType = NullIfEmpty(response.Headers.ContentType),
        CacheControl = NullIfEmpty(response.Headers.CacheControl),
        ContentDisposition = NullIfEmpty(response.Headers.ContentDisposition),
        ContentEncoding = NullIfEmpty(response.Headers.ContentEncoding),
        ContentLanguage = NullIfEmpty(response.ContentLanguage),
        Expires = NullIfEmpty(response.ExpiresString),
        Metadata = Metadata(response.Metadata),
        StorageClass = Class(response.StorageClass),
        Checksum = Checksum(
            response.ChecksumCRC64NVME, response.ChecksumCRC32C, response.ChecksumCRC32, response.ChecksumSHA256, response.ChecksumSHA1),
        PartCount = response.PartsCount ?? ETag.FromNullable(response.ETag)?.PartCount,
        EncryptionName = Encryption(response.ServerSideEncryptionMethod, response.ServerSideEncryptionCustomerMethod),
        EncryptionKeyId = NullIfEmpty(response.ServerSideEncryptionKeyManagementServiceKeyId),
        WebsiteRedirectLocation = NullIfEmpty(response.WebsiteRedirectLocation),
    };

    /// <summary>
    /// The length of a body; null when the answer has no Content-Length, for which the SDK has 0 in one place and -1 in another.
    /// </summary>
    public static long? Length(GetObjectResponse response) =>
        response.Headers["Content-Length"] is { Length: > 0 } || response.ContentLength > 0 ? response.ContentLength : null;

    /// <summary>What a write tells, together with what was sent.</summary>
    public static ObjectInfo Written(
        string bucketName, string key, long sizeBytes, ObjectWriteOptions options, string? etag, string? versionId,
        ObjectChecksum? checksum) => new()
    {
        BucketName = bucketName,
        Key = key,
        SizeBytes = sizeBytes,
        ETag = ETag.FromNullable(etag),
        VersionId = Version(versionId),
        ContentType = options.ContentType,
        CacheControl = options.CacheControl,
        ContentDisposition = options.ContentDisposition,
        ContentEncoding = options.ContentEncoding,
        ContentLanguage = options.ContentLanguage,
        Metadata = options.Metadata,
        StorageClass = options.StorageClass ?? default,
        Checksum = checksum,
        PartCount = ETag.FromNullable(etag)?.PartCount,
        WebsiteRedirectLocation = options.WebsiteRedirectLocation,
    };

    public static ObjectChecksum? Checksum(string? crc64, string? crc32C, string? crc32, string? sha256, string? sha1)
    {
        if (!string.IsNullOrEmpty(crc64)) return new ObjectChecksum(ChecksumFunction.Crc64Nvme, crc64);
        if (!string.IsNullOrEmpty(crc32C)) return new ObjectChecksum(ChecksumFunction.Crc32C, crc32C);
        if (!string.IsNullOrEmpty(crc32)) return new ObjectChecksum(ChecksumFunction.Crc32, crc32);
        if (!string.IsNullOrEmpty(sha256)) return new ObjectChecksum(ChecksumFunction.Sha256, sha256);
        return string.IsNullOrEmpty(sha1) ? null : new ObjectChecksum(ChecksumFunction.Sha1, sha1);
    }

    public static ListedObject Listed(S3Object entry, EncodingType? encoding) =>
        new(Text(entry.Key, encoding), entry.Size ?? 0, Time(entry.LastModified) ?? default)
    {
        ETag = ETag.FromNullable(entry.ETag),
        StorageClass = Class(entry.StorageClass),
        OwnerId = NullIfEmpty(entry.Owner?.Id),
        ChecksumFunction = entry.ChecksumAlgorithm is { Count: > 0 } functions ? Function(functions[0]) : null,
    };

    public static ListedVersion Listed(S3ObjectVersion entry, EncodingType? encoding) => new(
        Text(entry.Key, encoding), entry.VersionId ?? "null", entry.IsLatest ?? false, entry.IsDeleteMarker ?? false,
        Time(entry.LastModified) ?? default)
    {
        SizeBytes = entry.Size ?? 0,
        ETag = ETag.FromNullable(entry.ETag),
        StorageClass = Class(entry.StorageClass),
    };

    public static UploadedPart Part(PartDetail part) => new(part.PartNumber ?? 0, new ETag(part.ETag), part.Size ?? 0)
    {
        LastModified = Time(part.LastModified),
        Checksum = Checksum(part.ChecksumCRC64NVME, part.ChecksumCRC32C, part.ChecksumCRC32, part.ChecksumSHA256, part.ChecksumSHA1),
    };

    public static IReadOnlyDictionary<string, string> Tags(List<Tag>? tags) => tags is { Count: > 0 }
        ? new ReadOnlyDictionary<string, string>(tags.ToDictionary(static tag => tag.Key, static tag => tag.Value, StringComparer.Ordinal))
        : ReadOnlyDictionary<string, string>.Empty;

    public static DateTimeOffset? Time(DateTime? time) => time is { } value && value != default
        ? new DateTimeOffset(value.ToUniversalTime())
        : null;

    /// <summary>CopyObject's time is left as text by the SDK (ISO 8601).</summary>
    public static DateTimeOffset? Time(string? time) =>
        DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value) ? value : null;

    /// <summary>Servers without versioning leave the id out, or answer with the text "null".</summary>
    public static string? Version(string? versionId) => string.IsNullOrEmpty(versionId) ? null : versionId;

    /// <summary>
    /// A key or prefix of a listing, which the SDK leaves as the server encoded it. Listings ask for that, since XML cannot carry every
    /// key.
    /// </summary>
    public static string Text(string text, EncodingType? encoding) => encoding == EncodingType.Url ? WebUtility.UrlDecode(text) : text;

    /// <summary>Where a listing of versions or uploads goes on; null when the server does not say.</summary>
    public static string? Markers(string? key, string? id, EncodingType? encoding) =>
        string.IsNullOrEmpty(key) ? null : Text(key, encoding) + MarkerSeparator + id;

    public static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static StorageClass Class(string? name) => string.IsNullOrEmpty(name) ? default : new StorageClass(name);

    private static ChecksumFunction? Function(string? name) => name switch
    {
        "CRC32" => ChecksumFunction.Crc32,
        "CRC32C" => ChecksumFunction.Crc32C,
        "CRC64NVME" => ChecksumFunction.Crc64Nvme,
        "SHA1" => ChecksumFunction.Sha1,
        "SHA256" => ChecksumFunction.Sha256,
        "MD5" => ChecksumFunction.Md5,
        "SHA512" => ChecksumFunction.Sha512,
        "XXHASH64" => ChecksumFunction.XxHash64,
        "XXHASH3" => ChecksumFunction.XxHash3,
        "XXHASH128" => ChecksumFunction.XxHash128,
        _ => null,
    };

    private static string? Encryption(ServerSideEncryptionMethod? method, ServerSideEncryptionCustomerMethod? customerMethod) =>
        NullIfEmpty(method?.Value) ?? NullIfEmpty(customerMethod?.Value);

    private static ReadOnlyDictionary<string, string> Metadata(MetadataCollection metadata)
    {
        if (metadata.Count == 0) return ReadOnlyDictionary<string, string>.Empty;
        var entries = new Dictionary<string, string>(metadata.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var name in metadata.Keys)
        {
            var plain = name.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase) ? name[MetadataPrefix.Length..] : name;
            entries[plain] = MetadataText.Decode(metadata[name]);
        }

        return new ReadOnlyDictionary<string, string>(entries);
    }
}
