using System.Text.Json;

namespace S3Toolkit.Benchmarks.Measuring;

/// <summary>What a work cost its client: for one unit of it, but the peak of memory.</summary>
internal sealed record Figures(
    string Work, string Contender, double WallMilliseconds, double ProcessorMilliseconds, double AllocatedKiB, double PeakMiB)
{
    public double? ProcessorToRaw { get; init; }

    public double? ProcessorToSdk { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this);

    public static Figures FromJson(string json) => JsonSerializer.Deserialize<Figures>(json)!;
}
