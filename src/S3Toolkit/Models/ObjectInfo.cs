using System.Collections.ObjectModel;

namespace S3Toolkit;

/// <summary>The facts about one object, as far as the answer that they come from tells them.</summary>
public sealed record ObjectInfo
{
    /// <summary>The bucket.</summary>
    public required string BucketName { get; init; }

    /// <summary>The key.</summary>
    public required string Key { get; init; }

    /// <summary>
    /// The size of the whole object in bytes, whatever range was read; 0 when a server sends content without saying its length
    /// (<see cref="ObjectReader.ContentLengthBytes"/> is null then).
    /// </summary>
    public long SizeBytes { get; init; }

    /// <summary>The ETag; null when the server sent none.</summary>
    public ETag? ETag { get; init; }

    /// <summary>The version; null where the bucket has no versioning.</summary>
    public string? VersionId { get; init; }

    /// <summary>When the object was last written, by the server's clock; null in the answer to a write.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>The content type, such as <c>image/jpeg</c>.</summary>
    public string? ContentType { get; init; }

    /// <summary>The header <c>Cache-Control</c>.</summary>
    public string? CacheControl { get; init; }

    /// <summary>The header <c>Content-Disposition</c>.</summary>
    public string? ContentDisposition { get; init; }

    /// <summary>The header <c>Content-Encoding</c>. The library never encodes or decodes by itself.</summary>
    public string? ContentEncoding { get; init; }

    /// <summary>The header <c>Content-Language</c>.</summary>
    public string? ContentLanguage { get; init; }

    /// <summary>The header <c>Expires</c> as the server wrote it.</summary>
    public string? Expires { get; init; }

    /// <summary>The user's metadata without the prefix <c>x-amz-meta-</c>; keys ignore case.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The storage class.</summary>
    public StorageClass StorageClass { get; init; }

    /// <summary>The checksum that the server keeps; null when it keeps or sent none.</summary>
    public ObjectChecksum? Checksum { get; init; }

    /// <summary>The number of parts; null unless it was asked for or can be read from the ETag.</summary>
    public int? PartCount { get; init; }

    /// <summary>The number of tags; null when the server did not say.</summary>
    public int? TagCount { get; init; }

    /// <summary>The server-side encryption as the server names it (<c>AES256</c>, <c>aws:kms</c>); null when it did not say.</summary>
    public string? EncryptionName { get; init; }

    /// <summary>The key of the key management service; null when there is none.</summary>
    public string? EncryptionKeyId { get; init; }

    /// <summary>
    /// How far the bytes of a finished download were compared with what the server holds; <see cref="ContentVerification.Pending"/> in
    /// all other answers.
    /// </summary>
    public ContentVerification Verification { get; init; }

    /// <summary>Where a website redirects to instead of this object.</summary>
    public string? WebsiteRedirectLocation { get; init; }
}
