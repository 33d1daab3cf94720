namespace S3Toolkit.Server.Tests.Docs;

/// <summary>Where an operation differs from AWS's, or what the table cannot show. One line an operation, sorted.</summary>
internal static class CompatibilityNotes
{
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>
    {
        ["CreateSession"] = "Of directory buckets, which this server has not.",
        ["GetBucketMetadataTableConfiguration"] = "Of S3 Tables, a service of its own.",
        ["GetObjectTorrent"] = "AWS has ended it for new customers.",
        ["HeadBucket"] = "No bucket is behind an access point.",
        ["PutBucketPolicy"] = "Accounts and users that a policy names need not exist. Roles, services and federated users match nobody.",
        ["PutBucketVersioning"] = "MFA delete is 501.",
        ["PutObject"] = "`If-None-Match` takes an ETag as well as `*`.",
        ["RenameObject"] = "Of directory buckets, which this server has not.",
        ["RestoreObject"] = "To select from an archive, or to restore to another place, is 501.",
        ["SelectObjectContent"] = "AWS has ended it for new customers.",
    };
}
