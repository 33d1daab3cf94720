using System.Net.Sockets;
using System.Runtime.InteropServices;
using LocalServer;
using S3Toolkit.Server;

if (args.Contains("--help"))
{
    Console.WriteLine(Arguments.Usage);
    return 0;
}

if (Arguments.Parse(args, out string problem) is not { } startup)
{
    Console.Error.WriteLine(problem);
    Console.Error.WriteLine();
    Console.Error.WriteLine(Arguments.Usage);
    return 2;
}

TaskCompletionSource stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

long started = TimeProvider.System.GetTimestamp();
S3Server server;
try
{
    server = await S3Server.StartAsync(startup.Server);
}
// Users that contradict each other, or a key beside them.
catch (ArgumentException exception)
{
    string file = startup.Server.Users.Count > 0 ? $"{args[Array.IndexOf(args, "--users") + 1]}: " : "";
    Console.Error.WriteLine($"Cannot start: {file}{exception.Message}");
    return 2;
}
// A privileged port is a SocketException, a taken one an IOException.
catch (Exception exception) when (exception is IOException or SocketException)
{
    Console.Error.WriteLine($"Cannot start: {exception.Message}");
    return 1;
}

await using (server)
{
    string seeded, trust;
    string? certificate;
    try
    {
        seeded = await Preparations.SeedAsync(server, startup.SeedFolder);
        certificate = await Preparations.WriteCertificateAsync(server, startup.CertificateFile);
        trust = certificate is null ? "" : $"\n  export AWS_CA_BUNDLE={certificate}";
    }
    catch (Exception exception)
        when (exception is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
    {
        Console.Error.WriteLine($"Cannot start: {exception.Message}");
        return 1;
    }
    string origin = server.Endpoint.GetLeftPart(UriPartial.Authority);
    TimeSpan elapsed = TimeProvider.System.GetElapsedTime(started);
    // The secrets of a file stay in the file, and one that was given is known to whoever gave it.
    string keys = startup.Server.Users.Count > 0
        ? $"{startup.Server.Users.Count} users, the first of them {server.AccessKeyId}; take a key and its secret from your file."
        : $"export AWS_ACCESS_KEY_ID={server.AccessKeyId}\n  export AWS_SECRET_ACCESS_KEY="
            + (startup.Server.SecretAccessKey is null ? server.SecretAccessKey : "<the one of --secret-key>");
    if (server.WebsiteEndpoint is { } website) Console.WriteLine($"Web sites on {website.GetLeftPart(UriPartial.Authority)}/BUCKET/");
    Console.WriteLine(
        $"""
        S3 server listening on {origin} ({elapsed.TotalMilliseconds:F0} ms, region {server.Region})

          {keys}
          export AWS_DEFAULT_REGION={server.Region}{trust}

          aws --endpoint-url {origin} s3 mb s3://my-bucket
          aws --endpoint-url {origin} s3 cp README.md s3://my-bucket/
          aws --endpoint-url {origin} s3 ls s3://my-bucket

        {seeded}Data is kept in {startup.Server.DataDirectory ?? "memory, until it stops"}.
        Ctrl-C stops it.
        """);
    await stop.Task;
}

Console.WriteLine("Stopped.");
return 0;

void Stop(PosixSignalContext context)
{
    context.Cancel = true; // the process ends by itself, in order
    stop.TrySetResult();
}
