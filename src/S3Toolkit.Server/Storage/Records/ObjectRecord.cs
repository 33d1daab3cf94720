using S3Toolkit.Server.Replication;

namespace S3Toolkit.Server.Storage;

/// <summary>One version of an object, or a delete marker. Immutable.</summary>
internal sealed record ObjectRecord
{
    /// <summary>The id of the version that is written while versioning is off or suspended.</summary>
    public const string NullVersion = "null";

    public required string Key { get; init; }

    /// <summary>Given by the storage when the version is written; a replica brings that of its source.</summary>
    public string VersionId { get; init; } = NullVersion;

    public bool IsDeleteMarker { get; init; }

    public required DateTimeOffset LastModified { get; init; }

    /// <summary>
    /// To the tick, when it came to be: what was completed from an upload is as old as the upload's start. Null when nobody noted it.
    /// </summary>
    public DateTimeOffset? WrittenAt { get; init; }

    /// <summary>Without quotes: the MD5, or the MD5 of the parts' MD5s and their number. "" for a delete marker.</summary>
    public string ETag { get; init; } = "";

    public long Length { get; init; }

    public ObjectProperties Properties { get; init; } = ObjectProperties.Empty;

    /// <summary>The canonical id of its owner; null = whoever owns the bucket.</summary>
    public string? OwnerId { get; init; }

    /// <summary>Null = private.</summary>
    public AclRecord? Acl { get; init; }

    public IReadOnlyList<TagRecord> Tags { get; init; } = [];

    public ChecksumRecord? Checksum { get; init; }

    /// <summary>Null when nothing ever protected this version.</summary>
    public ObjectLockRecord? Lock { get; init; }

    /// <summary>The last restore of an archived version; null when there was none.</summary>
    public RestoreRecord? Restore { get; init; }

    /// <summary>Null when no replication rule is about this version.</summary>
    public ReplicationStatus? Replication { get; init; }

    /// <summary>The parts that it was completed from; empty when it came in one piece.</summary>
    public IReadOnlyList<PartRecord> Parts { get; init; } = [];

    public IObjectBody? Body { get; init; }
}
