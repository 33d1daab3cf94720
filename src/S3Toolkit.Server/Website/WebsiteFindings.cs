namespace S3Toolkit.Server.Website;

/// <summary>What is known of the bucket so far; null = nobody looked.</summary>
internal sealed record WebsiteFindings
{
    /// <summary>The status that GetObject gives for the key that was looked up.</summary>
    public int? Status { get; init; }

    /// <summary>Where the object that was found sends its visitors.</summary>
    public string? RedirectLocation { get; init; }

    /// <summary>Whether the key, which is none, is a folder with an index document.</summary>
    public bool? IsFolder { get; init; }
}
