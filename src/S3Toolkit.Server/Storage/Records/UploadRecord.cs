using S3Toolkit.Server.Replication;

namespace S3Toolkit.Server.Storage;

/// <summary>A multipart upload.</summary>
internal sealed record UploadRecord
{
    public required string Key { get; init; }

    public required string UploadId { get; init; }

    public required DateTimeOffset Initiated { get; init; }

    /// <summary>Null for an upload of an older server.</summary>
    public UploadStart? Start { get; init; }

    public ObjectProperties Properties { get; init; } = ObjectProperties.Empty;

    /// <summary>The canonical id of who started it; null = whoever owns the bucket.</summary>
    public string? InitiatorId { get; init; }

    /// <summary>The owner of the object that it becomes; null = whoever owns the bucket.</summary>
    public string? OwnerId { get; init; }

    /// <summary>The list of the object that it becomes; null = private.</summary>
    public AclRecord? Acl { get; init; }

    public IReadOnlyList<TagRecord> Tags { get; init; } = [];

    /// <summary>The lock asked for at the start; null leaves it to the bucket.</summary>
    public ObjectLockRecord? Lock { get; init; }

    /// <summary>The checksum asked for at the start; null when none was (S3 then keeps CRC64NVME).</summary>
    public ChecksumFunction? ChecksumFunction { get; init; }

    public bool IsCompositeChecksum { get; init; }

    /// <summary>What the object takes over from the one that it is a copy of; null when it is none of another server's.</summary>
    public ReplicaRecord? Replica { get; init; }

    /// <summary>Set once the upload is completed: what it became, so that a repeated Complete gives the same answer.</summary>
    public ObjectRecord? Completed { get; init; }
}
