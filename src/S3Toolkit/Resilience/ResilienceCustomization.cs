using Polly;

namespace S3Toolkit.Resilience;

/// <summary>What the user adds to the pipeline, or puts in its place. One for each registered store.</summary>
internal sealed class ResilienceCustomization
{
    public List<Action<ResiliencePipelineBuilder>> Additions { get; } = [];

    public Func<ResiliencePipeline>? Replacement { get; set; }
}
