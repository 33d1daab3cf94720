namespace S3Toolkit.Conformance;

/// <summary>What an endpoint can be asked for. Behaviours that need more are skipped, with the name of what is missing.</summary>
public sealed record StoreCapabilities
{
    /// <summary>Whether buckets can be made in any region by one client.</summary>
    public bool AllRegions { get; init; }

    /// <summary>Whether writes can be conditional.</summary>
    public bool ConditionalWrites { get; init; } = true;

    /// <summary>Whether versions can be listed, and so versioning be used.</summary>
    public bool Versioning { get; init; } = true;

    /// <summary>Whether keys may have segments <c>.</c> and <c>..</c>, or begin with a slash; proxies and some servers fold them.</summary>
    public bool UnfoldedKeys { get; init; }

    /// <summary>Whether answers carry the checksum of the object.</summary>
    public bool ReadChecksums { get; init; }

    /// <summary>Whether a key of the key management service can be named freely.</summary>
    public bool AnyKmsKey { get; init; }

    /// <summary>Whether the SDK sends customer keys (SSE-C) to it: over https only.</summary>
    public bool CustomerKeys { get; init; }
}
