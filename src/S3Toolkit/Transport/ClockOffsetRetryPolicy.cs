using Amazon.Runtime;

namespace S3Toolkit.Transport;

/// <summary>
/// Never retries, but lets the SDK learn how far the clock is off from an answer <c>RequestTimeTooSkewed</c>, which it does only while
/// it considers a retry. Our own next attempt is then signed with the server's time.
/// </summary>
internal sealed class ClockOffsetRetryPolicy : RetryPolicy
{
    public ClockOffsetRetryPolicy() => MaxRetries = 0;

    public override bool CanRetry(IExecutionContext executionContext) => true;

    public override bool RetryLimitReached(IExecutionContext executionContext) => false;

    public override bool RetryForException(IExecutionContext executionContext, Exception exception) => false;

    public override Task<bool> RetryForExceptionAsync(IExecutionContext executionContext, Exception exception) => Task.FromResult(false);

    public override bool OnRetry(IExecutionContext executionContext) => false;

    public override bool OnRetry(IExecutionContext executionContext, bool bypassAcquireCapacity) => false;

    public override bool OnRetry(IExecutionContext executionContext, bool bypassAcquireCapacity, bool isThrottlingError) => false;

    public override void WaitBeforeRetry(IExecutionContext executionContext)
    {
    }

    public override Task WaitBeforeRetryAsync(IExecutionContext executionContext) => Task.CompletedTask;
}
