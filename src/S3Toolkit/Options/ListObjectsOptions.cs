namespace S3Toolkit;

/// <summary>Options of <see cref="IObjectStore.ListAsync"/>.</summary>
public sealed record ListObjectsOptions : BucketCallOptions
{
    /// <summary>List only keys that begin so.</summary>
    /// <value>The default is null: all keys.</value>
    public string? Prefix { get; init; }

    /// <summary>Roll up keys that have this after the prefix into one <see cref="ListedPrefix"/>; usually <c>/</c>.</summary>
    /// <value>The default is null: no roll-up, every key is listed.</value>
    public string? Delimiter { get; init; }

    /// <summary>List only keys after this one, itself excluded, in the order of UTF-8 bytes.</summary>
    /// <value>The default is null: from the first key.</value>
    public string? StartAfter { get; init; }

    /// <summary>How many entries a request brings, 1 to 1,000. It bounds memory and latency, not the number of entries in all.</summary>
    /// <value>The default is null: the server's, 1,000.</value>
    public int? PageSize { get; init; }

    /// <summary>
    /// How many requests list at once, 1 to 1,000: for prefixes of many keys. The keys are cut into ranges by what the pages show, with a
    /// few more requests to find where. It has no effect with a <see cref="Delimiter"/>, in directory buckets, and for short listings.
    /// </summary>
    /// <remarks>
    /// At most 8 pages for each request wait for the caller, some 250 KiB each. In order (see <see cref="InAnyOrder"/>), the later requests
    /// stop there until the caller comes to their keys.
    /// </remarks>
    /// <value>The default is 1: page after page.</value>
    public int MaxConcurrency { get; init; } = 1;

    /// <summary>Whether the entries come as their pages do, rather than in the order of their keys, when several requests list.</summary>
    /// <value>The default is false.</value>
    public bool InAnyOrder { get; init; }

    /// <summary>Whether to ask for each object's owner.</summary>
    /// <value>The default is false.</value>
    public bool FetchOwner { get; init; }
}

/// <summary>Options of <see cref="IObjectStore.ListVersionsAsync"/>.</summary>
public sealed record ListVersionsOptions : BucketCallOptions
{
    /// <summary>List only keys that begin so.</summary>
    /// <value>The default is null: all keys.</value>
    public string? Prefix { get; init; }

    /// <summary>How many entries a request brings, 1 to 1,000.</summary>
    /// <value>The default is null: the server's, 1,000.</value>
    public int? PageSize { get; init; }
}

/// <summary>Options of <see cref="IObjectStore.ListUploadsAsync"/>.</summary>
public sealed record ListUploadsOptions : BucketCallOptions
{
    /// <summary>List only keys that begin so.</summary>
    /// <value>The default is null: all keys.</value>
    public string? Prefix { get; init; }

    /// <summary>How many entries a request brings, 1 to 1,000.</summary>
    /// <value>The default is null: the server's, 1,000.</value>
    public int? PageSize { get; init; }
}
