using System.Collections.Frozen;

namespace S3Toolkit.Server.Access.Policies;

/// <summary>
/// The condition keys of S3, the actions for which a request can hold them, and what they hold: one table, so that no key is taken that
/// nobody looks at. S3 refuses a statement that asks for a key which none of an action's requests has. Keys that begin with aws: are taken
/// whatever they are called, as on S3.
/// </summary>
internal static class ConditionKeys
{
    private const string GlobalPrefix = "aws:";

    private static FrozenSet<string>? Everywhere => null;

    private static readonly FrozenSet<string> OfLists = Set("s3:ListBucket", "s3:ListBucketVersions");

    private static readonly FrozenSet<string> OfWrites = Set("s3:PutObject", "s3:ReplicateObject");

    private static readonly FrozenSet<string> OfAcls = Set(
        "s3:CreateBucket", "s3:PutBucketAcl", "s3:PutObject", "s3:PutObjectAcl", "s3:PutObjectVersionAcl");

    private static readonly FrozenSet<string> OfVersions = Set(
        "s3:DeleteObjectVersion", "s3:DeleteObjectVersionTagging", "s3:GetObjectVersion", "s3:GetObjectVersionAcl",
        "s3:GetObjectVersionAttributes", "s3:GetObjectVersionTagging", "s3:GetObjectVersionTorrent", "s3:PutObjectVersionAcl",
        "s3:PutObjectVersionTagging", "s3:PutObject");

    private static readonly FrozenSet<string> OfExistingTags = Set(
        "s3:DeleteObjectTagging", "s3:DeleteObjectVersionTagging", "s3:GetObject", "s3:GetObjectAcl", "s3:GetObjectAttributes",
        "s3:GetObjectTagging", "s3:GetObjectVersion", "s3:GetObjectVersionAcl", "s3:GetObjectVersionAttributes",
        "s3:GetObjectVersionTagging", "s3:PutObjectAcl", "s3:PutObjectTagging", "s3:PutObjectVersionAcl", "s3:PutObjectVersionTagging",
        "s3:ReplicateTags");

    private static readonly FrozenSet<string> OfRequestTags = Set("s3:PutObject", "s3:PutObjectTagging", "s3:PutObjectVersionTagging");

    private static readonly FrozenSet<string> OfLocks = Set(
        "s3:BypassGovernanceRetention", "s3:PutBucketObjectLockConfiguration", "s3:PutObject", "s3:PutObjectLegalHold",
        "s3:PutObjectRetention", "s3:ReplicateObject");

