using System.Globalization;
using System.Text;
using S3Toolkit.Signing;

namespace S3Toolkit.Transport.Direct;

/// <summary>Writes our options into the headers of a request: pure.</summary>
internal static class DirectHeaders
{
    public static DirectRequest Owner(this DirectRequest request, BucketCallOptions options) =>
        request.Amz("x-amz-expected-bucket-owner", options.ExpectedBucketOwner);

    /// <summary>The conditions of a read.</summary>
    public static DirectRequest Conditions(this DirectRequest request, ObjectReadOptions options) => request
        .Header("If-Match", options.OnlyIfMatch?.ToHeader())
        .Header("If-None-Match", options.OnlyIfNoneMatch?.ToHeader())
        .Header("If-Modified-Since", Date(options.OnlyIfModifiedSince))
        .Header("If-Unmodified-Since", Date(options.OnlyIfUnmodifiedSince));

    /// <summary>The conditions of a write.</summary>
    public static DirectRequest Conditions(this DirectRequest request, ObjectWriteOptions options) => request
        .Header("If-None-Match", options.OnlyIfAbsent ? "*" : null)
        .Header("If-Match", options.OnlyIfMatch?.ToHeader());

    /// <summary>What a new object is given, apart from its conditions.</summary>
    public static DirectRequest NewObject(this DirectRequest request, ObjectWriteOptions options) => request
        .Described(options)
        .Tagged(options.Tags)
        .Stored(options)
        .Encrypted(options.Encryption);

    /// <summary>The headers that describe the content, and the metadata.</summary>
    public static DirectRequest Described(this DirectRequest request, ObjectWriteOptions options)
    {
        request
            .ContentHeader("Content-Type", options.ContentType)
            .ContentHeader("Content-Disposition", options.ContentDisposition)
            .ContentHeader("Content-Encoding", options.ContentEncoding)
            .ContentHeader("Content-Language", options.ContentLanguage)
            .ContentHeader("Expires", Date(options.Expires))
            .Header("Cache-Control", options.CacheControl)
            .Amz("x-amz-website-redirect-location", options.WebsiteRedirectLocation);
        foreach (var (name, value) in options.Metadata)
            request.Metadata("x-amz-meta-" + MetadataText.RequireName(name).ToLowerInvariant(), MetadataText.Encode(name, value));
        return request;
    }

    public static DirectRequest Tagged(this DirectRequest request, IReadOnlyDictionary<string, string> tags) =>
        tags.Count == 0 ? request : request.Retagged(tags);

    /// <summary>The tags that replace others, none among them.</summary>
    public static DirectRequest Retagged(this DirectRequest request, IReadOnlyDictionary<string, string> tags)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in tags)
        {
            if (text.Length > 0) text.Append('&');
            text.Append(S3UriEncoding.EncodeQuery(name)).Append('=').Append(S3UriEncoding.EncodeQuery(value));
        }

        return request.Amz("x-amz-tagging", text.ToString());
    }

    public static DirectRequest Stored(this DirectRequest request, ObjectWriteOptions options) =>
        request.Amz("x-amz-storage-class", options.StorageClass?.Value);

    public static DirectRequest Encrypted(this DirectRequest request, ServerEncryption? encryption) => encryption switch
    {
        S3ManagedEncryption => request.Amz("x-amz-server-side-encryption", "AES256"),
        KmsEncryption kms => request
            .Amz("x-amz-server-side-encryption", "aws:kms")
            .Amz("x-amz-server-side-encryption-aws-kms-key-id", kms.KeyId)
            .Amz(
                "x-amz-server-side-encryption-bucket-key-enabled",
                kms.UseBucketKey switch { true => "true", false => "false", null => null }),
        CustomerKeyEncryption customer => request.CustomerKey(customer),
        _ => request,
    };

    /// <summary>The customer's key, which every request about the bytes of its object needs.</summary>
    public static DirectRequest CustomerKey(this DirectRequest request, CustomerKeyEncryption? key) =>
        request.CustomerKey(key, "x-amz-server-side-encryption-customer-");

    public static DirectRequest SourceCustomerKey(this DirectRequest request, CustomerKeyEncryption? key) =>
        request.CustomerKey(key, "x-amz-copy-source-server-side-encryption-customer-");

    /// <summary>Where a copy comes from: encoded, since a header has no query of its own.</summary>
    public static DirectRequest Source(this DirectRequest request, ObjectAddress source)
    {
        var path = $"{S3UriEncoding.EncodeQuery(source.BucketName)}/{S3UriEncoding.EncodePath(source.Key)}";
        return request.Amz(
            "x-amz-copy-source", source.VersionId is null ? path : $"{path}?versionId={S3UriEncoding.EncodeQuery(source.VersionId)}");
    }

    private static DirectRequest CustomerKey(this DirectRequest request, CustomerKeyEncryption? key, string prefix) => key is null
        ? request
        : request.Amz(prefix + "algorithm", "AES256").Secret(prefix + "key", key.KeyBase64).Amz(prefix + "key-md5", key.KeyMD5Base64);

    private static string? Date(DateTimeOffset? date) => date?.ToString("R", CultureInfo.InvariantCulture);
}
