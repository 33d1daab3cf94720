using System.Net.Sockets;
using System.Runtime.InteropServices;
using LocalServer;
using S3Toolkit.Server;

if (args.Contains("--help") || args.Contains("-h"))
{
    Console.WriteLine(Arguments.Usage);
    return 0;
}

if (Arguments.Parse(args, out string problem) is not { } startup)
{
    Console.Error.WriteLine($"{problem} --help tells more.");
    return 2;
}

TaskCompletionSource stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

long started = TimeProvider.System.GetTimestamp();
using ErrorLog log = new(startup.IsVerbose);
startup.Server.LoggerFactory = log;
S3Server server;
try
{
    server = await S3Server.StartAsync(startup.Server);
}
// Users that contradict each other, or a key beside them.
catch (ArgumentException exception)
{
    string file = startup.UsersFile is { } path ? $"{path}: " : "";
    Console.Error.WriteLine($"Cannot start: {file}{Problems.MessageOf(exception)}");
    return 2;
}
// A privileged port is a SocketException, a taken one an IOException.
catch (Exception exception) when (exception is IOException or SocketException)
{
    Console.Error.WriteLine($"Cannot start: {Problems.OfStart(exception, startup)}");
    return 1;
}

string? certificate = null;
try
{
    await using (server)
    {
        string seeded;
        try
        {
            seeded = await Preparations.SeedAsync(server, startup.SeedFolder);
            certificate = await Preparations.WriteCertificateAsync(server, startup.CertificateFile);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            Console.Error.WriteLine($"Cannot start: {Problems.MessageOf(exception)}");
            return 1;
        }
        TimeSpan elapsed = TimeProvider.System.GetElapsedTime(started);
        Console.WriteLine(Banner.Text(server, startup, elapsed, seeded, certificate));
        await stop.Task;
    }
}
finally
{
    // It vouches for a server that is gone. A file that was asked for is its owner's.
    if (certificate is not null && startup.CertificateFile is null) File.Delete(certificate);
}

Console.WriteLine("Stopped.");
return 0;

void Stop(PosixSignalContext context)
{
    context.Cancel = true; // the process ends by itself, in order
    stop.TrySetResult();
}
