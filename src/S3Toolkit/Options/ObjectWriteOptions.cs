using System.Collections.ObjectModel;

namespace S3Toolkit;

/// <summary>What a new object is given: headers, metadata, tags, storage class, encryption. Shared by put, copy and multipart.</summary>
public abstract record ObjectWriteOptions : BucketCallOptions
{
    private protected ObjectWriteOptions()
    {
    }

    /// <summary>The content type.</summary>
    /// <value>The default is null: by the extension of the file or key, and <c>application/octet-stream</c> for an unknown one.</value>
    public string? ContentType { get; init; }

    /// <summary>The header <c>Cache-Control</c>, such as <c>max-age=3600</c>.</summary>
    /// <value>The default is null: not sent.</value>
    public string? CacheControl { get; init; }

    /// <summary>The header <c>Content-Disposition</c>.</summary>
    /// <value>The default is null: not sent.</value>
    public string? ContentDisposition { get; init; }

    /// <summary>The header <c>Content-Encoding</c>. The library does not encode the content.</summary>
    /// <value>The default is null: not sent.</value>
    public string? ContentEncoding { get; init; }

    /// <summary>The header <c>Content-Language</c>.</summary>
    /// <value>The default is null: not sent.</value>
    public string? ContentLanguage { get; init; }

    /// <summary>The header <c>Expires</c>.</summary>
    /// <value>The default is null: not sent.</value>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>The user's metadata, without the prefix <c>x-amz-meta-</c>. S3 allows 2 KiB in all.</summary>
    /// <value>The default is empty.</value>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The object's tags. S3 allows 10.</summary>
    /// <value>The default is empty.</value>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The storage class.</summary>
    /// <value>The default is null: the server's default, usually <c>STANDARD</c>.</value>
    public StorageClass? StorageClass { get; init; }

    /// <summary>The encryption at rest.</summary>
    /// <value>The default is null: the bucket's own setting.</value>
    public ServerEncryption? Encryption { get; init; }

    /// <summary>Where a website redirects to instead of the object.</summary>
    /// <value>The default is null: not sent.</value>
    public string? WebsiteRedirectLocation { get; init; }

    /// <summary>Write only if the key does not exist yet (<c>If-None-Match: *</c>).</summary>
    /// <value>The default is false.</value>
    public bool OnlyIfAbsent { get; init; }

    /// <summary>
    /// Write only if the object still has this ETag (<c>If-Match</c>): <see cref="PreconditionFailedException"/> when it has another, and
    /// <see cref="ObjectNotFoundException"/> when there is none, since S3 answers that with 404.
    /// </summary>
    /// <value>The default is null: no condition.</value>
    public ETag? OnlyIfMatch { get; init; }
}
