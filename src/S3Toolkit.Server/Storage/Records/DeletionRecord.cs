namespace S3Toolkit.Server.Storage;

/// <summary>What a delete did.</summary>
/// <param name="IsDeleteMarker">A delete marker was added, or the version that was removed was one.</param>
/// <param name="VersionId">The version that was added or removed; null in a bucket without versioning.</param>
internal sealed record DeletionRecord(bool IsDeleteMarker, string? VersionId);
