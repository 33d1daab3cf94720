using Amazon.Extensions.NETCore.Setup;
using Amazon.S3;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using S3Toolkit.Diagnostics;
using S3Toolkit.Providers;
using S3Toolkit.Resilience;
using S3Toolkit.Stores;
using S3Toolkit.Transport;

namespace S3Toolkit.DependencyInjection;

/// <summary>Puts a store together from what the container holds.</summary>
internal static class StoreFactory
{
    public static IBucketStore Create(IServiceProvider provider, string? name)
    {
        var optionsName = name ?? Options.DefaultName;
        var options = provider.GetRequiredService<IOptionsMonitor<S3ToolkitOptions>>().Get(optionsName);
        var customization = provider.GetRequiredService<IOptionsMonitor<ResilienceCustomization>>().Get(optionsName);
        var time = provider.GetService<TimeProvider>() ?? TimeProvider.System;
        var jitter = provider.GetService<JitterSource>() ?? JitterSource.Shared;
        var logger = (provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger("S3Toolkit");

        var storeName = name ?? "default";
        var telemetry = new StoreTelemetry(storeName, logger);
        var foreign = ForeignClient(provider, name, options);
        var connector = new StoreConnector(options, AwsOptions(provider), time);
        var ownRetriesOff = false;
        if (foreign?.Config is { } config && (config.MaxErrorRetry > 0 || config.MaxStaleConnectionRetries > 0))
        {
            // Retries on top of retries multiply; the client's cannot be turned off from here.
            ownRetriesOff = true;
            LogMessages.ForeignClientRetries(logger, storeName, config.MaxErrorRetry, config.MaxStaleConnectionRetries);
        }

        var resilience = ownRetriesOff ? options.Resilience with { MaxAttempts = 1 } : options.Resilience;
        var endpoint = foreign is null ? connector.KnownEndpoint : SdkClientFactory.EndpointOf(foreign);
        var profile = ProfileOf(options, endpoint);
        var connection = foreign is null
            ? new StoreConnection(connector.ConnectAsync)
            : new StoreConnection(SdkClientFactory.Wrap(foreign, profile));
        if (foreign is not null && (options.PublicEndpoint is not null || options.AddressingStyle != S3AddressingStyle.Auto))
            LogMessages.OptionsOfForeignClient(logger, storeName);
        var pipelines = new PipelineFactory(resilience, customization, telemetry, time, jitter);
        var caller = new S3Caller(connection, resilience, pipelines, telemetry, time);
        return new S3BucketStore(new StoreServices(caller, connection, options, profile));
    }

    /// <summary>A client that the application registered: used when the options say nothing about where and as whom to connect.</summary>
    private static IAmazonS3? ForeignClient(IServiceProvider provider, string? name, S3ToolkitOptions options)
    {
        var saysWhere = options.Endpoint is not null || options.ConnectionResolver is not null || options.Region is not null
            || options.AccessKeyId is not null || options.Profile is not null || options.Anonymous
            || options.HttpMessageHandlerFactory is not null;
        if (saysWhere) return null;
        return name is null ? provider.GetService<IAmazonS3>() : provider.GetKeyedService<IAmazonS3>(name);
    }

    /// <summary>The AWSOptions that were registered, or those of a section "AWS".</summary>
    private static AWSOptions? AwsOptions(IServiceProvider provider)
    {
        if (provider.GetService<AWSOptions>() is { } registered) return registered;
        return provider.GetService<IConfiguration>() is { } configuration && configuration.GetSection("AWS").Exists()
            ? configuration.GetAWSOptions()
            : null;
    }

    // Where the endpoint shows only at run time, nothing may be assumed but what every server keeps to.
    private static S3ProviderProfile ProfileOf(S3ToolkitOptions options, Uri? endpoint) =>
        options.Provider ?? (options.ConnectionResolver is null ? ProviderChoice.Of(options, endpoint) : S3ProviderProfiles.Generic);
}
