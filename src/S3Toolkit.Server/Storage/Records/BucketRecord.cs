using S3Toolkit.Server.Lifecycle;
using S3Toolkit.Server.Notifications;
using S3Toolkit.Server.Replication;

namespace S3Toolkit.Server.Storage;

internal sealed partial record BucketRecord(string Name, string Region, DateTimeOffset Created)
{
    /// <summary>The canonical id of its owner; null = the root.</summary>
    public string? OwnerId { get; init; }

    public BucketOwnership Ownership { get; init; }

    /// <summary>Null = private.</summary>
    public AclRecord? Acl { get; init; }

    /// <summary>Null = nothing is blocked.</summary>
    public PublicAccessBlockRecord? PublicAccessBlock { get; init; }

    /// <summary>The text of its policy; null when it has none.</summary>
    public string? Policy { get; init; }

    /// <summary>Requests and downloads are paid by who asks.</summary>
    public bool RequesterPays { get; init; }

    public BucketVersioning Versioning { get; init; }

    public bool ObjectLock { get; init; }

    /// <summary>For what is put without a retention of its own; null when the bucket sets none.</summary>
    public DefaultRetentionRecord? DefaultRetention { get; init; }

    public IReadOnlyList<TagRecord> Tags { get; init; } = [];

    /// <summary>Null until it is told.</summary>
    public BucketEncryptionRecord? Encryption { get; init; }

    public LifecycleRecord? Lifecycle { get; init; }

    public NotificationRecord? Notification { get; init; }

    public ReplicationRecord? Replication { get; init; }
}
