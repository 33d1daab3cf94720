namespace S3Toolkit;

/// <summary>What became of one delete. S3 answers the same for a key that was there and for one that was not.</summary>
/// <param name="Key">The key.</param>
public sealed record DeleteResult(string Key)
{
    /// <summary>The version that was asked for or removed; null without one.</summary>
    public string? VersionId { get; init; }

    /// <summary>
    /// Whether a delete marker is involved: one was created (the content is still there as an older version), or the version that was
    /// removed was one.
    /// </summary>
    public bool IsDeleteMarker { get; init; }

    /// <summary>The version of the delete marker that was created or removed; null without one.</summary>
    public string? DeleteMarkerVersionId { get; init; }

    /// <summary>
    /// Whether the server said that there was nothing to delete. S3 says so only to a single delete with a condition, other servers to any.
    /// </summary>
    public bool WasMissing { get; init; }

    /// <summary>Why the object was not deleted; null when it was. Only a bulk delete returns failures, a single one throws.</summary>
    public DeleteFailure? Failure { get; init; }

    /// <summary>Whether the object is gone.</summary>
    public bool IsSuccess => Failure is null;
}

/// <summary>Why one object of a bulk delete was not deleted.</summary>
/// <param name="ErrorCode">The error code.</param>
/// <param name="Message">The server's message.</param>
/// <param name="IsTransient">Whether another attempt may succeed; the library has made its own by then.</param>
public sealed record DeleteFailure(S3ErrorCode ErrorCode, string Message, bool IsTransient = false);
