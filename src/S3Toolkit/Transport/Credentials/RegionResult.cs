namespace S3Toolkit.Transport.Credentials;

/// <summary>The region and where it comes from, or null and what was tried.</summary>
internal sealed record RegionResult(string? Region, string Source, IReadOnlyList<ChainAttempt> Attempts);
