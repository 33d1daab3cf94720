using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Replication;

/// <summary>What S3 refuses although it is well-formed.</summary>
internal static class ReplicationChecks
{
    public static void Check(ReplicationRecord replication, BucketRecord source)
    {
        if (source.Versioning != BucketVersioning.Enabled)
            throw Request("Versioning must be 'Enabled' on the bucket to apply a replication configuration");
        foreach (ReplicationRuleRecord rule in replication.Rules)
        {
            if (rule.Id.Length > 255) throw Argument("ID length should not exceed allowed limit of 255");
            CheckRule(rule, source);
        }
        IReadOnlyList<ReplicationRuleRecord> rules = replication.Rules;
        if (rules.Select(static rule => rule.Id).Distinct().Count() < rules.Count)
            throw Argument("Rule ID must be unique. Found same ID for more than one rule");
        if (rules.Any(static rule => rule.HasOldPrefix) && rules.Any(static rule => !rule.HasOldPrefix))
            throw Request("Prefix and Filter cannot be used together in one replication configuration.");
        foreach (IGrouping<int?, ReplicationRuleRecord> same in rules.GroupBy(static rule => rule.Priority))
        {
            if (same.Key is { } priority && same.Count() > 1) throw Argument($"Found duplicate priority {priority}");
        }
        CheckOverlaps([.. rules.Where(static rule => rule.HasOldPrefix)]);
    }

    private static void CheckRule(ReplicationRuleRecord rule, BucketRecord source)
    {
        ReplicationDestinationRecord destination = rule.Destination;
        bool isBucket = destination.BucketArn.StartsWith("arn:aws:s3:::", StringComparison.Ordinal)
            && BucketNames.IsValid(destination.BucketName);
        if (!isBucket) throw S3Errors.InvalidArgument("Invalid bucket ARN.", "Bucket", destination.BucketArn).ToException();
        if (destination.BucketName == source.Name) throw Request("Destination bucket cannot be the same as the source bucket.");
        if (rule.KmsObjects == true && destination.KmsKeyId is null)
            throw Argument("ReplicaKmsKeyID must be specified if SseKmsEncryptedObjects tag is present.");
        if (destination.OwnsReplicas && destination.Account is null)
            throw Argument("Account must be specified if AccessControlTranslation is present.");
        if (rule.HasOldPrefix) return;
        if (rule.Priority is null) throw MissingOfVersion2("Priority");
        if (rule.DeleteMarkers is null) throw MissingOfVersion2("DeleteMarkerReplication");
        if (rule.DeleteMarkers == true && rule.Tags.Count > 0)
        {
            throw Request(
                "Delete marker replication is not supported if any Tag filter is specified. Please refer to S3 Developer Guide for more "
                + "information.");
        }
    }

    /// <summary>Rules of the first version have no priority that could decide.</summary>
    private static void CheckOverlaps(ReplicationRuleRecord[] rules)
    {
        for (int i = 0; i < rules.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                (string one, string other) = (rules[i].Prefix!, rules[j].Prefix!);
                if (one.StartsWith(other, StringComparison.Ordinal) || other.StartsWith(one, StringComparison.Ordinal))
                    throw Request($"Found overlapping prefixes '{other}' and '{one}'");
            }
        }
    }

    private static S3ErrorException MissingOfVersion2(string element) => Request(
        $"{element} must be specified for this version of Cross Region Replication configuration schema. Please refer to S3 Developer "
        + "Guide "
        + "for more information.");

    private static S3ErrorException Argument(string message) => S3Errors.InvalidArgument(message).ToException();

    private static S3ErrorException Request(string message) => S3Errors.InvalidRequest(message).ToException();
}
