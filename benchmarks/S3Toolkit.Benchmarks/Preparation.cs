using S3Toolkit.Benchmarks.Contenders;
using S3Toolkit.Benchmarks.Works;

namespace S3Toolkit.Benchmarks;

/// <summary>Puts files and objects in place that a work reads.</summary>
internal static class Preparation
{
    public const long WarmUpBytes = 160L * 1024 * 1024;

    public static async Task RunAsync(Target target, string group)
    {
        await using OursContender ours = new(target);
        Files.Make(Files.WarmUp, WarmUpBytes);
        switch (group)
        {
            case "small":
                await PutAllAsync(ours, Sizes.SmallKeys, static i => $"small/{i:000}", Sizes.SmallBytes);
                break;
            case "list":
                await PutAllAsync(ours, Sizes.ListedKeys, static i => $"list/{i / 1000:000}/some-usual-name-{i:0000000}.dat", bytes: 0);
                break;
            case "download":
                Files.Make(Files.Large, Sizes.LargeBytes);
                await ours.UploadFileAsync("down", Files.Large);
                await ours.UploadFileAsync("warm-up", Files.WarmUp);
                break;
            case "many":
                Files.Make(Files.Many, Sizes.ManyBytes);
                for (int i = 0; i < Sizes.ManyCount; i++) await ours.UploadFileAsync($"many/down-{i}", Files.Many);
                break;
            default:
                Files.Make(Files.Large, Sizes.LargeBytes);
                break;
        }
    }

    private static Task PutAllAsync(OursContender ours, int count, Func<int, string> key, int bytes)
    {
        byte[] content = new byte[bytes];
        return Parallel.ForEachAsync(
            Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (i, _) => await ours.PutAsync(key(i), content));
    }
}
