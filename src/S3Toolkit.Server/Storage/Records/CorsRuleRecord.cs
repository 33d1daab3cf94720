namespace S3Toolkit.Server.Storage;

/// <summary>What pages of some origins may do in a bucket.</summary>
internal sealed record CorsRuleRecord
{
    public string? Id { get; init; }

    /// <summary>Each with at most one "*", which stands for anything.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    public IReadOnlyList<string> AllowedMethods { get; init; } = [];

    /// <summary>Request headers, each with at most one "*".</summary>
    public IReadOnlyList<string> AllowedHeaders { get; init; } = [];

    /// <summary>Response headers that pages may read.</summary>
    public IReadOnlyList<string> ExposeHeaders { get; init; } = [];

    /// <summary>How long a browser may keep the answer to its question.</summary>
    public int? MaxAgeSeconds { get; init; }
}
