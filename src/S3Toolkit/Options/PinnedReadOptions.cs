namespace S3Toolkit;

/// <summary>What readings of several requests have in common: all of them are of one content, the one that was found first.</summary>
public abstract record PinnedReadOptions : BucketCallOptions
{
    private protected PinnedReadOptions()
    {
    }

    /// <summary>The version to read.</summary>
    /// <value>The default is null: the one that is current when the reading begins.</value>
    public string? VersionId { get; init; }

    /// <summary>Read only if the object has this ETag; <see cref="PreconditionFailedException"/> otherwise.</summary>
    /// <value>The default is null: whatever content is there, and that one until the end.</value>
    public ETag? OnlyIfMatch { get; init; }

    /// <summary>The key of an object that was written with one (SSE-C).</summary>
    /// <value>The default is null.</value>
    public CustomerKeyEncryption? CustomerKey { get; init; }
}
