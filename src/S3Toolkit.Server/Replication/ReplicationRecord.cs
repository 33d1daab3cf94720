using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Replication;

// A document and its parts, each a few lines: one file.

/// <summary>Where a bucket copies its objects to.</summary>
internal sealed record ReplicationRecord
{
    public required string Role { get; init; }

    public IReadOnlyList<ReplicationRuleRecord> Rules { get; init; } = [];
}

internal sealed record ReplicationRuleRecord
{
    public required string Id { get; init; }

    public bool IsEnabled { get; init; }

    /// <summary>The greatest wins among rules for one destination; null in documents of the first version.</summary>
    public int? Priority { get; init; }

    /// <summary>
    /// It came with the prefix of the first version of the document, which replicates delete markers, and is given back so.
    /// </summary>
    public bool HasOldPrefix { get; init; }

    public string? Prefix { get; init; }

    public IReadOnlyList<TagRecord> Tags { get; init; } = [];

    /// <summary>Its filter came as And of several, and is given back so.</summary>
    public bool IsAnd { get; init; }

    /// <summary>Null when the document does not say.</summary>
    public bool? DeleteMarkers { get; init; }

    /// <summary>Null when the document does not say. Kept only: what this server replicates is what comes after the rule.</summary>
    public bool? ExistingObjects { get; init; }

    /// <summary>Objects under keys of the KMS are replicated; null when the document does not say.</summary>
    public bool? KmsObjects { get; init; }

    /// <summary>Null when the document does not say. Kept only.</summary>
    public bool? ReplicaModifications { get; init; }

    public required ReplicationDestinationRecord Destination { get; init; }

    public bool ReplicatesMarkers => DeleteMarkers ?? HasOldPrefix;
}

internal sealed record ReplicationDestinationRecord
{
    public required string BucketArn { get; init; }

    public string? Account { get; init; }

    /// <summary>Null keeps that of the source.</summary>
    public string? StorageClass { get; init; }

    /// <summary>The replicas belong to the destination's owner.</summary>
    public bool OwnsReplicas { get; init; }

    public string? KmsKeyId { get; init; }

    /// <summary>Replication in 15 minutes, on or off; null when the document does not say. Kept only.</summary>
    public bool? TimeControl { get; init; }

    /// <summary>Metrics on or off; null when the document does not say. Kept only.</summary>
    public bool? Metrics { get; init; }

    public string BucketName => BucketArn[(BucketArn.LastIndexOf(':') + 1)..];
}
