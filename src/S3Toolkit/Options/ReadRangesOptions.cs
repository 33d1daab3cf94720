namespace S3Toolkit;

/// <summary>Options of <c>ReadRangesAsync</c>: which ranges share a request.</summary>
public sealed record ReadRangesOptions : PinnedReadOptions
{
    /// <summary>Ranges that are no further apart than this many bytes are read by one request, which throws away what is between.</summary>
    /// <value>The default is 1 MiB: about what a connection brings in the time of one more request.</value>
    public long MaxGapBytes { get; init; } = 1024 * 1024;

    /// <summary>
    /// A request that reads several ranges spans at most this many bytes, so that many requests share the work. A range that is larger is
    /// a request of its own.
    /// </summary>
    /// <value>The default is 8 MiB.</value>
    public long MaxRequestBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>How many requests run at once, 1 to 1,000.</summary>
    /// <value>The default is 10.</value>
    public int MaxConcurrency { get; init; } = 10;
}
