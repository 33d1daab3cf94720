namespace S3Toolkit;

/// <summary>An entry of a listing: a <see cref="ListedObject"/>, or a <see cref="ListedPrefix"/> when a delimiter was given.</summary>
public abstract record ObjectListing
{
    private protected ObjectListing()
    {
    }

    /// <summary>The key of an object, or the common prefix.</summary>
    public abstract string Name { get; }
}

/// <summary>An object in a listing.</summary>
/// <param name="Key">The key.</param>
/// <param name="SizeBytes">The size in bytes.</param>
/// <param name="LastModified">When it was last written.</param>
public sealed record ListedObject(string Key, long SizeBytes, DateTimeOffset LastModified) : ObjectListing
{
    /// <inheritdoc/>
    public override string Name => Key;

    /// <summary>The ETag; null when the server sent none.</summary>
    public ETag? ETag { get; init; }

    /// <summary>The storage class.</summary>
    public StorageClass StorageClass { get; init; }

    /// <summary>The owner's id; null unless <see cref="ListObjectsOptions.FetchOwner"/> was set.</summary>
    public string? OwnerId { get; init; }

    /// <summary>The function of the checksum that the server keeps; null when the listing does not say.</summary>
    public ChecksumFunction? ChecksumFunction { get; init; }
}

/// <summary>A common prefix: stands for all keys that begin with it, up to and including the delimiter.</summary>
/// <param name="Prefix">The prefix, delimiter included.</param>
public sealed record ListedPrefix(string Prefix) : ObjectListing
{
    /// <inheritdoc/>
    public override string Name => Prefix;
}
