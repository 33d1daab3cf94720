using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Access;

/// <summary>What the ownership controls of a bucket mean.</summary>
internal static class Ownership
{
    /// <summary>Whether access control lists count in a bucket.</summary>
    public static bool HasAcls(BucketRecord bucket) => bucket.Ownership != BucketOwnership.BucketOwnerEnforced;

    /// <summary>The controls by AWS's name; null when there are none such.</summary>
    public static BucketOwnership? TryParse(string? name) => name switch
    {
        "BucketOwnerEnforced" => BucketOwnership.BucketOwnerEnforced,
        "BucketOwnerPreferred" => BucketOwnership.BucketOwnerPreferred,
        "ObjectWriter" => BucketOwnership.ObjectWriter,
        _ => null,
    };

    /// <summary>Whether a caller is of the account that owns a bucket.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="ownerId">The bucket's owner.</param>
    /// <param name="ownerAccountId">The owner's account; null or "" when the server does not know him any more.</param>
    public static bool IsOfAccount(S3Identity caller, string ownerId, string? ownerAccountId) => caller.CanonicalId == ownerId
        || (!caller.IsAnonymous && !string.IsNullOrEmpty(ownerAccountId) && caller.AccountId == ownerAccountId);

    /// <summary>The owner of an object, or of an upload, by what was stored with it.</summary>
    public static string OwnerOf(BucketRecord bucket, string bucketOwnerId, string? storedOwnerId) =>
        HasAcls(bucket) ? storedOwnerId ?? bucketOwnerId : bucketOwnerId;

    /// <summary>The owner to store with an object that is written; null = the bucket's, whoever that is.</summary>
    /// <param name="bucket">Where it is written.</param>
    /// <param name="bucketOwnerId">The bucket's owner.</param>
    /// <param name="writerId">Who writes it.</param>
    /// <param name="isGivenAway">It was written with bucket-owner-full-control.</param>
    public static string? ToStore(BucketRecord bucket, string bucketOwnerId, string writerId, bool isGivenAway = false)
    {
        bool isTaken = bucket.Ownership == BucketOwnership.BucketOwnerPreferred && isGivenAway;
        return !HasAcls(bucket) || isTaken || writerId == bucketOwnerId ? null : writerId;
    }
}
