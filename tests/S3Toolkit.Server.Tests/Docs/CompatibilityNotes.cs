namespace S3Toolkit.Server.Tests.Docs;

/// <summary>Where an operation differs from AWS's, or what the table cannot show. One line an operation, sorted.</summary>
internal static class CompatibilityNotes
{
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>
    {
        ["CompleteMultipartUpload"] =
            "Conditions as in PutObject. A final checksum that is malformed is `BadDigest`, as one that is wrong.",
        ["CorsPreflight"] = "Needs no signature; on the website port it is 405.",
        ["CreateSession"] = "Of directory buckets, which this server has not.",
        ["GetBucketMetadataTableConfiguration"] = "Of S3 Tables, a service of its own.",
        ["GetObjectTorrent"] = "AWS has ended it for new customers.",
        ["HeadBucket"] =
            "No bucket is behind an access point. The expected owner, here and elsewhere, may be a user's id as well as an account.",
        ["ListMultipartUploads"] = "Any marker in the form of an upload id is taken, though AWS can tell its own.",
        ["ListObjectsV2"] = "Tells `StartAfter` beside a token too; an empty token is the first page.",
        ["PutBucketAbac"] = "Kept; tags of buckets decide nothing here.",
        ["PutBucketAccelerateConfiguration"] = "Kept; there is no accelerate endpoint.",
        ["PutBucketAnalyticsConfiguration"] = "Kept; nothing is analysed.",
        ["PutBucketIntelligentTieringConfiguration"] = "Kept; nothing is moved.",
        ["PutBucketInventoryConfiguration"] = "Kept; no report is written.",
        ["PutBucketLogging"] = "Kept, when the target could take logs; no log is written.",
        ["PutBucketMetricsConfiguration"] = "Kept; nothing is measured.",
        ["PutBucketNotificationConfiguration"] = "Sent to `S3ServerOptions.NotificationWebhook`, the test message too.",
        ["PutBucketPolicy"] = "Accounts and users that a policy names need not exist. Roles, services and federated users match nobody.",
        ["PutBucketReplication"] = "A destination that is away is asked again by the server's clock, up to every 15 minutes.",
        ["PutBucketVersioning"] = "MFA delete is 501.",
        ["PutObject"] = "`If-None-Match` takes an ETag as well as `*`, and `If-Match` a `*` as well as an ETag. In a presigned query, "
            + "`x-amz-meta-*` counts as a header and no other header does.",
        ["PutBucketWebsite"] = "Served on `S3ServerOptions.WebsitePort`; see docs/architecture.md. Faults strike no visits.",
        ["RenameObject"] = "Of directory buckets, which this server has not.",
        ["RestoreObject"] = "To select from it, or to restore to another place, is 501. What ends after a restart is not told.",
        ["SelectObjectContent"] = "AWS has ended it for new customers.",
    };
}
