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
