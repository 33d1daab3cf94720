namespace S3Toolkit;

/// <summary>A version of an object, or a delete marker, in a listing of versions.</summary>
/// <param name="Key">The key.</param>
/// <param name="VersionId">The version; <c>null</c> as text for one written without versioning.</param>
/// <param name="IsLatest">Whether it is what a plain read of the key meets.</param>
/// <param name="IsDeleteMarker">Whether it is a delete marker: no content, and a plain read answers 404.</param>
/// <param name="LastModified">When it was written.</param>
public sealed record ListedVersion(string Key, string VersionId, bool IsLatest, bool IsDeleteMarker, DateTimeOffset LastModified)
{
    /// <summary>The size in bytes; 0 for a delete marker.</summary>
    public long SizeBytes { get; init; }

    /// <summary>The ETag; null for a delete marker.</summary>
    public ETag? ETag { get; init; }

    /// <summary>The storage class.</summary>
    public StorageClass StorageClass { get; init; }

    /// <summary>What to hand to a delete to remove just this version.</summary>
    public ObjectIdentifier Identifier => new(Key, VersionId);
}
