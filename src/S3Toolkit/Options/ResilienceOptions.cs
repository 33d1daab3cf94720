namespace S3Toolkit;

/// <summary>How calls survive failures. One pipeline, kept for each endpoint and bucket, is the only owner of retries.</summary>
public sealed record ResilienceOptions
{
    /// <summary>How long a call may take, all attempts and waits included, up to the answer's headers.</summary>
    /// <value>The default is null: no limit. The inactivity time-outs bound a call that hangs.</value>
    public TimeSpan? TotalTimeout { get; set; }

    /// <summary>How often a call is tried, the first attempt included, 1 to 20.</summary>
    /// <value>The default is 4.</value>
    public int MaxAttempts { get; set; } = 4;

    /// <summary>
    /// The base of the backoff after a failure. The wait before retry n is random between 0 and base x 2^(n-1) ("full jitter").
    /// </summary>
    /// <value>The default is 50 milliseconds.</value>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The base of the backoff after the server asked to slow down.</summary>
    /// <value>The default is 1 second.</value>
    public TimeSpan ThrottleDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait before a retry. A <c>Retry-After</c> of the server may go past it by 5 seconds.</summary>
    /// <value>The default is 20 seconds.</value>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// The retry budget of one endpoint and bucket, in tokens: a retry takes 14 (5 after throttling), a success on the first attempt
    /// gives 1 back. With none left, failures are returned at once, so that an outage is not made worse by retries.
    /// </summary>
    /// <value>The default is 500.</value>
    public int RetryBudgetTokens { get; set; } = 500;

    /// <summary>How long to wait for a connection.</summary>
    /// <value>The default is 5 seconds.</value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long no byte may move: while a body is sent, until the answer's headers come, and between two reads of the answer's body.
    /// It is no limit on how long a body takes.
    /// </summary>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan InactivityTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The share of failures from which on the circuit breaker opens, above 0 to 1. Throttling, 404 and 412 are no failures.
    /// </summary>
    /// <value>The default is 0.5.</value>
    public double BreakerFailureRatio { get; set; } = 0.5;

    /// <summary>The number of calls in <see cref="BreakerSamplingDuration"/> below which the breaker does not open, at least 2.</summary>
    /// <value>The default is 20.</value>
    public int BreakerMinimumCalls { get; set; } = 20;

    /// <summary>The time over which the breaker counts.</summary>
    /// <value>The default is 10 seconds.</value>
    public TimeSpan BreakerSamplingDuration { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an open breaker refuses calls before it lets one try.</summary>
    /// <value>The default is 2 seconds.</value>
    public TimeSpan BreakerBreakDuration { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How many calls of one endpoint and bucket may be in flight, open readers included, at least 1.</summary>
    /// <value>The default is 256.</value>
    public int MaxOpenCalls { get; set; } = 256;
}
