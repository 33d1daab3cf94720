using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using static S3Toolkit.Server.Operations.Configurations.Settings.ElementShape;

namespace S3Toolkit.Server.Operations.Configurations.Settings;

/// <summary>The settings that a bucket has once, that are kept and change nothing here: logging, acceleration, access by tags.</summary>
internal static class BucketSettings
{
    private static readonly ElementShape Grantee = Of(
        "Grantee", Text("ID").Optional(), Text("DisplayName").Optional(), Text("EmailAddress").Optional(), Text("URI").Optional());

    private static readonly ElementShape LoggingShape = Of(
        "BucketLoggingStatus",
        Of(
            "LoggingEnabled",
            Text("TargetBucket"),
            Text("TargetPrefix"),
            Of("TargetGrants", Of("Grant", Grantee, Words("Permission", "FULL_CONTROL", "READ", "WRITE")).Optional().Many()).Optional(),
            OneOf(
                "TargetObjectKeyFormat",
                Of("SimplePrefix"),
                Of("PartitionedPrefix", Words("PartitionDateSource", "EventTime", "DeliveryTime").Optional())).Optional()).Optional());

    /// <summary>An empty document turns it off.</summary>
    public static readonly BucketConfiguration<DocumentRecord> Logging =
        Once("logging", LoggingShape, new DocumentRecord(LoggingShape.Name), LoggingTarget.CheckAsync);

    public static readonly BucketConfiguration<DocumentRecord> Acceleration = Once(
        "accelerate", Of("AccelerateConfiguration", Words("Status", "Enabled", "Suspended")), new DocumentRecord("AccelerateConfiguration"),
        static (_, context, _) => context.BucketName.Contains('.')
            ? throw S3Errors.InvalidRequest("S3 Transfer Acceleration is not supported for buckets with periods (.) in their names")
                .ToException()
            : default);

    public static readonly BucketConfiguration<DocumentRecord> Abac = Once(
        "abac", Of("AbacStatus", Words("Status", "Enabled", "Disabled")),
        new DocumentRecord("AbacStatus") { Children = [new("Status") { Text = "Disabled" }] });

    /// <param name="kind">Its name among the bucket's settings.</param>
    /// <param name="shape">What may be put.</param>
    /// <param name="unset">What a bucket says that was told nothing.</param>
    /// <param name="checkAsync">What is looked up before it is taken.</param>
    private static BucketConfiguration<DocumentRecord> Once(
        string kind, ElementShape shape, DocumentRecord unset,
        Func<DocumentRecord, OperationContext, CancellationToken, ValueTask>? checkAsync = null) => new()
    {
        Root = shape.Name,
        Read = (document, _) => SettingReader.Read(document, shape),
        Write = SettingWriter.Content,
        Of = bucket => bucket.Setting(kind) ?? unset,
        With = (bucket, value) => bucket.WithSetting(kind, "", value is { Children.Count: > 0 } ? value : null),
        Missing = static _ => S3Errors.NoSuchConfiguration(), // never: a bucket always says something
        CheckAsync = checkAsync,
    };
}
