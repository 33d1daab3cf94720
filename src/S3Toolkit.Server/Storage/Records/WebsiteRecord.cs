namespace S3Toolkit.Server.Storage;

/// <summary>A bucket as a web site.</summary>
internal sealed record WebsiteRecord
{
    /// <summary>The name of the page of a folder; null when all requests go elsewhere.</summary>
    public string? IndexSuffix { get; init; }

    /// <summary>The key of the page that tells of an error; null = S3's own.</summary>
    public string? ErrorKey { get; init; }

    /// <summary>Where all requests go; null = they are served.</summary>
    public WebsiteRedirectRecord? RedirectAll { get; init; }

    /// <summary>In order: the first that fits decides.</summary>
    public IReadOnlyList<RoutingRuleRecord> Rules { get; init; } = [];
}

/// <summary>Sends some requests elsewhere. No condition = every request.</summary>
internal sealed record RoutingRuleRecord
{
    /// <summary>What the key must start with; null = anything.</summary>
    public string? KeyPrefix { get; init; }

    /// <summary>The status that the request would be answered with; null = any, and nothing has to be looked up.</summary>
    public int? ErrorStatus { get; init; }

    public WebsiteRedirectRecord Redirect { get; init; } = new();
}

/// <summary>Where to; what is null stays as it was asked.</summary>
internal sealed record WebsiteRedirectRecord
{
    public string? HostName { get; init; }

    public string? Protocol { get; init; }

    /// <summary>Takes the place of the rule's prefix.</summary>
    public string? ReplaceKeyPrefixWith { get; init; }

    /// <summary>Takes the place of the whole key.</summary>
    public string? ReplaceKeyWith { get; init; }

    /// <summary>301 when it is null.</summary>
    public int? Status { get; init; }
}
