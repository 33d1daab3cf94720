using Polly;
using S3Toolkit.Transport;

namespace S3Toolkit.Resilience;

/// <summary>What the strategies of the pipeline know about the call that passes through them.</summary>
internal sealed class CallState(S3Call call)
{
    public static readonly ResiliencePropertyKey<CallState> Key = new("S3Toolkit.Call");

    public S3Call Call => call;

    /// <summary>How many attempts were begun.</summary>
    public int Attempts { get; set; }

    /// <summary>How many attempts were refused because of the clock.</summary>
    public int SkewedAnswers { get; set; }

    public static CallState Of(ResilienceContext context) => context.Properties.GetValue(Key, default(CallState)!);
}
