namespace S3Toolkit;

/// <summary>Options of <see cref="IObjectStore.CopyAsync"/>.</summary>
public sealed record CopyObjectOptions : ObjectWriteOptions
{
    /// <summary>
    /// Whether the copy gets the headers and metadata of these options and nothing of the source's. False means that none are set here.
    /// </summary>
    /// <value>
    /// The default is null: headers that are set here are the copy's, and so is metadata as a whole; the rest is the source's.
    /// </value>
    public bool? ReplaceMetadata { get; init; }

    /// <summary>Whether the copy gets the tags of these options instead of the source's.</summary>
    /// <value>The default is null: yes when any tag is set here.</value>
    public bool? ReplaceTags { get; init; }

    /// <summary>Copy only if the source has this ETag.</summary>
    /// <value>The default is null: no condition.</value>
    public ETag? OnlyIfSourceMatch { get; init; }

    /// <summary>The key of a source that was written with one (SSE-C).</summary>
    /// <value>The default is null.</value>
    public CustomerKeyEncryption? SourceCustomerKey { get; init; }

    /// <summary>
    /// Is told the copied bytes: after each part of a large object, once at the end of a small one.
    /// What it throws is logged, not thrown on.
    /// </summary>
    /// <value>The default is null.</value>
    public IProgress<TransferProgress>? Progress { get; init; }

    /// <summary>How large objects are cut.</summary>
    /// <value>The default is null: the store's <see cref="S3ToolkitOptions.Transfers"/>.</value>
    public TransferOptions? Transfers { get; init; }

    internal bool SetsHeaders => ContentType is not null || CacheControl is not null || ContentDisposition is not null
        || ContentEncoding is not null || ContentLanguage is not null || Expires is not null || WebsiteRedirectLocation is not null
        || Metadata.Count > 0;
}
