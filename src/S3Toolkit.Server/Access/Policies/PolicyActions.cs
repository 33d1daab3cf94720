using System.Collections.Frozen;
using S3Toolkit.Server.Operations.Catalog;

namespace S3Toolkit.Server.Access.Policies;

/// <summary>What an action can be done to.</summary>
[Flags]
internal enum PolicyResources
{
    None = 0,
    Bucket = 1,
    Object = 2,
}

/// <summary>The actions that policies can name: those of the catalog's operations, and some that belong to no single operation.</summary>
internal static class PolicyActions
{
    private static readonly string[] OfBuckets =
    [
        "s3:GetBucketAcl", "s3:GetBucketVersioning", "s3:DeleteBucketWebsite", "s3:ListBucketMultipartUploads", "s3:ListBucketVersions",
        "s3:PutBucketOwnershipControls", "s3:GetBucketOwnershipControls", "s3:ListTagsForResource", "s3:TagResource", "s3:UntagResource",
    ];

    private static readonly string[] OfObjects =
    [
        "s3:AbortMultipartUpload", "s3:BypassGovernanceRetention", "s3:DeleteObjectVersion", "s3:GetObjectVersion",
        "s3:GetObjectVersionForReplication", "s3:InitiateReplication", "s3:ListMultipartUploadParts", "s3:ObjectOwnerOverrideToBucketOwner",
        "s3:PutObjectAcl", "s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags", "s3:RestoreObject",
    ];

    private static readonly FrozenDictionary<string, PolicyResources> ByName = Collect();

    /// <summary>The actions that a pattern such as s3:Get* includes, and what they can be done to; empty when there is none.</summary>
    public static IEnumerable<KeyValuePair<string, PolicyResources>> Of(PolicyPattern pattern) =>
        ByName.Where(action => pattern.Matches(action.Key, static _ => null, ignoreCase: true));

    private static FrozenDictionary<string, PolicyResources> Collect()
    {
        Dictionary<string, PolicyResources> found = new(StringComparer.OrdinalIgnoreCase);
        foreach (S3Operation row in OperationCatalog.All)
        {
            PolicyResources resource = row.Scope switch
            {
                OperationScope.Bucket => PolicyResources.Bucket,
                OperationScope.Object => PolicyResources.Object,
                _ => PolicyResources.None, // of the service: no bucket's policy can speak of it
            };
            Add(row.Action, resource);
            Add(row.VersionAction, resource);
        }
        foreach (string action in OfBuckets) Add(action, PolicyResources.Bucket);
        foreach (string action in OfObjects) Add(action, PolicyResources.Object);
        return found.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

        void Add(string? action, PolicyResources resource)
        {
            if (action is null || !action.StartsWith("s3:", StringComparison.Ordinal)) return;
            found[action] = found.GetValueOrDefault(action) | resource;
        }
    }
}
