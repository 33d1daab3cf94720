using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Replication;

/// <summary>Which rules are about a version: no I/O.</summary>
internal static class ReplicationRules
{
    /// <summary>Pending when a rule is about it; null when none is.</summary>
    public static ReplicationStatus? StatusOf(BucketRecord bucket, ObjectRecord record) =>
        bucket.Replication is not null && Of(bucket, record).Count > 0 ? ReplicationStatus.Pending : null;

    /// <summary>The same for the delete marker that a deletion may leave.</summary>
    public static ReplicationStatus? StatusOfMarker(BucketRecord bucket, string key) =>
        StatusOf(bucket, new ObjectRecord { Key = key, IsDeleteMarker = true, LastModified = default });

    /// <summary>One rule for each destination: that of the greatest priority.</summary>
    public static IReadOnlyList<ReplicationRuleRecord> Of(BucketRecord bucket, ObjectRecord record)
    {
        if (bucket.Replication is not { } replication || bucket.Versioning != BucketVersioning.Enabled) return [];
        return
        [
            .. replication.Rules.Where(rule => Matches(rule, record))
                .GroupBy(static rule => rule.Destination.BucketName)
                .Select(static group => group.MaxBy(static rule => rule.Priority ?? 0)!)
                // A rule that wins and leaves markers alone leaves them alone: a lesser one must not bring them.
                .Where(rule => !record.IsDeleteMarker || rule.ReplicatesMarkers),
        ];
    }

    private static bool Matches(ReplicationRuleRecord rule, ObjectRecord record)
    {
        if (!rule.IsEnabled || !record.Key.StartsWith(rule.Prefix ?? "", StringComparison.Ordinal)) return false;
        if (record.IsDeleteMarker) return rule.Tags.Count == 0;
        EncryptionRecord encryption = record.Properties.Encryption;
        // Of the customer's key nothing is here to go along; keys of the KMS are asked for one by one.
        if (encryption.IsCustomerKey || (encryption.KmsKeyId is not null && rule.KmsObjects != true)) return false;
        return rule.Tags.All(record.Tags.Contains);
    }
}
