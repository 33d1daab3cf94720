using System.Collections.ObjectModel;
using System.Globalization;
using S3Toolkit.Checksums;

namespace S3Toolkit.Transport.Direct;

/// <summary>Reads the headers of an answer into our values.</summary>
internal static class AnswerHeaders
{
    private const string MetadataPrefix = "x-amz-meta-";

    private static ReadOnlySpan<ChecksumFunction> Known =>
        [ChecksumFunction.Crc64Nvme, ChecksumFunction.Crc32C, ChecksumFunction.Crc32, ChecksumFunction.Sha256, ChecksumFunction.Sha1];

    /// <summary>The facts of an object, as GET and HEAD tell them.</summary>
    public static ObjectInfo Info(string bucketName, string key, HttpResponseMessage response, long sizeBytes)
    {
        var facts = new Facts();
        foreach (var (name, values) in response.Headers.NonValidated) facts.Take(name, values.ToString());
        foreach (var (name, values) in response.Content.Headers.NonValidated) facts.Take(name, values.ToString());
        return facts.ToInfo(bucketName, key, sizeBytes);
    }

    /// <summary>What a write tells, together with what was sent.</summary>
    public static ObjectInfo Written(
        string bucketName, string key, long sizeBytes, ObjectWriteOptions options, HttpResponseMessage response,
        DocumentFacts document = default)
    {
        var etag = ETag.FromNullable(document.ETag ?? Find(response, "ETag"));
        return new ObjectInfo
        {
            BucketName = bucketName,
            Key = key,
            SizeBytes = sizeBytes,
            ETag = etag,
            VersionId = Find(response, "x-amz-version-id"),
            LastModified = document.LastModified,
            ContentType = options.ContentType,
            CacheControl = options.CacheControl,
            ContentDisposition = options.ContentDisposition,
            ContentEncoding = options.ContentEncoding,
            ContentLanguage = options.ContentLanguage,
            Metadata = options.Metadata,
            StorageClass = options.StorageClass ?? default,
            Checksum = document.Checksum ?? Checksum(response),
            PartCount = etag?.PartCount,
            WebsiteRedirectLocation = options.WebsiteRedirectLocation,
        };
    }

    public static ObjectChecksum? Checksum(HttpResponseMessage response)
    {
        ObjectChecksum? found = null;
        foreach (var (name, values) in response.Headers.NonValidated)
        {
            if (ChecksumOf(name) is { } function) found = Stronger(found, function, values.ToString());
        }

        return found;
    }

    public static string? Find(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) && values.ToString() is { Length: > 0 } value ? value : null;

    /// <summary>Of several checksums the one that says most: of the whole object, and fast to compute.</summary>
    public static ObjectChecksum Stronger(ObjectChecksum? found, ChecksumFunction function, string value) =>
        found is null || Rank(function) < Rank(found.Function) ? new ObjectChecksum(function, value) : found;

    private static int Rank(ChecksumFunction function) => function switch
    {
        ChecksumFunction.Crc64Nvme => 0,
        ChecksumFunction.Crc32C => 1,
        ChecksumFunction.Crc32 => 2,
        ChecksumFunction.Sha256 => 3,
        ChecksumFunction.Sha1 => 4,
        _ => 5,
    };

    private static ChecksumFunction? ChecksumOf(string header)
    {
        if (!header.StartsWith(ChecksumName.HeaderPrefix, StringComparison.OrdinalIgnoreCase)) return null;
        foreach (var function in Known)
        {
            if (string.Equals(header, function.ToHeaderName(), StringComparison.OrdinalIgnoreCase)) return function;
        }

        return null;
    }

    private struct Facts
    {
        private Dictionary<string, string>? _metadata;
        private ETag? _etag;
        private ObjectChecksum? _checksum;
        private DateTimeOffset? _lastModified;
        private int? _partCount;
        private int? _tagCount;
        private string? _versionId;
        private string? _contentType;
        private string? _cacheControl;
        private string? _disposition;
        private string? _encoding;
        private string? _language;
        private string? _expires;
        private string? _storageClass;
        private string? _encryption;
        private string? _customerAlgorithm;
        private string? _encryptionKeyId;
        private string? _redirect;

        public void Take(string name, string value)
        {
            if (name.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase))
            {
                _metadata ??= new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
                _metadata[name[MetadataPrefix.Length..].ToLowerInvariant()] = MetadataText.Decode(value);
                return;
            }

            if (value.Length == 0) return;
            if (name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)) TakeAmz(name, value);
            else TakeCommon(name, value);
        }

        public readonly ObjectInfo ToInfo(string bucketName, string key, long sizeBytes) => new()
        {
            BucketName = bucketName,
            Key = key,
            SizeBytes = sizeBytes,
            ETag = _etag,
            VersionId = _versionId,
            LastModified = _lastModified,
            ContentType = _contentType,
            CacheControl = _cacheControl,
            ContentDisposition = _disposition,
            ContentEncoding = _encoding,
            ContentLanguage = _language,
            Expires = _expires,
            Metadata = _metadata is null ? ReadOnlyDictionary<string, string>.Empty : new ReadOnlyDictionary<string, string>(_metadata),
            StorageClass = _storageClass is null ? default : new StorageClass(_storageClass),
            Checksum = _checksum,
            PartCount = _partCount ?? _etag?.PartCount,
            TagCount = _tagCount,
            EncryptionName = _encryption ?? _customerAlgorithm,
            EncryptionKeyId = _encryptionKeyId,
            WebsiteRedirectLocation = _redirect,
        };

        private void TakeCommon(string name, string value)
        {
            if (Is(name, "ETag")) _etag = ETag.FromNullable(value);
            else if (Is(name, "Last-Modified")) _lastModified = Time(value);
            else if (Is(name, "Content-Type")) _contentType = value;
            else if (Is(name, "Cache-Control")) _cacheControl = value;
            else if (Is(name, "Content-Disposition")) _disposition = value;
            else if (Is(name, "Content-Encoding")) _encoding = value;
            else if (Is(name, "Content-Language")) _language = value;
            else if (Is(name, "Expires")) _expires = value;
        }

        private void TakeAmz(string name, string value)
        {
            if (ChecksumOf(name) is { } function) _checksum = Stronger(_checksum, function, value);
            else if (Is(name, "x-amz-version-id")) _versionId = value;
            else if (Is(name, "x-amz-storage-class")) _storageClass = value;
            else if (Is(name, "x-amz-mp-parts-count")) _partCount = Number(value);
            else if (Is(name, "x-amz-tagging-count")) _tagCount = Number(value);
            else if (Is(name, "x-amz-server-side-encryption")) _encryption = value;
            else if (Is(name, "x-amz-server-side-encryption-customer-algorithm")) _customerAlgorithm = value;
            else if (Is(name, "x-amz-server-side-encryption-aws-kms-key-id")) _encryptionKeyId = value;
            else if (Is(name, "x-amz-website-redirect-location")) _redirect = value;
        }

        private static bool Is(string name, string header) => string.Equals(name, header, StringComparison.OrdinalIgnoreCase);

        // Nearly always as RFC 9110 has it, which is read much faster when it is expected.
        private static DateTimeOffset? Time(string value) =>
            DateTimeOffset.TryParseExact(value, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var exact) ? exact
            : DateTimeOffset.TryParse(
                value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
                ? time
                : null;

        private static int? Number(string value) =>
            int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
