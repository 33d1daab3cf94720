namespace S3Toolkit.Resilience;

/// <summary>
/// A bucket of tokens that retries are paid from, so that an outage is not met with a storm of them. One for each endpoint and bucket.
/// </summary>
/// <remarks>
/// The costs are those of the "standard" retry mode of the AWS SDKs as revised in 2026: 14 for a failure, 5 for throttling.
/// </remarks>
internal sealed class RetryBudget
{
    public const int TransientCost = 14;
    public const int ThrottlingCost = 5;
    public const int FirstTrySuccessGain = 1;

    private readonly int _capacity;
    private int _tokens;

    public RetryBudget(int capacity) => _capacity = _tokens = capacity;

    public int Tokens => Volatile.Read(ref _tokens);

    /// <summary>Pays for a retry, or says that there is not enough left.</summary>
    public bool TryPay(bool throttling)
    {
        var cost = throttling ? ThrottlingCost : TransientCost;
        int seen, next;
        do
        {
            seen = Volatile.Read(ref _tokens);
            next = seen - cost;
            if (next < 0) return false;
        }
        while (Interlocked.CompareExchange(ref _tokens, next, seen) != seen);
        return true;
    }

    /// <summary>A call succeeded at once: the endpoint is well, and retries may be afforded again.</summary>
    public void Earn()
    {
        int seen, next;
        do
        {
            seen = Volatile.Read(ref _tokens);
            next = Math.Min(_capacity, seen + FirstTrySuccessGain);
            if (next == seen) return;
        }
        while (Interlocked.CompareExchange(ref _tokens, next, seen) != seen);
    }
}
