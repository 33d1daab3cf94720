namespace S3Toolkit;

/// <summary>Where a store connects to, for endpoints that are known only at run time.</summary>
/// <param name="Endpoint">The address, such as <c>http://127.0.0.1:9000</c>.</param>
public sealed record S3Connection(Uri Endpoint)
{
    /// <summary>The access key; null for the credentials of the options.</summary>
    public string? AccessKeyId { get; init; }

    /// <summary>The secret key.</summary>
    public string? SecretAccessKey { get; init; }

    /// <summary>The session token of temporary keys; null without one.</summary>
    public string? SessionToken { get; init; }

    /// <summary>The region; null for that of the options.</summary>
    public string? Region { get; init; }

    /// <summary>Names the endpoint and the access key, never the secret.</summary>
    /// <returns>A text that is safe to log.</returns>
    public override string ToString() => $"S3Connection {{ Endpoint = {Endpoint}, AccessKeyId = {AccessKeyId}, Region = {Region} }}";
}
