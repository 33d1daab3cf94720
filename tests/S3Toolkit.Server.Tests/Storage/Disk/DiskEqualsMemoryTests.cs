using CsCheck;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Storage.Disk;

public sealed class DiskEqualsMemoryTests
{
    private const int Kinds = 24;

    /// <summary>S3TOOLKIT_MODEL_RUNS sets how many scripts are run; a few by default: each is some hundred flushes.</summary>
    private static readonly int Runs =
        int.TryParse(Environment.GetEnvironmentVariable("S3TOOLKIT_MODEL_RUNS"), out int runs) ? runs : 25;

    [Test]
    public void AnyOperations_OnDiskAndInMemory_AnswerTheSame()
    {
        Gen<(int, int, int, int)> step = Gen.Select(Gen.Int[0, Kinds - 1], Gen.Int[0, 999], Gen.Int[0, 999], Gen.Int[0, 999]);
        step.Array[1, 120].Sample(
            steps =>
            {
                List<string> memory = Run(StorageKind.Memory, steps);
                List<string> disk = Run(StorageKind.Disk, steps);
                Assert.That(disk, Is.EqualTo(memory));
            },
            iter: Runs, threads: 1);
    }

    private static List<string> Run(StorageKind kind, (int, int, int, int)[] steps) => Task.Run(async () =>
    {
        await using TestStorage storage = TestStorage.Open(kind);
        return await new StorageScript(storage).RunAsync(steps);
    }).GetAwaiter().GetResult();
}
