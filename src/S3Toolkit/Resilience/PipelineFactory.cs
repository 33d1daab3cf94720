using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;
using S3Toolkit.Diagnostics;
using S3Toolkit.Transport;

namespace S3Toolkit.Resilience;

/// <summary>
/// Builds the pipeline of one endpoint and bucket, from the outside in: the user's strategies, total time-out, budgeted retry, circuit
/// breaker. The attempt below them has its own inactivity time-out and permit.
/// </summary>
internal sealed class PipelineFactory(
    ResilienceOptions options, ResilienceCustomization customization, StoreTelemetry telemetry, TimeProvider timeProvider,
    JitterSource jitter)
{
    public BucketResilience Create(string bucketName)
    {
        var budget = new RetryBudget(options.RetryBudgetTokens);
        var builder = new ResiliencePipelineBuilder<S3Reply> { Name = $"S3Toolkit/{bucketName}", TimeProvider = timeProvider };
        if (customization.Replacement is { } replacement)
        {
            builder.AddPipeline(replacement());
        }
        else
        {
            if (customization.Additions.Count > 0) builder.AddPipeline(Additions());
            if (options.TotalTimeout is { } total) builder.AddTimeout(TotalTimeout(total));
            if (options.MaxAttempts > 1) builder.AddRetry(Retry(budget));
            builder.AddCircuitBreaker(Breaker(bucketName));
        }

        return new BucketResilience(builder.Build(), budget, new CallPermits(options.MaxOpenCalls, timeProvider));
    }

    /// <summary>
    /// The wait before another attempt, for the retries that lie outside of a call: resumed bodies, single keys of a bulk delete.
    /// </summary>
    public TimeSpan Delay(int retry, bool throttling, TimeSpan? retryAfter = null) =>
        Backoff.Delay(retry, throttling, retryAfter, jitter.Next(), options);

    private ResiliencePipeline Additions()
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = timeProvider };
        foreach (var addition in customization.Additions) addition(builder);
        return builder.Build();
    }

    private TimeoutStrategyOptions TotalTimeout(TimeSpan total) => new()
    {
        Timeout = total,
        OnTimeout = args =>
        {
            telemetry.TotalTimeout(CallState.Of(args.Context).Call, args.Timeout);
            return default;
        },
    };

    private RetryStrategyOptions<S3Reply> Retry(RetryBudget budget) => new()
    {
        MaxRetryAttempts = options.MaxAttempts - 1,
        ShouldHandle = args => new ValueTask<bool>(ShouldRetry(args, budget)),
        DelayGenerator = args =>
        {
            var error = (S3ToolkitException)args.Outcome.Exception!;
            return new(Delay(args.AttemptNumber, error.IsThrottling, error.RetryAfter));
        },
        OnRetry = args =>
        {
            var state = CallState.Of(args.Context);
            telemetry.Retry(state.Call, (S3ToolkitException)args.Outcome.Exception!, state.Attempts, args.RetryDelay);
            return default;
        },
    };

    private bool ShouldRetry(RetryPredicateArguments<S3Reply> args, RetryBudget budget)
    {
        if (args.Outcome.Exception is not S3ToolkitException { IsTransient: true } error) return false;
        // Polly asks after the last attempt too, when there is nothing left to pay for.
        if (args.AttemptNumber >= options.MaxAttempts - 1) return false;
        if (error.ErrorCode == S3ErrorCode.TooManyOpenCalls) return false;
        // A clock that is off is corrected by the first such answer; a second will not be helped by a third.
        if (error.ErrorCode == S3ErrorCode.RequestTimeTooSkewed && ++CallState.Of(args.Context).SkewedAnswers > 1) return false;
        if (error.ErrorCode == S3ErrorCode.ConditionalRequestConflict && CallState.Of(args.Context).Call.ConflictIsFinal) return false;
        if (budget.TryPay(error.IsThrottling)) return true;
        telemetry.BudgetSpent(CallState.Of(args.Context).Call);
        return false;
    }

    /// <summary>Errors that pass by themselves and yet say nothing about the endpoint's health.</summary>
    private static bool IsTheCallers(S3ErrorCode code) =>
        code == S3ErrorCode.RequestTimeTooSkewed || code == S3ErrorCode.ConditionalRequestConflict || code == S3ErrorCode.TooManyOpenCalls;

    private CircuitBreakerStrategyOptions<S3Reply> Breaker(string bucketName) => new()
    {
        FailureRatio = options.BreakerFailureRatio,
        MinimumThroughput = options.BreakerMinimumCalls,
        SamplingDuration = options.BreakerSamplingDuration,
        BreakDuration = options.BreakerBreakDuration,
        ShouldHandle = static args => new ValueTask<bool>(
            args.Outcome.Exception is S3ToolkitException { IsTransient: true, IsThrottling: false } error
            && !IsTheCallers(error.ErrorCode)),
        OnOpened = args =>
        {
            telemetry.BreakerOpened(bucketName, args.BreakDuration, args.IsManual);
            return default;
        },
        OnHalfOpened = _ =>
        {
            telemetry.BreakerChanged(bucketName, "half-open");
            return default;
        },
        OnClosed = _ =>
        {
            telemetry.BreakerChanged(bucketName, "closed");
            return default;
        },
    };
}
