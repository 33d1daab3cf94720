using System.Collections.ObjectModel;

namespace S3Toolkit;

/// <summary>Options of <see cref="IBucketStore.CreateAsync"/> and <see cref="IBucketStore.EnsureAsync"/>.</summary>
public sealed record CreateBucketOptions : S3CallOptions
{
    /// <summary>The region of the bucket.</summary>
    /// <value>The default is null: the store's region.</value>
    public string? Region { get; init; }

    /// <summary>Whether objects can be locked against deletion. It turns versioning on, and can be set only now.</summary>
    /// <value>The default is false.</value>
    public bool ObjectLock { get; init; }

    /// <summary>The bucket's tags. S3 allows 50.</summary>
    /// <value>The default is empty.</value>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}

/// <summary>Options of <see cref="IBucketStore.DeleteAsync"/>.</summary>
public sealed record DeleteBucketOptions : BucketCallOptions
{
    /// <summary>
    /// Whether to empty the bucket first: objects, all versions, delete markers, unfinished uploads. There is no way back.
    /// </summary>
    /// <value>The default is false: a bucket that is not empty is an error, <see cref="S3ErrorCode.BucketNotEmpty"/>.</value>
    public bool Force { get; init; }
}

/// <summary>Options of <see cref="IBucketStore.ListAsync"/>.</summary>
public sealed record ListBucketsOptions : S3CallOptions
{
    /// <summary>List only buckets whose names begin so.</summary>
    /// <value>The default is null: all.</value>
    public string? Prefix { get; init; }

    /// <summary>List only buckets of this region.</summary>
    /// <value>The default is null: of all regions.</value>
    public string? Region { get; init; }

    /// <summary>How many buckets a request brings, 1 to 10,000.</summary>
    /// <value>The default is null: the server decides.</value>
    public int? PageSize { get; init; }
}
