using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace S3Toolkit.Server.Tests.DependencyInjection;

public sealed class UseEmbeddedServerTests
{
    [Test]
    public async Task ConnectionResolver_WithoutAHost_StartsTheServerOnce()
    {
        ServiceCollection services = new();
        new Builder(null, services).UseEmbeddedServer(options => options.Region = "eu-west-1");
        await using ServiceProvider provider = services.BuildServiceProvider();
        S3ToolkitOptions options = provider.GetRequiredService<IOptionsMonitor<S3ToolkitOptions>>().Get("");

        S3Connection[] connections = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => options.ConnectionResolver!(CancellationToken.None).AsTask()));

        S3Server server = provider.GetRequiredService<S3Server>();
        Assert.That(connections.Select(connection => connection.Endpoint).Distinct().Single(), Is.EqualTo(server.Endpoint));
        Assert.That((connections[0].AccessKeyId, connections[0].Region), Is.EqualTo((server.AccessKeyId, "eu-west-1")));
    }

    [Test]
    public async Task HostedService_WithAHost_StartsTheServer()
    {
        ServiceCollection services = new();
        new Builder("a", services).UseEmbeddedServer();
        new Builder("b", services).UseEmbeddedServer();
        await using ServiceProvider provider = services.BuildServiceProvider();

        foreach (IHostedService hosted in provider.GetServices<IHostedService>()) await hosted.StartAsync(CancellationToken.None);

        using HttpClient http = new();
        using HttpResponseMessage response = await http.GetAsync(provider.GetRequiredService<S3Server>().Endpoint);
        Assert.That(response.Headers.Contains("x-amz-request-id"), Is.True);
        Assert.That(provider.GetServices<IHostedService>().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task UseEmbeddedServer_GivenServer_IsNotDisposedWithTheContainer()
    {
        await using S3Server server = S3Server.CreateInMemory();
        ServiceCollection services = new();
        new Builder(null, services).UseEmbeddedServer(server);
        S3ToolkitOptions options;
        using (ServiceProvider provider = services.BuildServiceProvider())
        {
            options = provider.GetRequiredService<IOptionsMonitor<S3ToolkitOptions>>().Get("");
        }

        using HttpClient http = new(options.HttpMessageHandlerFactory!());
        using HttpResponseMessage response = await http.GetAsync((await options.ConnectionResolver!(CancellationToken.None)).Endpoint);
        Assert.That(response.Headers.Contains("x-amz-request-id"), Is.True);
    }

    private sealed record Builder(string? Name, IServiceCollection Services) : IS3ToolkitBuilder;
}
