namespace S3Toolkit.Resilience;

/// <summary>How long to wait before a retry: a pure function.</summary>
internal static class Backoff
{
    /// <summary>How far a server's <c>Retry-After</c> may go past the longest wait.</summary>
    public static readonly TimeSpan RetryAfterAllowance = TimeSpan.FromSeconds(5);

    /// <param name="retry">0 before the first retry.</param>
    /// <param name="throttling">Whether the server asked to slow down.</param>
    /// <param name="retryAfter">What the server asked for.</param>
    /// <param name="jitter">A random number from 0 to 1.</param>
    /// <param name="options">The base delays and the cap.</param>
    /// <returns>
    /// The wait: "full jitter", from 0 to base x 2^retry, as in the AWS Architecture Blog's "Exponential Backoff And Jitter".
    /// </returns>
    public static TimeSpan Delay(int retry, bool throttling, TimeSpan? retryAfter, double jitter, ResilienceOptions options)
    {
        var cap = options.MaxRetryDelay;
        if (retryAfter is { } asked && asked > TimeSpan.Zero) return Min(asked, cap + RetryAfterAllowance);

        var first = throttling ? options.ThrottleDelay : options.RetryDelay;
        // 2^30 is past any cap; the shift must not overflow.
        var ceiling = Min(first * (1L << Math.Min(retry, 30)), cap);
        return ceiling * jitter;
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
