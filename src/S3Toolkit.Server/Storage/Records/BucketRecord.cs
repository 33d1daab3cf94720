namespace S3Toolkit.Server.Storage;

internal sealed record BucketRecord(string Name, string Region, DateTimeOffset Created)
{
    public BucketVersioning Versioning { get; init; }

    public bool ObjectLock { get; init; }

    /// <summary>For what is put without a retention of its own; null when the bucket sets none.</summary>
    public DefaultRetentionRecord? DefaultRetention { get; init; }

    public IReadOnlyList<TagRecord> Tags { get; init; } = [];

    /// <summary>Null until it is told.</summary>
    public BucketEncryptionRecord? Encryption { get; init; }
}
