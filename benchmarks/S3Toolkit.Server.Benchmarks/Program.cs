using S3Toolkit.Server.Benchmarks;
using S3Toolkit.Server.Benchmarks.Load;
using S3Toolkit.Server.Benchmarks.Servers;

if (args.Contains("--help"))
{
    Console.WriteLine(Arguments.Usage);
    return 0;
}

if (Arguments.Parse(args, out string problem) is not { } arguments)
{
    Console.Error.WriteLine(problem);
    Console.Error.WriteLine();
    Console.Error.WriteLine(Arguments.Usage);
    return 2;
}

if (arguments.Servers.Contains("start"))
{
    await StartTimes.PrintAsync();
    return 0;
}

Console.WriteLine(
    $"{arguments.Connections} connections, {arguments.Seconds} s each, bodies of {arguments.BodyBytes} bytes, "
    + $"{Environment.ProcessorCount} cores");
Console.WriteLine(LoadFigures.Header);
foreach (string name in arguments.Servers)
{
    await using ServerProcess? server = await ServerCatalog.StartAsync(name);
    if (server is null) continue;
    foreach (string method in new[] { "PUT", "GET" })
        Console.WriteLine((await LoadRun.RunAsync(server, method, arguments)).Row(name, method));
}

return 0;
