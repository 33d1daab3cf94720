namespace S3Toolkit;

/// <summary>Options of <c>CopyToAsync</c>: what is read, and what the copy is given.</summary>
public sealed record CopyToOptions : PinnedReadOptions
{
    /// <summary>
    /// What the copy is given: headers that are set here are the copy's, and so are metadata and tags as a whole; the rest is the source's.
    /// Also the conditions of the write, its encryption, storage class, progress and sizes of parts.
    /// </summary>
    /// <value>The default keeps headers, metadata and tags of the source.</value>
    public PutObjectOptions Destination { get; init; } = new();

    /// <summary>Whether the copy gets the source's tags, which takes the permission to read them.</summary>
    /// <value>The default is true.</value>
    public bool KeepTags { get; init; } = true;

    /// <summary>
    /// Whether content that can be checked by its length alone is an error: many objects that were uploaded in parts have no checksum of
    /// all their bytes.
    /// </summary>
    /// <value>The default is false.</value>
    public bool RequireVerification { get; init; }
}
