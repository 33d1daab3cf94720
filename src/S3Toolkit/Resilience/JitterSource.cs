namespace S3Toolkit.Resilience;

/// <summary>Random numbers for the backoff; a test gives its own.</summary>
internal abstract class JitterSource
{
    public static JitterSource Shared { get; } = new SharedJitter();

    /// <summary>From 0 to below 1.</summary>
    public abstract double Next();

    private sealed class SharedJitter : JitterSource
    {
#pragma warning disable RS0030, CA5394 // The one place where randomness enters; it spreads retries, it guards nothing.
        public override double Next() => Random.Shared.NextDouble();
#pragma warning restore RS0030, CA5394
    }
}
