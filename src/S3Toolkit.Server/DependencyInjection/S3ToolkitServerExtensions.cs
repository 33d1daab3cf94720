using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using S3Toolkit;
using S3Toolkit.Server;
using S3Toolkit.Server.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Points a store at an S3 server in the same process.</summary>
public static class S3ToolkitServerExtensions
{
    /// <summary>
    /// Points the store at the container's own <see cref="S3Server"/>: one for all stores that ask for it. The host starts it; without
    /// a host the first use does. Resolve <see cref="S3Server"/> to reach its request log, its faults and its clock.
    /// </summary>
    /// <param name="builder">The store.</param>
    /// <returns>The value of <paramref name="builder"/>.</returns>
    public static IS3ToolkitBuilder UseEmbeddedServer(this IS3ToolkitBuilder builder) => builder.UseEmbeddedServer(static _ => { });

    /// <summary>As <see cref="UseEmbeddedServer(IS3ToolkitBuilder)"/>, with options for the server.</summary>
    /// <param name="builder">The store.</param>
    /// <param name="configure">Sets the server's options; runs before it starts.</param>
    /// <returns>The value of <paramref name="builder"/>.</returns>
    public static IS3ToolkitBuilder UseEmbeddedServer(this IS3ToolkitBuilder builder, Action<S3ServerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        IServiceCollection services = builder.Services;
        services.Configure(configure);
        services.TryAddSingleton(static provider =>
        {
            S3ServerOptions options = provider.GetRequiredService<IOptions<S3ServerOptions>>().Value;
            options.LoggerFactory ??= provider.GetService<ILoggerFactory>();
            return S3Server.Create(options);
        });
        services.AddHostedService<EmbeddedServerStarter>();
        services.AddOptions<S3ToolkitOptions>(builder.OptionsName).Configure<S3Server>(Connect);
        return builder;
    }

    /// <summary>Points the store at a server that is there already, which stays the caller's to dispose.</summary>
    /// <param name="builder">The store.</param>
    /// <param name="server">The server, listening or not.</param>
    /// <returns>The value of <paramref name="builder"/>.</returns>
    public static IS3ToolkitBuilder UseEmbeddedServer(this IS3ToolkitBuilder builder, S3Server server)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(server);
        builder.Services.TryAddSingleton(server);
        builder.Services.Configure<S3ToolkitOptions>(builder.OptionsName, options => Connect(options, server));
        return builder;
    }

    private static void Connect(S3ToolkitOptions options, S3Server server)
    {
        // The server speaks S3 as AWS does: checksums in trailers, conditional writes, verified downloads.
        options.Provider ??= S3ProviderProfiles.Aws;
        if (!server.HasSocket) options.HttpMessageHandlerFactory = server.CreateHandler;
        else if (server.Core.Options.UseTls) options.HttpMessageHandlerFactory = server.CreateSocketHandler;
        options.ConnectionResolver = async cancellationToken =>
        {
            await server.EnsureListeningAsync(cancellationToken).ConfigureAwait(false);
            return new S3Connection(server.Endpoint)
            {
                AccessKeyId = server.AccessKeyId,
                SecretAccessKey = server.SecretAccessKey,
                Region = server.Region,
            };
        };
    }
}
