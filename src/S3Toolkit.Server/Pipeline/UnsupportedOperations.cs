namespace S3Toolkit.Server.Pipeline;

/// <summary>
/// Subresources that S3 has and this server has not. Without them a request such as <c>PUT bucket?policy</c> would be taken for
/// CreateBucket: an answer that lies is worse than 501.
/// </summary>
internal static class UnsupportedOperations
{
    private static readonly Entry[] OfBucket =
    [
        new("abac", "GET", "GetBucketAbac"),
        new("abac", "PUT", "PutBucketAbac"),
        new("accelerate", "GET", "GetBucketAccelerateConfiguration"),
        new("accelerate", "PUT", "PutBucketAccelerateConfiguration"),
        new("acl", "GET", "GetBucketAcl"),
        new("acl", "PUT", "PutBucketAcl"),
        new("analytics", "DELETE", "DeleteBucketAnalyticsConfiguration"),
        new("analytics", "GET", "GetBucketAnalyticsConfiguration"),
        new("analytics", "PUT", "PutBucketAnalyticsConfiguration"),
        new("cors", "DELETE", "DeleteBucketCors"),
        new("cors", "GET", "GetBucketCors"),
        new("cors", "PUT", "PutBucketCors"),
        new("encryption", "DELETE", "DeleteBucketEncryption"),
        new("encryption", "GET", "GetBucketEncryption"),
        new("encryption", "PUT", "PutBucketEncryption"),
        new("intelligent-tiering", "DELETE", "DeleteBucketIntelligentTieringConfiguration"),
        new("intelligent-tiering", "GET", "GetBucketIntelligentTieringConfiguration"),
        new("intelligent-tiering", "PUT", "PutBucketIntelligentTieringConfiguration"),
        new("inventory", "DELETE", "DeleteBucketInventoryConfiguration"),
        new("inventory", "GET", "GetBucketInventoryConfiguration"),
        new("inventory", "PUT", "PutBucketInventoryConfiguration"),
        new("lifecycle", "DELETE", "DeleteBucketLifecycle"),
        new("lifecycle", "GET", "GetBucketLifecycleConfiguration"),
        new("lifecycle", "PUT", "PutBucketLifecycleConfiguration"),
        new("logging", "GET", "GetBucketLogging"),
        new("logging", "PUT", "PutBucketLogging"),
        new("metadataConfiguration", "DELETE", "DeleteBucketMetadataConfiguration"),
        new("metadataConfiguration", "GET", "GetBucketMetadataConfiguration"),
        new("metadataConfiguration", "POST", "CreateBucketMetadataConfiguration"),
        new("metadataInventoryTable", "PUT", "UpdateBucketMetadataInventoryTableConfiguration"),
        new("metadataJournalTable", "PUT", "UpdateBucketMetadataJournalTableConfiguration"),
        new("metadataTable", "DELETE", "DeleteBucketMetadataTableConfiguration"),
        new("metadataTable", "GET", "GetBucketMetadataTableConfiguration"),
        new("metadataTable", "POST", "CreateBucketMetadataTableConfiguration"),
        new("metrics", "DELETE", "DeleteBucketMetricsConfiguration"),
        new("metrics", "GET", "GetBucketMetricsConfiguration"),
        new("metrics", "PUT", "PutBucketMetricsConfiguration"),
        new("notification", "GET", "GetBucketNotificationConfiguration"),
        new("notification", "PUT", "PutBucketNotificationConfiguration"),
        new("object-lock", "GET", "GetObjectLockConfiguration"),
        new("object-lock", "PUT", "PutObjectLockConfiguration"),
        new("ownershipControls", "DELETE", "DeleteBucketOwnershipControls"),
        new("ownershipControls", "GET", "GetBucketOwnershipControls"),
        new("ownershipControls", "PUT", "PutBucketOwnershipControls"),
        new("policy", "DELETE", "DeleteBucketPolicy"),
        new("policy", "GET", "GetBucketPolicy"),
        new("policy", "PUT", "PutBucketPolicy"),
        new("policyStatus", "GET", "GetBucketPolicyStatus"),
        new("publicAccessBlock", "DELETE", "DeletePublicAccessBlock"),
        new("publicAccessBlock", "GET", "GetPublicAccessBlock"),
        new("publicAccessBlock", "PUT", "PutPublicAccessBlock"),
        new("replication", "DELETE", "DeleteBucketReplication"),
        new("replication", "GET", "GetBucketReplication"),
        new("replication", "PUT", "PutBucketReplication"),
        new("requestPayment", "GET", "GetBucketRequestPayment"),
        new("requestPayment", "PUT", "PutBucketRequestPayment"),
        new("session", "GET", "CreateSession"),
        new("website", "DELETE", "DeleteBucketWebsite"),
        new("website", "GET", "GetBucketWebsite"),
        new("website", "PUT", "PutBucketWebsite"),
    ];

    private static readonly Entry[] OfObject =
    [
        new("acl", "GET", "GetObjectAcl"),
        new("acl", "PUT", "PutObjectAcl"),
        new("encryption", "PUT", "UpdateObjectEncryption"),
        new("legal-hold", "GET", "GetObjectLegalHold"),
        new("legal-hold", "PUT", "PutObjectLegalHold"),
        new("renameObject", "PUT", "RenameObject"),
        new("restore", "POST", "RestoreObject"),
        new("retention", "GET", "GetObjectRetention"),
        new("retention", "PUT", "PutObjectRetention"),
        new("select", "POST", "SelectObjectContent"),
        new("torrent", "GET", "GetObjectTorrent"),
    ];

    /// <summary>The subresources of buckets and objects that have an entry.</summary>
    public static IEnumerable<string> Names => OfBucket.Concat(OfObject).Select(static entry => entry.Subresource).Distinct();

    /// <summary>AWS's names of all of them.</summary>
    public static IEnumerable<string> Operations => OfBucket.Concat(OfObject).Select(static entry => entry.Operation);

    /// <summary>AWS's name of the operation; null when S3 has none for this method.</summary>
    public static string? Find(string method, bool isObject, string subresource)
    {
        foreach (Entry entry in isObject ? OfObject : OfBucket)
        {
            if (entry.Method == method && entry.Subresource == subresource) return entry.Operation;
        }
        return null;
    }

    private readonly record struct Entry(string Subresource, string Method, string Operation);
}
