using S3Toolkit.Benchmarks;
using S3Toolkit.Benchmarks.Contenders;
using S3Toolkit.Benchmarks.Measuring;
using S3Toolkit.Benchmarks.Works;

if (args is ["--child", string workName, string contenderName])
{
    await using IContender contender = ContenderCatalog.Create(contenderName, Target.FromEnvironment(), workName);
    Console.Write((await Meter.RunAsync(contenderName, contender, WorkCatalog.Find(workName))).ToJson());
    return 0;
}

if (args is ["micro", ..])
{
    BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(Work).Assembly).Run(args[1..]);
    return 0;
}

string[] groups = [.. args.Where(static argument => !argument.StartsWith('-'))];
if (groups is [] or ["all"]) groups = [.. WorkCatalog.Groups.Keys];
if (args.Contains("--help") || groups.Any(static group => !WorkCatalog.Groups.ContainsKey(group)))
{
    Console.Error.WriteLine(
        """
        Usage: S3Toolkit.Benchmarks [small|list|upload|download|stream|many|all]... [--json] [--tls]
               S3Toolkit.Benchmarks micro [BenchmarkDotNet's arguments]

        Starts samples/LocalServer, and runs this library, the AWS SDK, the package Minio and a raw HttpClient in turn, each in a process
        of its own, and aws, s5cmd and rclone where they are on the PATH. All figures are the client's: for one unit of the work.
          --json   a line of JSON for each row, in place of the table
          --tls    over https
        BENCH_MIB and BENCH_KEYS change how large the bodies (1024) and the listing (100000) are.
        """);
    return args.Contains("--help") ? 0 : 2;
}

return await BenchmarkRun.RunAsync(groups, isJson: args.Contains("--json"), useTls: args.Contains("--tls"));
