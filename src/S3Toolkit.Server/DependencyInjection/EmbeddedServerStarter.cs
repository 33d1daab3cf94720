using Microsoft.Extensions.Hosting;

namespace S3Toolkit.Server.DependencyInjection;

/// <summary>Starts the server with the host. The container disposes it, after everything that may still write to it has stopped.</summary>
internal sealed class EmbeddedServerStarter(S3Server server) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => server.EnsureListeningAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
