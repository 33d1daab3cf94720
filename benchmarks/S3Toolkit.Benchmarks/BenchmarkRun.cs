using Amazon.S3;
using S3Toolkit.Benchmarks.Contenders;
using S3Toolkit.Benchmarks.Measuring;
using S3Toolkit.Benchmarks.Works;

namespace S3Toolkit.Benchmarks;

/// <summary>Runs the groups of works that were asked for, and prints as it goes.</summary>
internal static class BenchmarkRun
{
    public static async Task<int> RunAsync(IReadOnlyList<string> groups, bool isJson, bool useTls)
    {
        string folder = Directory.CreateTempSubdirectory("s3toolkit-bench-").FullName;
        Environment.SetEnvironmentVariable("BENCH_FOLDER", folder);
        try
        {
            if (!isJson) Console.WriteLine(FigureTable.Header);
            foreach (string group in groups)
            {
                // A new server for each group, so that none pays for what another has left behind.
                await using BenchServer server = await BenchServer.StartAsync(folder, useTls);
                using (AmazonS3Client client = SdkContender.CreateClient(server.Target)) await client.PutBucketAsync(Target.Bucket);
                await Preparation.RunAsync(server.Target, group);
                foreach (string work in WorkCatalog.Groups[group]) await RunAsync(server.Target, folder, work, isJson);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static async Task RunAsync(Target target, string folder, string name, bool isJson)
    {
        Work work = WorkCatalog.Find(name);
        double? raw = null, sdk = null;
        foreach (string client in ContenderCatalog.Names.Concat(ToolProcess.Names))
        {
            Figures? figures = ToolProcess.Names.Contains(client)
                ? await ToolProcess.RunAsync(target, name, client)
                : await ContenderProcess.RunAsync(target, folder, name, client);
            if (figures is null) continue;
            if (client == "raw") raw = figures.ProcessorMilliseconds;
            if (client == "sdk") sdk = figures.ProcessorMilliseconds;
            figures =
                figures with { ProcessorToRaw = figures.ProcessorMilliseconds / raw, ProcessorToSdk = figures.ProcessorMilliseconds / sdk };
            Console.WriteLine(isJson ? figures.ToJson() : FigureTable.Row(figures, work));
        }
    }
}
