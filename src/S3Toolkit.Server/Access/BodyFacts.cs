using S3Toolkit.Server.Operations.Catalog;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Access;

/// <summary>What the body of a request says of condition keys that are headers of other requests. It replaces any header.</summary>
internal sealed record BodyFacts
{
    /// <summary>Condition keys, or the beginnings of them, whose value may be in a body.</summary>
    private static readonly string[] Keys =
    [
        "s3:RequestObjectTag", "aws:RequestTag", "aws:TagKeys", "s3:object-lock-", "s3:x-amz-object-ownership",
    ];

    public IReadOnlyList<TagRecord>? Tags { get; init; }

    public ObjectLockRecord? Lock { get; init; }

    public string? Ownership { get; init; }

    /// <summary>Whether a condition key may be about a body, so that nobody can be let through before that was read.</summary>
    public static bool Has(string key) => Array.Exists(Keys, start => key.StartsWith(start, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether an operation has such a body, and asks <see cref="AccessStage.DemandByBodyAsync"/> itself.</summary>
    public static bool IsOf(S3Operation operation) => operation.Has(OperationTraits.TakesBody) && operation.Action is
        "s3:PutObjectTagging" or "s3:PutObjectRetention" or "s3:PutObjectLegalHold" or "s3:PutBucketObjectLockConfiguration"
        or "s3:PutBucketOwnershipControls";
}
