using S3Toolkit.Benchmarks.Contenders;

namespace S3Toolkit.Benchmarks;

/// <summary>What is measured: done once to warm up, then once under measurement.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Count">How many units the figures are divided by.</param>
/// <param name="Unit">What a unit is.</param>
/// <param name="Requests">The requests, for the one who presigns them.</param>
/// <param name="Run">Does it; the flag is true for the warm-up, which may do less.</param>
internal sealed record Work(
    string Name, int Count, string Unit, IReadOnlyList<(HttpMethod Method, string Key)> Requests, Func<IContender, bool, Task> Run);
