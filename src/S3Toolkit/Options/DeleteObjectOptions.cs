namespace S3Toolkit;

/// <summary>Options of <see cref="IObjectStore.DeleteAsync"/>.</summary>
public sealed record DeleteObjectOptions : BucketCallOptions
{
    /// <summary>The version to remove for good.</summary>
    /// <value>The default is null: the current one, which in a bucket with versioning leaves a delete marker.</value>
    public string? VersionId { get; init; }

    /// <summary>Delete only if the object still has this ETag; <see cref="PreconditionFailedException"/> otherwise.</summary>
    /// <value>The default is null: no condition.</value>
    public ETag? OnlyIfMatch { get; init; }
}

/// <summary>Options of <see cref="IObjectStore.DeleteManyAsync"/>.</summary>
public sealed record DeleteManyOptions : BucketCallOptions
{
    /// <summary>How many objects go in one request, 1 to 1,000.</summary>
    /// <value>The default is 1,000, the most that <c>DeleteObjects</c> takes.</value>
    public int BatchSize { get; init; } = 1000;

    /// <summary>How many requests are in flight at once, at least 1.</summary>
    /// <value>The default is 4.</value>
    public int MaxConcurrency { get; init; } = 4;
}
