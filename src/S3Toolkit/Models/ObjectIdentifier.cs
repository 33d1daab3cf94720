namespace S3Toolkit;

/// <summary>Names one object of a bucket for a bulk delete; a string converts to it.</summary>
/// <param name="Key">The key.</param>
/// <param name="VersionId">The version; null for the current one.</param>
/// <param name="ETag">Delete only if the object still has this ETag; null for no condition.</param>
public readonly record struct ObjectIdentifier(string Key, string? VersionId = null, ETag? ETag = null)
{
    /// <summary>Names the current version of a key.</summary>
    /// <param name="key">The key.</param>
    public static implicit operator ObjectIdentifier(string key) => new(key);
}
