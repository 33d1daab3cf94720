using S3Toolkit.Benchmarks.Contenders;

namespace S3Toolkit.Benchmarks.Works;

/// <summary>All works by their names on the command line.</summary>
internal static class WorkCatalog
{
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Groups = new Dictionary<string, IReadOnlyList<string>>
    {
        ["small"] = ["put-1k", "get-1k", "head-1k"],
        ["list"] = ["list"],
        ["upload"] = ["upload-file"],
        ["download"] = ["download-file"],
        ["stream"] = ["upload-stream"],
        ["many"] = ["many"],
    };

    public static Work Find(string name) => name switch
    {
        "put-1k" => Small(name, HttpMethod.Put, static (contender, key, content) => contender.PutAsync(key, content)),
        "get-1k" => Small(name, HttpMethod.Get, static (contender, key, _) => contender.GetAsync(key)),
        "head-1k" => Small(name, HttpMethod.Head, static (contender, key, _) => contender.HeadAsync(key)),
        "list" => new Work(name, 1, $"{Sizes.ListedKeys} keys", [], ListAsync),
        "upload-file" => new Work(name, 1, Large, [(HttpMethod.Put, "up")], static (contender, isWarmUp) =>
            contender.UploadFileAsync("up", isWarmUp ? Files.WarmUp : Files.Large)),
        "upload-stream" => new Work(name, 1, Large, [(HttpMethod.Put, "up")], static async (contender, isWarmUp) =>
        {
            if (isWarmUp) await contender.UploadFileAsync("up", Files.WarmUp);
            else await contender.UploadStreamAsync("up", new EndlessStream(Sizes.LargeBytes));
        }),
        "download-file" => new Work(
            name, 1, Large, [(HttpMethod.Get, "down"), (HttpMethod.Get, "warm-up")], static async (contender, isWarmUp) =>
            {
                // Often enough that clients which ask for ranges have made the requests that the runtime waits for before it optimizes.
                for (int i = 0; isWarmUp && i < 4; i++) await contender.DownloadFileAsync("warm-up", Files.Target);
                if (!isWarmUp) await contender.DownloadFileAsync("down", Files.Target);
            }),
        "many" => Many(),
        _ => throw new ArgumentException($"There is no work '{name}'."),
    };

    private static string Large => $"{Sizes.LargeBytes >> 20} MiB";

    private static Work Small(string name, HttpMethod method, Func<IContender, string, byte[], Task> send)
    {
        string[] keys = [.. Enumerable.Range(0, Sizes.SmallKeys).Select(static i => $"small/{i:000}")];
        byte[] content = new byte[Sizes.SmallBytes];
        new Random(1).NextBytes(content);
        return new Work(name, Sizes.SmallRequests, "request", [.. keys.Select(key => (method, key))], async (contender, isWarmUp) =>
        {
            int left = isWarmUp ? Sizes.SmallRequests / 2 : Sizes.SmallRequests;
            await Task.WhenAll(Enumerable.Range(0, Sizes.Connections).Select(async connection =>
            {
                while (Interlocked.Decrement(ref left) is >= 0 and int number) await send(contender, keys[number % keys.Length], content);
            }));
        });
    }

    private static async Task ListAsync(IContender contender, bool isWarmUp)
    {
        long count = await contender.ListAsync(isWarmUp ? "list/000" : "list/");
        if (!isWarmUp && count < Sizes.ListedKeys) throw new InvalidOperationException($"Listed {count} of {Sizes.ListedKeys} keys.");
    }

    /// <summary>Uploads and downloads at once; what counts is the memory.</summary>
    private static Work Many()
    {
        string[] downloads = [.. Enumerable.Range(0, Sizes.ManyCount).Select(static i => $"many/down-{i}")];
        string[] uploads = [.. Enumerable.Range(0, Sizes.ManyCount).Select(static i => $"many/up-{i}")];
        return new Work(
            "many", 1, $"{Sizes.ManyCount} up, {Sizes.ManyCount} down",
            [.. downloads.Select(static key => (HttpMethod.Get, key)), .. uploads.Select(static key => (HttpMethod.Put, key))],
            async (contender, isWarmUp) =>
            {
                if (isWarmUp) return;
                IEnumerable<Task> down = downloads.Select((key, i) => contender.DownloadFileAsync(key, $"{Files.Target}-{i}"));
                IEnumerable<Task> up = uploads.Select(key => contender.UploadFileAsync(key, Files.Many));
                await Task.WhenAll(down.Concat(up));
            });
    }
}
