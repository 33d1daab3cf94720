using System.Globalization;
using Amazon.S3;
using Amazon.S3.Model;

namespace S3Toolkit.Transport;

/// <summary>Writes our options into the SDK's requests.</summary>
internal static class SdkRequests
{
    public static PutObjectRequest Put(string bucketName, string key, ObjectWriteOptions options)
    {
        var request = new PutObjectRequest
        {
            BucketName = bucketName,
            Key = key,
            AutoCloseStream = false,
            AutoResetStreamPosition = false,
            ContentType = options.ContentType,
            Expires = Date(options.Expires),
            ExpectedBucketOwner = options.ExpectedBucketOwner,
            IfNoneMatch = options.OnlyIfAbsent ? "*" : null,
            IfMatch = options.OnlyIfMatch?.ToHeader(),
            StorageClass = Class(options),
            TagSet = Tags(options.Tags),
            WebsiteRedirectLocation = options.WebsiteRedirectLocation,
        };
        Headers(request.Headers, options);
        Metadata(request.Metadata, options.Metadata);
        var encryption = SdkEncryption.Of(options.Encryption);
        request.ServerSideEncryptionMethod = encryption.Method;
        request.ServerSideEncryptionKeyManagementServiceKeyId = encryption.KmsKeyId;
        request.BucketKeyEnabled = encryption.BucketKeyEnabled;
        request.ServerSideEncryptionCustomerMethod = encryption.CustomerMethod;
        request.ServerSideEncryptionCustomerProvidedKey = encryption.CustomerKey;
        request.ServerSideEncryptionCustomerProvidedKeyMD5 = encryption.CustomerKeyMD5;
        return request;
    }

    public static InitiateMultipartUploadRequest CreateMultipart(string bucketName, string key, ObjectWriteOptions options)
    {
        var request = new InitiateMultipartUploadRequest
        {
            BucketName = bucketName,
            Key = key,
            ContentType = options.ContentType,
            Expires = Date(options.Expires),
            ExpectedBucketOwner = options.ExpectedBucketOwner,
            StorageClass = Class(options),
            TagSet = Tags(options.Tags),
            WebsiteRedirectLocation = options.WebsiteRedirectLocation,
        };
        Headers(request.Headers, options);
        Metadata(request.Metadata, options.Metadata);
        var encryption = SdkEncryption.Of(options.Encryption);
        request.ServerSideEncryptionMethod = encryption.Method;
        request.ServerSideEncryptionKeyManagementServiceKeyId = encryption.KmsKeyId;
        request.BucketKeyEnabled = encryption.BucketKeyEnabled;
        request.ServerSideEncryptionCustomerMethod = encryption.CustomerMethod;
        request.ServerSideEncryptionCustomerProvidedKey = encryption.CustomerKey;
        request.ServerSideEncryptionCustomerProvidedKeyMD5 = encryption.CustomerKeyMD5;
        return request;
    }

    public static CopyObjectRequest Copy(ObjectAddress source, string bucketName, string key, CopyObjectOptions options)
    {
        var replaceMetadata = options.ReplaceMetadata ?? options.SetsHeaders;
        var replaceTags = options.ReplaceTags ?? (options.Tags.Count > 0);
        var request = new CopyObjectRequest
        {
            SourceBucket = source.BucketName,
            SourceKey = source.Key,
            SourceVersionId = source.VersionId,
            DestinationBucket = bucketName,
            DestinationKey = key,
            ETagToMatch = options.OnlyIfSourceMatch?.ToHeader(),
            IfNoneMatch = options.OnlyIfAbsent ? "*" : null,
            IfMatch = options.OnlyIfMatch?.ToHeader(),
            ExpectedBucketOwner = options.ExpectedBucketOwner,
            MetadataDirective = replaceMetadata ? S3MetadataDirective.REPLACE : S3MetadataDirective.COPY,
            TaggingDirective = replaceTags ? TaggingDirective.REPLACE : TaggingDirective.COPY,
            StorageClass = Class(options),
        };
        if (replaceTags) request.TagSet = Tags(options.Tags) ?? [];
        if (replaceMetadata)
        {
            request.ContentType = options.ContentType;
            request.Expires = Date(options.Expires);
            request.WebsiteRedirectLocation = options.WebsiteRedirectLocation;
            Headers(request.Headers, options);
            Metadata(request.Metadata, options.Metadata);
        }

        var encryption = SdkEncryption.Of(options.Encryption);
        request.ServerSideEncryptionMethod = encryption.Method;
        request.ServerSideEncryptionKeyManagementServiceKeyId = encryption.KmsKeyId;
        request.BucketKeyEnabled = encryption.BucketKeyEnabled;
        request.ServerSideEncryptionCustomerMethod = encryption.CustomerMethod;
        request.ServerSideEncryptionCustomerProvidedKey = encryption.CustomerKey;
        request.ServerSideEncryptionCustomerProvidedKeyMD5 = encryption.CustomerKeyMD5;

        var sourceEncryption = SdkEncryption.Of(options.SourceCustomerKey);
        request.CopySourceServerSideEncryptionCustomerMethod = sourceEncryption.CustomerMethod;
        request.CopySourceServerSideEncryptionCustomerProvidedKey = sourceEncryption.CustomerKey;
        request.CopySourceServerSideEncryptionCustomerProvidedKeyMD5 = sourceEncryption.CustomerKeyMD5;
        return request;
    }

