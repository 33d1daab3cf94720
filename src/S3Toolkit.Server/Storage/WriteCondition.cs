namespace S3Toolkit.Server.Storage;

/// <summary>What must hold at the moment of a write, judged with the write in one step.</summary>
/// <param name="IfAbsent">The key must have no current object.</param>
/// <param name="IfMatch">The ETag (without quotes) of the current object, or "*" for any; null = no condition.</param>
internal readonly record struct WriteCondition(bool IfAbsent = false, string? IfMatch = null)
{
    public static readonly WriteCondition None;

    /// <summary>The ETag (without quotes) that the current object must not have; null = no condition.</summary>
    public string? IfNoneMatch { get; init; }

    /// <summary>The last-modified time (whole seconds) that a delete demands; null = no condition.</summary>
    public DateTimeOffset? IfLastModified { get; init; }

    /// <summary>The length in bytes that a delete demands; null = no condition.</summary>
    public long? IfLength { get; init; }

    /// <summary>The start of the upload that the condition completes; null for other writes.</summary>
    public UploadStart? Upload { get; init; }

    public StorageStatus Check(ObjectRecord? current)
    {
        bool exists = current is { IsDeleteMarker: false };
        if (exists && (IfAbsent || IfNoneMatch == current!.ETag)) return StorageStatus.IfNoneMatchFailed;
        if (IfAbsent && Upload is { HadObject: true }) return StorageStatus.IfNoneMatchConflict;
        if (IfMatch is null && IfLastModified is null && IfLength is null) return StorageStatus.Done;
        // Only a delete has the other two, and what is gone has been deleted: S3 calls that success.
        if (!exists) return IfMatch is null ? StorageStatus.Done : StorageStatus.NoSuchKey;
        if (IfMatch is not (null or "*") && IfMatch != current!.ETag) return StorageStatus.IfMatchFailed;
        if (IfLastModified is { } time && time.ToUnixTimeSeconds() != current!.LastModified.ToUnixTimeSeconds())
            return StorageStatus.IfLastModifiedFailed;
        if (IfLength is not null && IfLength != current!.Length) return StorageStatus.IfLengthFailed;
        bool isNewer = IfMatch is not null && Upload is { } start && (current!.WrittenAt ?? current.LastModified) > start.Time;
        return isNewer ? StorageStatus.IfMatchConflict : StorageStatus.Done;
    }
}
