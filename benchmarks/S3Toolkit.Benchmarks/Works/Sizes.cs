namespace S3Toolkit.Benchmarks.Works;

/// <summary>How much each work moves.</summary>
internal static class Sizes
{
    public const int SmallBytes = 1024;
    public const int SmallRequests = 30_000;
    public const int SmallKeys = 64;
    public const int Connections = 8;
    public const int ManyCount = 32;
    public const long ManyBytes = 64L * 1024 * 1024;

    /// <summary>Of uploads and downloads; BENCH_MIB changes it.</summary>
    public static long LargeBytes { get; } = Number("BENCH_MIB", 1024) * 1024L * 1024;

    /// <summary>Of the listing; BENCH_KEYS changes it.</summary>
    public static int ListedKeys { get; } = Number("BENCH_KEYS", 100_000);

    private static int Number(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), out int value) ? value : otherwise;
}
