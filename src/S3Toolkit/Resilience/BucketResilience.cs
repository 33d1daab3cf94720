using Polly;
using S3Toolkit.Transport;

namespace S3Toolkit.Resilience;

/// <summary>
/// What one endpoint and bucket has for itself, so that a sick bucket does not slow another: the pipeline with its breaker, the retry
/// budget, and the number of calls in flight.
/// </summary>
internal sealed class BucketResilience(ResiliencePipeline<S3Reply> pipeline, RetryBudget budget, CallPermits permits)
{
    public ResiliencePipeline<S3Reply> Pipeline => pipeline;

    public RetryBudget Budget => budget;

    public CallPermits Permits => permits;
}