    private static readonly FrozenDictionary<string, ConditionKey> ByName = new Dictionary<string, ConditionKey>
    {
        ["s3:prefix"] = ConditionKey.One(OfLists, static question => question.Query("prefix")),
        ["s3:delimiter"] = ConditionKey.One(OfLists, static question => question.Query("delimiter")),
        ["s3:max-keys"] = ConditionKey.One(OfLists, static question => question.Query("max-keys")),
        ["s3:VersionId"] = ConditionKey.One(OfVersions, static question => question.VersionId),
        ["s3:LocationConstraint"] = ConditionKey.Absent(Set("s3:CreateBucket")),
        ["s3:x-amz-acl"] = ConditionKey.Header(OfAcls, "x-amz-acl"),
        ["s3:x-amz-grant-full-control"] = ConditionKey.Header(OfAcls, "x-amz-grant-full-control"),
        ["s3:x-amz-grant-read"] = ConditionKey.Header(OfAcls, "x-amz-grant-read"),
        ["s3:x-amz-grant-read-acp"] = ConditionKey.Header(OfAcls, "x-amz-grant-read-acp"),
        ["s3:x-amz-grant-write"] = ConditionKey.Header(OfAcls, "x-amz-grant-write"),
        ["s3:x-amz-grant-write-acp"] = ConditionKey.Header(OfAcls, "x-amz-grant-write-acp"),
        ["s3:x-amz-object-ownership"] = ConditionKey.One(
            Set("s3:CreateBucket", "s3:PutBucketOwnershipControls"), static question => question.Ownership),
        ["s3:x-amz-copy-source"] = ConditionKey.Header(OfWrites, "x-amz-copy-source"),
        ["s3:x-amz-metadata-directive"] = ConditionKey.Header(OfWrites, "x-amz-metadata-directive"),
        ["s3:x-amz-server-side-encryption"] = ConditionKey.Header(OfWrites, "x-amz-server-side-encryption"),
        ["s3:x-amz-server-side-encryption-aws-kms-key-id"] = ConditionKey.Header(OfWrites, "x-amz-server-side-encryption-aws-kms-key-id"),
        ["s3:x-amz-server-side-encryption-customer-algorithm"] = ConditionKey.Header(
            OfWrites, "x-amz-server-side-encryption-customer-algorithm"),
        ["s3:x-amz-storage-class"] = ConditionKey.Header(OfWrites, "x-amz-storage-class"),
        ["s3:x-amz-website-redirect-location"] = ConditionKey.Header(OfWrites, "x-amz-website-redirect-location"),
        ["s3:if-match"] = ConditionKey.Header(Set("s3:PutObject", "s3:DeleteObject"), "if-match"),
        ["s3:if-none-match"] = ConditionKey.Header(OfWrites, "if-none-match"),
        ["s3:ObjectCreationOperation"] = ConditionKey.One(OfWrites, static question => question.CreatesObject),
        ["s3:RequestObjectTagKeys"] = new(OfRequestTags, static (question, _) => question.TagKeys()),
        ["s3:object-lock-mode"] = ConditionKey.One(OfLocks, static question => question.LockMode),
        ["s3:object-lock-retain-until-date"] = ConditionKey.One(OfLocks, static question => question.RetainUntil),
        ["s3:object-lock-remaining-retention-days"] = ConditionKey.One(OfLocks, static question => question.RemainingDays),
        ["s3:object-lock-legal-hold"] = ConditionKey.One(OfLocks, static question => question.LegalHold),
        ["s3:x-amz-content-sha256"] = ConditionKey.Header(Everywhere, "x-amz-content-sha256"),
        ["s3:signatureversion"] = ConditionKey.One(Everywhere, static question => question.SignatureVersion),
        ["s3:authType"] = ConditionKey.One(Everywhere, static question => question.AuthType),
        ["s3:signatureAge"] = ConditionKey.One(Everywhere, static question => question.SignatureAge),
        ["s3:TlsVersion"] = ConditionKey.One(Everywhere, static question => question.TlsVersion),
        ["s3:ResourceAccount"] = ConditionKey.One(Everywhere, static question => question.ResourceAccount),
        ["s3:DataAccessPointAccount"] = ConditionKey.Absent(Everywhere),
        ["s3:DataAccessPointArn"] = ConditionKey.Absent(Everywhere),
        ["s3:AccessPointNetworkOrigin"] = ConditionKey.Absent(Everywhere),
        ["s3:AccessGrantsInstanceArn"] = ConditionKey.Absent(Everywhere),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The keys whose end is the name of a tag.</summary>
    private static readonly FrozenDictionary<string, ConditionKey> ByTag = new Dictionary<string, ConditionKey>
    {
        ["s3:ExistingObjectTag"] = new(OfExistingTags, static (question, tag) => QuestionValues.One(question.TagOfObject(tag))),
        ["s3:RequestObjectTag"] = new(OfRequestTags, static (question, tag) => QuestionValues.One(question.TagOfRequest(tag))),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The keys that are no tag's, for tests.</summary>
    public static IReadOnlyCollection<string> Names => ByName.Keys;

    public static bool IsKnown(string key) => IsGlobal(key) || Find(key, out _) is not null;

    /// <summary>Whether requests for an action can hold a known key.</summary>
    public static bool AppliesTo(string key, string action) =>
        IsGlobal(key) || Find(key, out _)!.Actions is not { } actions || actions.Contains(action);

    /// <param name="key">The key as a policy has it.</param>
    /// <param name="tag">The name of the tag at its end; "" when it is about none.</param>
    /// <returns>Null when S3 has no such key.</returns>
    public static ConditionKey? Find(string key, out string tag)
    {
        int slash = key.IndexOf('/', StringComparison.Ordinal);
        tag = slash < 0 ? "" : key[(slash + 1)..];
        if (slash < 0) return ByName.GetValueOrDefault(key);
        return tag.Length == 0 ? null : ByTag.GetValueOrDefault(key[..slash]);
    }

    private static bool IsGlobal(string key) =>
        key.Length > GlobalPrefix.Length && key.StartsWith(GlobalPrefix, StringComparison.OrdinalIgnoreCase);

    private static FrozenSet<string> Set(params ReadOnlySpan<string> actions) =>
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, actions);
}