    public static GetObjectRequest Get(string bucketName, string key, GetObjectOptions options)
    {
        var request = new GetObjectRequest
        {
            BucketName = bucketName,
            Key = key,
            VersionId = options.VersionId,
            EtagToMatch = options.OnlyIfMatch?.ToHeader(),
            EtagToNotMatch = options.OnlyIfNoneMatch?.ToHeader(),
            ModifiedSinceDate = options.OnlyIfModifiedSince?.UtcDateTime,
            UnmodifiedSinceDate = options.OnlyIfUnmodifiedSince?.UtcDateTime,
            ExpectedBucketOwner = options.ExpectedBucketOwner,
            ByteRange = options.Range is { } range ? new ByteRange(range.ToHeader()) : null,
        };
        var encryption = SdkEncryption.Of(options.CustomerKey);
        request.ServerSideEncryptionCustomerMethod = encryption.CustomerMethod;
        request.ServerSideEncryptionCustomerProvidedKey = encryption.CustomerKey;
        request.ServerSideEncryptionCustomerProvidedKeyMD5 = encryption.CustomerKeyMD5;
        return request;
    }

    public static GetObjectMetadataRequest Head(string bucketName, string key, FindObjectOptions options)
    {
        var request = new GetObjectMetadataRequest
        {
            BucketName = bucketName,
            Key = key,
            VersionId = options.VersionId,
            EtagToMatch = options.OnlyIfMatch?.ToHeader(),
            EtagToNotMatch = options.OnlyIfNoneMatch?.ToHeader(),
            ModifiedSinceDate = options.OnlyIfModifiedSince?.UtcDateTime,
            UnmodifiedSinceDate = options.OnlyIfUnmodifiedSince?.UtcDateTime,
            ExpectedBucketOwner = options.ExpectedBucketOwner,
        };
        var encryption = SdkEncryption.Of(options.CustomerKey);
        request.ServerSideEncryptionCustomerMethod = encryption.CustomerMethod;
        request.ServerSideEncryptionCustomerProvidedKey = encryption.CustomerKey;
        request.ServerSideEncryptionCustomerProvidedKeyMD5 = encryption.CustomerKeyMD5;
        return request;
    }

    public static List<Tag>? Tags(IReadOnlyDictionary<string, string> tags) =>
        tags.Count == 0 ? null : [.. tags.Select(static tag => new Tag { Key = tag.Key, Value = tag.Value })];

    private static void Headers(HeadersCollection headers, ObjectWriteOptions options)
    {
        if (options.ContentType is { } contentType) headers.ContentType = contentType;
        if (options.CacheControl is { } cacheControl) headers.CacheControl = cacheControl;
        if (options.ContentDisposition is { } disposition) headers.ContentDisposition = disposition;
        if (options.ContentEncoding is { } encoding) headers.ContentEncoding = encoding;
        if (options.ContentLanguage is { } language) headers["Content-Language"] = language;
    }

    private static void Metadata(MetadataCollection target, IReadOnlyDictionary<string, string> metadata)
    {
        foreach (var (name, value) in metadata) target[MetadataText.RequireName(name)] = MetadataText.Encode(name, value);
    }

    private static S3StorageClass? Class(ObjectWriteOptions options) =>
        options.StorageClass is { } storageClass ? new S3StorageClass(storageClass.Value) : null;

    private static string? Date(DateTimeOffset? date) => date?.ToString("R", CultureInfo.InvariantCulture);
}
