using System.Globalization;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using static S3Toolkit.Server.Operations.Configurations.Settings.ElementShape;

namespace S3Toolkit.Server.Operations.Configurations.Settings;

/// <summary>The kinds of settings with ids, and S3's schemas of them.</summary>
internal static class ConfigurationLists
{
    private static readonly ElementShape Tag = Of("Tag", Text("Key"), Text("Value"));

    public static readonly ConfigurationList Inventory = new()
    {
        Kind = "inventory",
        ListRoot = "ListInventoryConfigurationsResult",
        Shape = Of(
            "InventoryConfiguration",
            Of(
                "Destination",
                Of(
                    "S3BucketDestination",
                    Text("AccountId").Optional(),
                    Text("Bucket"),
                    Words("Format", "CSV", "ORC", "Parquet"),
                    Text("Prefix").Optional(),
                    OneOf("Encryption", Of("SSE-S3"), Of("SSE-KMS", Text("KeyId"))).Optional())),
            Flag("IsEnabled"),
            Of("Filter", Text("Prefix")).Optional(),
            Text("Id"),
            Words("IncludedObjectVersions", "All", "Current"),
            Of("OptionalFields", Words("Field", InventoryFields).Optional().Many()).Optional(),
            Of("Schedule", Words("Frequency", "Daily", "Weekly"))),
        Check = static document => RequireBucketArn(document.TextOf("Destination", "S3BucketDestination", "Bucket")),
    };

    public static readonly ConfigurationList Analytics = new()
    {
        Kind = "analytics",
        ListRoot = "ListBucketAnalyticsConfigurationsResult",
        Shape = Of(
            "AnalyticsConfiguration",
            Text("Id"),
            Filter().Optional(),
            Of(
                "StorageClassAnalysis",
                Of(
                    "DataExport",
                    Words("OutputSchemaVersion", "V_1"),
                    Of(
                        "Destination",
                        Of(
                            "S3BucketDestination",
                            Words("Format", "CSV"),
                            Text("BucketAccountId").Optional(),
                            Text("Bucket"),
                            Text("Prefix").Optional()))).Optional())),
        Check = static document =>
        {
            string? bucket = document.TextOf("StorageClassAnalysis", "DataExport", "Destination", "S3BucketDestination", "Bucket");
            if (bucket is not null) RequireBucketArn(bucket);
        },
    };

    public static readonly ConfigurationList Metrics = new()
    {
        Kind = "metrics",
        ListRoot = "ListMetricsConfigurationsResult",
        PutStatus = 204,
        Shape = Of("MetricsConfiguration", Text("Id"), Filter(Text("AccessPointArn")).Optional()),
    };

    public static readonly ConfigurationList IntelligentTiering = new()
    {
        Kind = "intelligent-tiering",
        ListRoot = "ListBucketIntelligentTieringConfigurationsOutput",
        Shape = Of(
            "IntelligentTieringConfiguration",
            Text("Id"),
            Filter().Optional(),
            Words("Status", "Enabled", "Disabled"),
            Of("Tiering", Words("AccessTier", "ARCHIVE_ACCESS", "DEEP_ARCHIVE_ACCESS"), Number("Days")).Many()),
        Check = CheckTierings,
    };

    private static string[] InventoryFields =>
    [
        "Size", "LastModifiedDate", "StorageClass", "ETag", "IsMultipartUploaded", "ReplicationStatus", "EncryptionStatus",
        "ObjectLockRetainUntilDate", "ObjectLockMode", "ObjectLockLegalHoldStatus", "IntelligentTieringAccessTier", "BucketKeyStatus",
        "ChecksumAlgorithm", "ObjectAccessControlList", "ObjectOwner", "LifecycleExpirationDate",
    ];

    /// <summary>One condition, or several in And.</summary>
    private static ElementShape Filter(params ElementShape[] more)
    {
        ElementShape[] all = [Text("Prefix").Optional(), .. more.Select(shape => shape.Optional()), Tag.Optional().Many()];
        return OneOf("Filter", [Of("And", all), Text("Prefix"), .. more, Tag]);
    }

    private static void RequireBucketArn(string? arn)
    {
        string name = arn?[(arn.LastIndexOf(':') + 1)..] ?? "";
        bool isArn = arn is not null && arn.StartsWith("arn:aws", StringComparison.Ordinal)
            && arn.EndsWith(":s3:::" + name, StringComparison.Ordinal);
        if (!isArn || !BucketNames.IsValid(name)) throw new S3Error("InvalidS3DestinationBucket", 400, "Invalid bucket ARN.").ToException();
    }

    /// <summary>S3: each tier once; from 90 days, deep archive from 180, and up to two years.</summary>
    private static void CheckTierings(DocumentRecord document)
    {
        DocumentRecord[] tierings = [.. document.Children.Where(static child => child.Name == "Tiering")];
        if (tierings.DistinctBy(static tiering => tiering.TextOf("AccessTier")).Count() != tierings.Length)
            throw S3Errors.MalformedXml().ToException();
        foreach (DocumentRecord tiering in tierings)
        {
            string tier = tiering.TextOf("AccessTier")!;
            int min = tier == "ARCHIVE_ACCESS" ? 90 : 180;
            int days = int.Parse(tiering.TextOf("Days")!, NumberStyles.None, CultureInfo.InvariantCulture);
            if (days < min || days > 730)
            {
                throw S3Errors.InvalidArgument(
                    $"Days of {tier} must be between {min} and 730", "Days", days.ToString(CultureInfo.InvariantCulture)).ToException();
            }
        }
    }
}
