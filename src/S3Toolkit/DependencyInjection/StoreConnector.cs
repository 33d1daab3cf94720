using Amazon.Extensions.NETCore.Setup;
using Amazon.Runtime;
using S3Toolkit.Providers;
using S3Toolkit.Transport;
using S3Toolkit.Transport.Credentials;

namespace S3Toolkit.DependencyInjection;

/// <summary>
/// Finds out where and as whom a store connects, on its first call: run-time connection, options, AWSOptions, chains, in this order.
/// </summary>
internal sealed class StoreConnector(S3ToolkitOptions options, AWSOptions? awsOptions, TimeProvider time)
{
    /// <summary>
    /// The endpoint as far as it is known before the first call: of the options, AWSOptions, the environment or the profile; null for AWS.
    /// </summary>
    public Uri? KnownEndpoint => options.Endpoint ?? AwsEndpoint() ?? EndpointChain.Find(Context());

    public async ValueTask<S3Wire> ConnectAsync(CancellationToken cancellationToken)
    {
        var settings = await ResolveAsync(cancellationToken).ConfigureAwait(false);
        var handler = options.HttpMessageHandlerFactory?.Invoke() ?? SharedHttpClientFactory.CreateHandler(options.Resilience);
        return SdkClientFactory.Create(settings, handler);
    }

    internal async ValueTask<ClientSettings> ResolveAsync(CancellationToken cancellationToken)
    {
        var connection = options.ConnectionResolver is { } resolver ? await resolver(cancellationToken).ConfigureAwait(false) : null;
        var endpoint = connection?.Endpoint ?? KnownEndpoint;
        var profile = ProviderChoice.Of(options, endpoint);
        var context = Context();
        context = context with { Settings = Complete(connection, context.Settings) };

        var chain = CredentialChain.Create(context);
        // Keys and a profile of the options go before the credentials of AWSOptions.
        var saysWho = context.Settings.AccessKeyId is not null || options.Profile is not null;
        AWSCredentials credentials = options.Anonymous ? new AnonymousAWSCredentials()
            : !saysWho && awsOptions?.Credentials is { } registered ? registered
            : chain;
        var region = await RegionChain.ResolveAsync(context, endpoint, profile, credentials as ChainedCredentials).ConfigureAwait(false);
        return new ClientSettings
        {
            Endpoint = endpoint,
            PublicEndpoint = options.PublicEndpoint,
            Region = region,
            Credentials = credentials,
            Profile = profile,
            AddressingStyle = options.AddressingStyle,
            Transport = options.Transport,
            AllowUnsignedPayloadOverHttp = options.AllowUnsignedPayloadOverHttp,
        };
    }

    private CredentialContext Context() => CredentialContext.For(options, time);

    private CredentialSettings Complete(S3Connection? connection, CredentialSettings settings) => new()
    {
        AccessKeyId = connection?.AccessKeyId ?? settings.AccessKeyId,
        SecretAccessKey = connection?.SecretAccessKey ?? settings.SecretAccessKey,
        SessionToken = connection?.AccessKeyId is null ? settings.SessionToken : connection.SessionToken,
        ProfileName = settings.ProfileName ?? (settings.AccessKeyId is null ? awsOptions?.Profile : null),
        SharedCredentialsFile = settings.SharedCredentialsFile ?? awsOptions?.ProfilesLocation,
        Region = connection?.Region ?? settings.Region ?? awsOptions?.Region?.SystemName
            ?? awsOptions?.DefaultClientConfig?.AuthenticationRegion,
    };

    private Uri? AwsEndpoint() =>
        Uri.TryCreate(awsOptions?.DefaultClientConfig?.ServiceURL, UriKind.Absolute, out var endpoint) ? endpoint : null;
}
