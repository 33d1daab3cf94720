using System.Collections.Frozen;

namespace S3Toolkit.Server.Access.Policies;

/// <summary>
/// The condition keys of S3, and the actions for which a request can hold them. S3 refuses a statement that asks for a key which none of
/// an action's requests has. Keys that begin with aws: are taken whatever they are called, as on S3.
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

    private static readonly FrozenDictionary<string, FrozenSet<string>?> ByName = new Dictionary<string, FrozenSet<string>?>
    {
        ["s3:prefix"] = OfLists,
        ["s3:delimiter"] = OfLists,
        ["s3:max-keys"] = OfLists,
        ["s3:VersionId"] = OfVersions,
        ["s3:LocationConstraint"] = Set("s3:CreateBucket"),
        ["s3:x-amz-acl"] = OfAcls,
        ["s3:x-amz-grant-full-control"] = OfAcls,
        ["s3:x-amz-grant-read"] = OfAcls,
        ["s3:x-amz-grant-read-acp"] = OfAcls,
        ["s3:x-amz-grant-write"] = OfAcls,
        ["s3:x-amz-grant-write-acp"] = OfAcls,
        ["s3:x-amz-object-ownership"] = Set("s3:CreateBucket", "s3:PutBucketOwnershipControls"),
        ["s3:x-amz-copy-source"] = OfWrites,
        ["s3:x-amz-metadata-directive"] = OfWrites,
        ["s3:x-amz-server-side-encryption"] = OfWrites,
        ["s3:x-amz-server-side-encryption-aws-kms-key-id"] = OfWrites,
        ["s3:x-amz-server-side-encryption-customer-algorithm"] = OfWrites,
        ["s3:x-amz-storage-class"] = OfWrites,
        ["s3:x-amz-website-redirect-location"] = OfWrites,
        ["s3:if-match"] = Set("s3:PutObject", "s3:DeleteObject"),
        ["s3:if-none-match"] = OfWrites,
        ["s3:ObjectCreationOperation"] = OfWrites,
        ["s3:RequestObjectTagKeys"] = OfRequestTags,
        ["s3:object-lock-mode"] = OfLocks,
        ["s3:object-lock-retain-until-date"] = OfLocks,
        ["s3:object-lock-remaining-retention-days"] = OfLocks,
        ["s3:object-lock-legal-hold"] = OfLocks,
        ["s3:x-amz-content-sha256"] = Everywhere,
        ["s3:signatureversion"] = Everywhere,
        ["s3:authType"] = Everywhere,
        ["s3:signatureAge"] = Everywhere,
        ["s3:TlsVersion"] = Everywhere,
        ["s3:ResourceAccount"] = Everywhere,
        ["s3:DataAccessPointAccount"] = Everywhere,
        ["s3:DataAccessPointArn"] = Everywhere,
        ["s3:AccessPointNetworkOrigin"] = Everywhere,
        ["s3:AccessGrantsInstanceArn"] = Everywhere,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static bool IsKnown(string key) => IsGlobal(key) || ByName.ContainsKey(key) || OfTagKey(key) is not null;

    /// <summary>Whether requests for an action can hold a known key.</summary>
    public static bool AppliesTo(string key, string action)
    {
        if (IsGlobal(key)) return true;
        FrozenSet<string>? actions = OfTagKey(key) ?? ByName[key];
        return actions is null || actions.Contains(action);
    }

    private static bool IsGlobal(string key) =>
        key.Length > GlobalPrefix.Length && key.StartsWith(GlobalPrefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>The keys whose end is the name of a tag.</summary>
    private static FrozenSet<string>? OfTagKey(string key)
    {
        int slash = key.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || slash == key.Length - 1) return null;
        return key[..slash].ToUpperInvariant() switch
        {
            "S3:EXISTINGOBJECTTAG" => OfExistingTags,
            "S3:REQUESTOBJECTTAG" => OfRequestTags,
            _ => null,
        };
    }

    private static FrozenSet<string> Set(params ReadOnlySpan<string> actions) =>
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, actions);
}
