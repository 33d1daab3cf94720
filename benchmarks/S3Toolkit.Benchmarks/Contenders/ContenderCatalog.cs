namespace S3Toolkit.Benchmarks.Contenders;

/// <summary>The clients by name; raw goes first, since the others are compared with it.</summary>
internal static class ContenderCatalog
{
    public static readonly IReadOnlyList<string> Names = ["raw", "sdk", "ours", "minio"];

    public static IContender Create(string name, Target target, string work) => name switch
    {
        "raw" => new RawContender(target),
        "ours" => new OursContender(target, work == "many" ? 128L * 1024 * 1024 : null),
        "sdk" => new SdkContender(target),
        "minio" => new MinioContender(target),
        _ => throw new ArgumentException($"There is no client '{name}'."),
    };
}
