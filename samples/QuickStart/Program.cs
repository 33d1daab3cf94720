using Microsoft.Extensions.DependencyInjection;
using QuickStart;
using S3Toolkit;

CommandLine commandLine;
try
{
    commandLine = CommandLine.Parse(args);
}
catch (UsageException problem)
{
    await Console.Error.WriteLineAsync($"{problem.Message}\n\n{CommandLine.Usage}");
    return 2;
}

if (commandLine.ShowHelp)
{
    Console.WriteLine(CommandLine.Usage);
    return 0;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true; // The walk ends by itself, and takes its bucket with it.
    stop.Cancel();
};

var services = new ServiceCollection();
var registration = services.AddS3Toolkit(commandLine.Apply);
if (commandLine.UsesEmbeddedServer) registration.UseEmbeddedServer();

await using var provider = services.BuildServiceProvider();
var folder = Directory.CreateTempSubdirectory("s3toolkit-quickstart-");
try
{
    Console.WriteLine($"Walking the tutorial on {commandLine.Describe()}.");
    Console.WriteLine("The calls of boto3 begin with: s3 = boto3.resource(\"s3\"); client = boto3.client(\"s3\")\n");
    var walk = new SeedWalk(provider.GetRequiredService<IBucketStore>(), commandLine.BucketRegion, folder.FullName);
    return await walk.RunAsync(stop.Token) ? 0 : 1;
}
finally
{
    folder.Delete(recursive: true);
}
