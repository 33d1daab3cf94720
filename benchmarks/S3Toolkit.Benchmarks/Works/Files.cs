namespace S3Toolkit.Benchmarks.Works;

/// <summary>The files that works read and write, in one folder that BENCH_FOLDER names.</summary>
internal static class Files
{
    public static string Folder { get; } = Environment.GetEnvironmentVariable("BENCH_FOLDER") ?? Path.GetTempPath();

    public static string Large => Path.Combine(Folder, "large");

    public static string Many => Path.Combine(Folder, "many");

    public static string WarmUp => Path.Combine(Folder, "warm-up");

    public static string Target => Path.Combine(Folder, "target");

    public static void Make(string path, long bytes)
    {
        if (File.Exists(path) && new FileInfo(path).Length == bytes) return;
        using FileStream file = File.Create(path);
        using EndlessStream content = new(bytes);
        content.CopyTo(file, 1024 * 1024);
    }
}
