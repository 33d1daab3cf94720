namespace S3Toolkit;

/// <summary>What reading an object and asking for its facts have in common.</summary>
public abstract record ObjectReadOptions : BucketCallOptions
{
    private protected ObjectReadOptions()
    {
    }

    /// <summary>The version to read.</summary>
    /// <value>The default is null: the current one.</value>
    public string? VersionId { get; init; }

    /// <summary>Read only if the object has this ETag; <see cref="PreconditionFailedException"/> otherwise.</summary>
    /// <value>The default is null: no condition.</value>
    public ETag? OnlyIfMatch { get; init; }

    /// <summary>Read only if the object does not have this ETag; "not modified" otherwise.</summary>
    /// <value>The default is null: no condition.</value>
    public ETag? OnlyIfNoneMatch { get; init; }

    /// <summary>Read only if the object was written after this time; "not modified" otherwise.</summary>
    /// <value>The default is null: no condition.</value>
    public DateTimeOffset? OnlyIfModifiedSince { get; init; }

    /// <summary>Read only if the object was not written after this time; <see cref="PreconditionFailedException"/> otherwise.</summary>
    /// <value>The default is null: no condition.</value>
    public DateTimeOffset? OnlyIfUnmodifiedSince { get; init; }

    /// <summary>The key of an object that was written with one (SSE-C).</summary>
    /// <value>The default is null.</value>
    public CustomerKeyEncryption? CustomerKey { get; init; }
}
