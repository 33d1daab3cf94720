namespace S3Toolkit.Server.Pipeline;

/// <summary>Who asks: the user behind an access key, or nobody in particular.</summary>
/// <param name="UserName">The display name of the user; "anonymous" when the request is not signed.</param>
/// <param name="CanonicalId">The canonical user id, shown as the owner of buckets and objects.</param>
/// <param name="AccessKeyId">The access key that signed; null when anonymous.</param>
internal sealed record S3Identity(string UserName, string CanonicalId, string? AccessKeyId)
{
    /// <summary>AWS's canonical id of the anonymous user.</summary>
    public static readonly S3Identity Anonymous =
        new("anonymous", "65a011a29cdf8ec533ec3d1ccaae921c65a011a29cdf8ec533ec3d1ccaae921c", null);

    /// <summary>The account that the user belongs to, 12 digits; "" when anonymous.</summary>
    public string AccountId { get; init; } = "";

    public bool IsAnonymous => AccessKeyId is null;
}
