namespace S3Toolkit.Transport;

/// <summary>A page of a listing, and where the next one begins; null after the last.</summary>
internal sealed record ListPage<T>(IReadOnlyList<T> Items, string? ContinuationToken);
