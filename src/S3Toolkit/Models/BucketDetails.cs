namespace S3Toolkit;

/// <summary>The facts about a bucket.</summary>
/// <param name="Name">The name.</param>
public sealed record BucketDetails(string Name)
{
    /// <summary>The region, such as <c>eu-west-1</c>; null when the server did not say.</summary>
    public string? Region { get; init; }

    /// <summary>When the bucket was created; null unless it comes from a listing.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
}
